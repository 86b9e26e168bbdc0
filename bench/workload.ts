import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { numberSettings } from "../provider/lifecycle/settings/settings";
import { resources } from "../provider/resources/registry";

/** Who is measured; each has a program of its name in `contestants/`. */
export const contestants = ["ours", "plain", "idle", "node", "many", "empty"] as const;
export type Contestant = (typeof contestants)[number];

/** What each is, for readers. */
export const descriptions: Readonly<Record<Contestant, string>> = {
  ours: `\`${resources.PreparedUpload.className}\`, one for each site`,
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

/** The emulator that all contestants ask. With a quota, it refuses more calls a second than that. */
export function startService(quotaPerSecond?: number): Promise<Emulator> {
  const quota = quotaPerSecond === undefined ? {} : { quotaPerSecond };
  return startEmulator({ buckets: [bucketName], latencyMs, ...quota });
}

/** The files of a contestant's program: JavaScript, so that no compiler is measured. */
export function programFiles(contestant: Contestant): Readonly<Record<string, string>> {
  return {
    "Pulumi.yaml": "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
    "package.json": '{ "main": "index.js" }',
    "index.js": contestantSource(contestant),
    "workload.js": contestantSource("workload"),
  };
}

/** The environment in which it runs; `size` is the number of resources or sites. */
export function programEnvironment(size: number, emulator: Emulator): Record<string, string> {
  return {
    ...emulator.environment,
    BENCH_HOST: new URL(emulator.url).host,
    BENCH_BUCKET: bucketName,
    BENCH_RESOURCES: String(size),
    BENCH_AT_ONCE: String(atOnce),
  };
}

function contestantSource(name: string): string {
  return readFileSync(join(__dirname, "contestants", `${name}.js`), "utf8");
}
