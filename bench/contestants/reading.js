// What has to be done in any case to find out what has changed: every file is read and hashed once.
const { createHash } = require("node:crypto");
const { readFile } = require("node:fs/promises");
const { join } = require("node:path");
const { atOnce, folder, names } = require("./files-workload");

const waiting = names();

async function readInTurn() {
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    createHash("md5")
      .update(await readFile(join(folder, name)))
      .digest("base64");
  }
}

Promise.all(Array.from({ length: atOnce }, readInTurn));
