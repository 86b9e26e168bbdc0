import assert from "node:assert/strict";
import {
  checkExclude,
  checkFileOptions,
  checkHeaders,
  checkInclude,
  checkKey,
} from "../../../provider/lifecycle/file-checks";
import type { CheckFailure } from "../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../provider/lifecycle/unknown-value";

const said = (failures: readonly CheckFailure[]) =>
  failures.map(({ property, reason }) => `${property}: ${reason}`);

const glob = 'expected a glob, such as "**/*.html", got';
const header =
  "expected a text of printable ASCII characters without a space at either end, since headers carry no others, got";

describe("the inputs of what uploads files", () => {
  it("may be unknown or left out, in whole or in part", () => {
    for (const value of [unknownValue, undefined, null]) {
      assert.deepEqual([...checkInclude(value), ...checkExclude(value), ...checkFileOptions(value)], []);
      assert.deepEqual(
        checkHeaders({ contentType: value, cacheControl: value, contentEncoding: value, metadata: value }),
        [],
      );
    }
    assert.deepEqual(checkKey(unknownValue), []);
    assert.deepEqual(checkInclude([unknownValue, "a"]), []);
    assert.deepEqual(
      checkFileOptions([unknownValue, { files: unknownValue, metadata: { a: unknownValue } }]),
      [],
    );
  });

  it("are taken where they are right", () => {
    assert.deepEqual(checkKey("a b/é.txt"), []);
    assert.deepEqual(checkInclude(["**/*.html", "!(*.map)", "\\[id\\].html", "[id].html"]), []);
    assert.deepEqual(checkExclude([]), []);
    assert.deepEqual(
      checkFileOptions([
        {
          files: "**",
          contentType: "text/html; charset=utf-8",
          cacheControl: "public, max-age=60",
          contentDisposition: "attachment; filename*=UTF-8''%C3%A9.txt",
          contentEncoding: "gzip",
          metadata: { owner: "web", "build-id": "" },
        },
      ]),
      [],
    );
  });

  it("are refused where a key cannot be one", () => {
    const rule = (mistake: string, came: string) =>
      `key: expected an object's key that ${mistake}, such as assets/logo.png, got ${came}.`;
    assert.deepEqual(said(checkKey("")), [rule("is not empty", '""')]);
    assert.deepEqual(said(checkKey("/a")), [rule('does not begin with "/" or "\\"', '"/a"')]);
    assert.deepEqual(said(checkKey(5)), [rule("is a text", "5")]);
    assert.deepEqual(said(checkKey(undefined)), [rule("is a text", "nothing")]);
  });

  it("are refused where globs are no list, or none, or no texts", () => {
    assert.deepEqual(said(checkInclude("*.html")), [
      'include: expected a list of globs, such as ["**/*.html"], got "*.html".\nPut it in brackets.',
    ]);
    assert.deepEqual(said(checkInclude([])), [
      'include: expected at least one glob, such as "**/*.html", got [].\nLeave it out for all files.',
    ]);
    assert.deepEqual(said(checkExclude(["a", 5, null])), [
      `exclude[1]: ${glob} 5.`,
      `exclude[2]: ${glob} null.`,
    ]);
  });

  for (const [text, mistake] of [
    ["", "that is not empty"],
    ["/dist/*", 'that is relative to the folder, without "/" at the beginning'],
    ["dist/", 'that matches files: those of a folder are "dist/**"'],
    ["../a", 'inside the folder, without ".."'],
    ["!*.map", 'without "!" at its beginning: include says what is meant, and exclude what is not'],
    ["a\\", 'without "\\" at its end: it makes the next character a plain one'],
    ["[a", 'that has its brackets in pairs: one for "]" is missing, and "\\" makes one a plain character'],
    ["{a,b", 'that has its brackets in pairs: one for "}" is missing, and "\\" makes one a plain character'],
    ["a)", 'that has its brackets in pairs: one for "(" is missing, and "\\" makes one a plain character'],
  ] as const) {
    it(`are refused where a glob is ${JSON.stringify(text)}`, () => {
      const [failure, ...others] = checkExclude([text]);
      assert.equal(failure?.property, "exclude[0]");
      assert.equal(failure?.reason, `${glob} ${JSON.stringify(text)}; it must be one ${mistake}.`);
      assert.equal(failure?.concealed, `${glob} [secret].`);
      assert.deepEqual(others, []);
    });
  }

  it("are refused where options are not as they should be, each at its place", () => {
    const option = 'expected an option, such as { files: "**/*.html", cacheControl: "no-cache" }, got';
    assert.deepEqual(said(checkFileOptions({ files: "*" })), [
      'fileOptions: expected a list of options, such as [{ files: "**/*.html", cacheControl: "no-cache" }], got ' +
        'a map: {"files":"*"}.',
    ]);
    assert.deepEqual(
      said(
        checkFileOptions([
          "*.html",
          { cacheControl: "no-cache" },
          { files: "*", cachecontrol: "no-cache" },
          { files: "/*", contentType: "html", metadata: { "a b": "x" } },
        ]),
      ),
      [
        `fileOptions[0]: ${option} "*.html".`,
        `fileOptions[1].files: ${glob} nothing.`,
        "fileOptions[2].cachecontrol: an option has only files, contentType, cacheControl, contentDisposition, " +
          "contentEncoding and metadata, got cachecontrol; did you mean cacheControl?",
        `fileOptions[3].files: ${glob} "/*"; it must be one that is relative to the folder, without "/" at the beginning.`,
        'fileOptions[3].contentType: expected a content type, such as text/html; charset=utf-8, got "html".',
        'fileOptions[3].metadata["a b"]: expected a name of letters, digits and hyphens, got "a b".',
      ],
    );
  });

  it("are refused where headers cannot be sent", () => {
    assert.deepEqual(
      said(
        checkHeaders({
          contentType: "text/ütf",
          cacheControl: "a\r\nX-Evil: 1",
          contentDisposition: " inline",
          contentEncoding: "",
        }),
      ),
      [
        `contentType: ${header} "text/ütf".`,
        `cacheControl: ${header} "a\\r\\nX-Evil: 1".`,
        `contentDisposition: ${header} " inline".`,
        'contentEncoding: expected the text of a header, got "".\nLeave it out for no such header.',
      ],
    );
    assert.deepEqual(said(checkHeaders({ metadata: { owner: 5, Owner: "a", "x-oss-meta-b": "é" } })), [
      `metadata.owner: ${header} 5.`,
      'metadata.Owner: expected a name that differs from others by more than capitals, got "Owner" besides "owner".',
      'metadata["x-oss-meta-b"]: expected a name without x-oss-meta-, which is put before it, got "x-oss-meta-b".',
      `metadata["x-oss-meta-b"]: ${header} "é".`,
    ]);
    assert.deepEqual(said(checkHeaders({ metadata: { a: "x".repeat(8192) } })), [
      "metadata: expected at most 8192 characters of names and texts, got 8193.",
    ]);
    assert.deepEqual(said(checkHeaders({ metadata: ["a"] })), [
      'metadata: expected a map of names with their texts, such as { owner: "web" }, got a list: ["a"].',
    ]);
  });

  it("show nothing of a secret", () => {
    const secret = "/s3cret\\";
    const all = [
      ...checkKey(secret),
      ...checkInclude([secret]),
      ...checkFileOptions([{ files: secret, contentType: secret, cacheControl: `${secret}é` }]),
    ];
    assert.equal(all.length, 5);
    for (const { concealed } of all) assert.ok(!concealed.includes("s3cret"), concealed);
  });
});
