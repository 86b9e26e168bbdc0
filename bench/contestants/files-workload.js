// What every contestant is to upload.
const { readdirSync } = require("node:fs");
const { join } = require("node:path");

const folder = "files";

module.exports = {
  bucketName: process.env.BENCH_BUCKET,
  atOnce: Number(process.env.BENCH_AT_ONCE),
  /** Relative to the program's own folder, in which it runs. */
  folder,
  /** Relative to the folder. */
  names: () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1)),
};
