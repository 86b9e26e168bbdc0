import { startEmulator } from "../../emulator";
import { resources } from "../../provider/resources/registry";
import type { PulumiProject } from "../../tests/support/pulumi-project";
import type { Workload } from "../workload";
import { atOnce, bucketName, contestantSource, projectFiles } from "../workload";
import { changeFile, makeFiles } from "./make-files";

/** Who is measured with files; each has a program of its name in `contestants/`. */
export const fileContestants = [
  "folder",
  "folder-plugin",
  "objects",
  "dynamic",
  "ali-oss",
  "reading",
  "idle",
  "empty",
] as const;
export type FileContestant = (typeof fileContestants)[number];

/** What each is, for readers. */
export const fileDescriptions: Readonly<Record<FileContestant, string>> = {
  folder: `\`${resources.BucketFolder.className}\`, all files in one resource`,
  "folder-plugin": "the same by the plugin",
  objects: `\`${resources.BucketObject.className}\`, a resource for each file`,
  dynamic: "an ordinary dynamic resource for each file, over `ali-oss`",
  "ali-oss": "`ali-oss` from Node, with no Pulumi; a file of over 100 MB in parts of 10 MB",
  reading: "Node reads and hashes the files, and sends nothing",
  idle: "a program with one `dynamic.Resource` that does nothing, for which Pulumi starts the provider's process",
  empty: "a program with no resources",
};

/** What a call of the object storage takes, and one of ENS, in milliseconds. */
export const fileLatencyMs = 10;

/** How large a file is, in bytes. */
export const fileBytes = 4096;

/** How large the one large file is, in bytes. A quick run has a smaller one. */
export const largeBytes = { whole: 200_000_000, quick: 2_000_000 };

/** The most files of others; a folder may have more. */
export const mostOfOthers = 1000;

/** Files into a bucket that is there already. */
export const filesWorkload: Workload<FileContestant> = {
  withoutPulumi: ["ali-oss", "reading"],
  findsChanges: [],

  startService: () => startEmulator({ buckets: [bucketName], latencyMs: fileLatencyMs }),

  programFiles: (contestant) => ({
    ...projectFiles(contestant),
    "files-workload.js": contestantSource("files-workload"),
  }),

  environment({ buckets, environment, objectEndpoint }) {
    return {
      ...environment,
      BENCH_OBJECT_ENDPOINT: `http://${objectEndpoint}`,
      BENCH_PHYSICAL_BUCKET: buckets.get(bucketName)?.physicalBucketName ?? "",
      BENCH_BUCKET: bucketName,
      // The one resource of `idle`, whatever the number of files.
      BENCH_RESOURCES: "1",
      BENCH_AT_ONCE: String(atOnce),
    };
  },

  prepare: ({ folder }: PulumiProject, { size, bytes = fileBytes }) => makeFiles(folder, size, bytes),
  change: ({ folder }) => changeFile(folder),
};
