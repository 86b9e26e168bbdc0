import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { compare } from "semver";
import type { Emulator, EmulatorBucket } from "../../emulator";
import { checkout } from "./paths";
import { PulumiProject } from "./pulumi-project";

const folder = join(checkout, "tests", "fixtures", "state");

/** Where the buckets of frozen state are. The names are the real service's, so that no port of a machine gets in. */
export const frozenBuckets: readonly EmulatorBucket[] = [
  {
    name: "media-assets",
    physicalBucketName: "media-assets-3f9a1c",
    endpoint: "eos.aliyuncs.com",
    placements: [
      {
        clientIps: "203.0.113.0/24",
        physicalBucketName: "media-assets-east",
        endpoint: "eos.aliyuncs.com",
      },
    ],
  },
  { name: "log-archive", physicalBucketName: "log-archive-77ab02", endpoint: "eos.aliyuncs.com" },
];

/** The versions whose state is frozen, oldest first: `<version>.json`, made by the program `<version>.ts` beside it. */
export function frozenVersions(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => basename(name, ".json"))
    .sort(compare);
}

/** The export of a stack that a version made. */
export function frozenState(version: string): string {
  return join(folder, `${version}.json`);
}

/** The program whose state is, or is to be, frozen for a version: at first that of the version before. */
export function frozenProgram(version: string): string {
  const file = join(folder, `${version}.ts`);
  const last = frozenVersions().at(-1);
  if (!existsSync(file) && last !== undefined) copyFileSync(join(folder, `${last}.ts`), file);
  return readFileSync(file, "utf8");
}

/** A stack that this program belongs to, with nothing in it yet. */
export function frozenProject(version: string, emulator: Emulator): Promise<PulumiProject> {
  return PulumiProject.create({
    files: {
      "Pulumi.yaml": "name: frozen\nruntime: nodejs\n",
      "index.ts": frozenProgram(version),
      "pages/index.html": "<!doctype html>\n<title>Frozen</title>\n",
      "pages/style.css": "body { margin: 0 }\n",
    },
    env: { ...emulator.environment },
    config: { "alicloud-ens:region": "cn-hangzhou" },
  });
}
