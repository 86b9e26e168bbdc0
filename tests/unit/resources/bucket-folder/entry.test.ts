import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { shortMd5 } from "../../../../provider/files/md5";
import { entryOf, etagOf, foreignEntry, md5Of } from "../../../../provider/resources/bucket-folder/entry";

const digest = createHash("md5").update("content").digest();
const md5 = shortMd5(digest);

describe("a file as state has it", () => {
  it("is its MD5, from which its ETag follows", () => {
    const entry = entryOf("a.css", md5);
    assert.equal(entry, md5);
    assert.equal(md5Of(entry), md5);
    assert.equal(etagOf(entry), digest.toString("hex"));
  });

  it("is another one with other headers, and the same whatever option gives them", () => {
    const of = (...fileOptions: Parameters<typeof entryOf>[2] & object) => entryOf("a.css", md5, fileOptions);
    const cached = of({ files: "*.css", cacheControl: "no-cache" });
    assert.equal(md5Of(cached), md5);
    assert.equal(etagOf(cached), digest.toString("hex"));
    const others = [
      of(),
      of({ files: "*.css", cacheControl: "max-age=1" }),
      of({ files: "*.css", contentDisposition: "no-cache" }),
      of({ files: "*.css", cacheControl: "no-cache", metadata: { a: "b" } }),
      of({ files: "*.css", cacheControl: "no-cache", metadata: { a: "c" } }),
    ];
    assert.equal(new Set([cached, ...others]).size, 6);
    assert.equal(
      of({ files: "*", contentType: "a/b" }, { files: "a*", cacheControl: "x" }),
      of({ files: "**", cacheControl: "x", contentType: "a/b" }),
    );
    assert.equal(
      of({ files: "*", metadata: { a: "1", b: "2" } }),
      of({ files: "*", metadata: { b: "2", a: "1" } }),
      "the engine passes members in any order",
    );
    assert.equal(of({ files: "*.html", cacheControl: "no-cache" }), md5, "an option for others");
    assert.equal(of({ files: "*.css" }), md5, "an option of nothing");
  });

  it("takes less than 120 bytes, in inputs and outputs together, with a name as build tools give them", () => {
    const name = "assets/index-BvX3kQ2a.js";
    const plain = JSON.stringify({ [name]: entryOf(name, md5) }).length - 2;
    const withHeaders =
      JSON.stringify({
        [name]: entryOf(name, md5, [{ files: "**", cacheControl: "public, max-age=31536000, immutable" }]),
      }).length - 2;
    // With the comma. What a CLI indents by is not of the state.
    const around = 1;
    assert.ok(2 * (plain + around) < 120, `${plain}`);
    assert.ok(2 * (withHeaders + around) < 120, `${withHeaders}`);
  });

  it("of what others put is that of no file, and knows its ETag", () => {
    const entry = foreignEntry(digest.toString("hex"));
    assert.notEqual(entry, entryOf("a.css", md5));
    assert.equal(etagOf(entry), digest.toString("hex"));
    assert.equal(etagOf(foreignEntry("0123-4")), "0123-4");
  });
});
