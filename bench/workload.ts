import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type Emulator, startEmulator } from "../emulator";
import { numberSettings } from "../provider/lifecycle/settings/settings";
import { resources } from "../provider/resources/registry";
import { pluginFolder } from "../tests/support/plugin-folder";
import type { PulumiProject } from "../tests/support/pulumi-project";

/** What contestants are to do, and with what. */
export interface Workload<Name extends string> {
  /** Programs that Node runs by themselves. */
  readonly withoutPulumi: readonly Name[];
  /** Contestants that find changes where there are none. */
  readonly findsChanges: readonly Name[];
  /** The emulator that all contestants ask. With a quota, it refuses more calls a second than that. */
  startService(quotaPerSecond?: number): Promise<Emulator>;
  /** The files of a contestant's program: JavaScript, so that no compiler is measured. */
  programFiles(contestant: Name): Readonly<Record<string, string>>;
  /** The environment in which it runs. */
  environment(emulator: Emulator, size: number): Record<string, string>;
  /** What else it needs, before its first step. */
  prepare(project: PulumiProject, of: { readonly size: number; readonly bytes?: number }): void;
  /** Before the step that finds one change. */
  change(project: PulumiProject): void;
}

/** Who is measured; each has a program of its name in `contestants/`. */
export const contestants = ["ours", "plugin", "plain", "idle", "node", "many", "empty"] as const;
export type Contestant = (typeof contestants)[number];

/** What each is, for readers. */
export const descriptions: Readonly<Record<Contestant, string>> = {
  ours: `\`${resources.PreparedUpload.className}\`, one for each site`,
  plugin: "the same by the plugin",
  plain: "an ordinary dynamic provider over `@alicloud/openapi-client`",
  idle: "a `dynamic.Resource` that does nothing, the floor of the ordinary way",
  node: "the same calls from Node, with no Pulumi",
  many: `\`${resources.PreparedUploads.className}\`, all sites in one resource`,
  empty: "a program with no resources",
};

export const bucketName = "media-assets";

/** How many calls may be under way, for everyone alike: Pulumi's default on two cores, and that of `maxConcurrency`. */
export const atOnce = numberSettings.maxConcurrency.byDefault;

/** What a call takes, in milliseconds. */
export const latencyMs = 30;

/** Uploads that are prepared, by one site or by many. */
export const sitesWorkload: Workload<Contestant> = {
  withoutPulumi: ["node"],
  // Its refresh shows new request ids as drift.
  findsChanges: ["plain"],

  startService: (quotaPerSecond) => {
    const quota = quotaPerSecond === undefined ? {} : { quotaPerSecond };
    return startEmulator({ buckets: [bucketName], latencyMs, ...quota });
  },

  programFiles: projectFiles,

  environment: (emulator, size) => ({
    ...emulator.environment,
    BENCH_HOST: new URL(emulator.url).host,
    BENCH_BUCKET: bucketName,
    BENCH_RESOURCES: String(size),
    BENCH_AT_ONCE: String(atOnce),
  }),

  prepare: () => {},
  change: () => {},
};

/** A project with a contestant's program. */
export function projectFiles(contestant: string): Readonly<Record<string, string>> {
  return {
    "Pulumi.yaml": stringify({
      name: "bench",
      runtime: { name: "nodejs", options: { typescript: false } },
      plugins: { providers: [{ name: "alicloud-ens", path: pluginFolder() }] },
    }),
    "package.json": '{ "main": "index.js" }',
    "index.js": contestantSource(contestant),
    "workload.js": contestantSource("workload"),
  };
}

export function contestantSource(name: string): string {
  return readFileSync(join(__dirname, "contestants", `${name}.js`), "utf8");
}
