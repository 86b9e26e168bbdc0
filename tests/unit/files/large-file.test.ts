import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import { readFolder } from "../../../provider/files/read-folder";
import { Folder } from "../../support/folder";

const megabyte = 1024 ** 2;

describe("a file of 3 GB", function () {
  this.timeout(120_000);
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
    truncateSync(folder.write("large", ""), 3 * 1024 * megabyte);
  });

  afterEach(() => {
    folder.remove();
  });

  it("is read in pieces", async () => {
    const before = process.memoryUsage().rss;
    const { files } = await readFolder(folder.path);
    const grown = process.memoryUsage().rss - before;
    assert.equal(files.get("large")?.size, 3 * 1024 * megabyte);
    assert.ok(grown < 30 * megabyte, `${grown} bytes`);
  });

  it("is let go at once where reading is ended", async () => {
    const ends = new AbortController();
    const reading = readFolder(folder.path, { signal: ends.signal });
    let ended = 0;
    setTimeout(() => {
      ended = performance.now();
      ends.abort(new Error("Ctrl-C"));
    }, 300);
    await assert.rejects(reading, new Error("Ctrl-C"));
    assert.ok(performance.now() - ended < 1000);
  });
});
