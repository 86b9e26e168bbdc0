import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, rmSync, truncateSync } from "node:fs";
import { buffer } from "node:stream/consumers";
import { fileContent } from "../../../provider/files/file-content";
import { shortMd5 } from "../../../provider/files/md5";
import { Pace } from "../../../provider/files/pace";
import { Folder } from "../../support/folder";

describe("the content of a file", () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => {
    folder.remove();
  });

  it("is read again each time, as a whole or in part, with its digest as a header has it", async () => {
    const bytes = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => index % 251));
    const digest = createHash("md5").update(bytes).digest();
    const content = fileContent(folder.write("data", bytes), bytes.length, shortMd5(digest));
    assert.equal(content.size, bytes.length);
    assert.equal(content.md5, digest.toString("base64"));
    for (const _ of [1, 2]) assert.ok(bytes.equals(await buffer(content.open())));
    for (const [start, end] of [
      [0, 0],
      [300_000, 699_999],
      [999_999, 999_999],
    ] as const) {
      assert.ok(bytes.subarray(start, end + 1).equals(await buffer(content.open({ start, end }))));
    }
  });

  it("of no bytes is empty, and without a digest says nothing of one", async () => {
    const content = fileContent(folder.write("empty", ""), 0);
    assert.equal((await buffer(content.open())).length, 0);
    assert.equal("md5" in content, false);
  });

  it("gives no more than there was, and fewer where the file has shrunk", async () => {
    const path = folder.write("log", "one");
    const content = fileContent(path, 3);
    appendFileSync(path, ", two");
    assert.equal(String(await buffer(content.open())), "one");
    truncateSync(path, 1);
    assert.equal(String(await buffer(content.open())), "o");
  });

  it("of a small file is the same read on the spot, a part, fewer and why it cannot be read too", async () => {
    const path = folder.write("small", "one, two");
    const content = fileContent(path, 8, undefined, new Pace());
    assert.equal(String(await buffer(content.open())), "one, two");
    assert.equal(String(await buffer(content.open({ start: 5, end: 6 }))), "tw");
    truncateSync(path, 3);
    assert.equal(String(await buffer(content.open())), "one");
    rmSync(path);
    await assert.rejects(buffer(content.open()), { code: "ENOENT" });
  });

  it("of a file that is gone fails when it is read", async () => {
    const content = fileContent(`${folder.path}/gone`, 3);
    await assert.rejects(buffer(content.open()), { code: "ENOENT" });
  });
});
