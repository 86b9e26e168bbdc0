import assert from "node:assert/strict";
import fc from "fast-check";
import { contentTypeOf } from "../../../provider/files/content-type";
import { globMistake, globOf } from "../../../provider/files/globs";
import { guardedName } from "../../../provider/files/guarded-names";
import { keyMistake } from "../../../provider/files/key-mistake";
import { matchOptions } from "../../../provider/files/match-options";

describe("content types", () => {
  it("go by the extension, in any case; texts are UTF-8", () => {
    for (const [name, type] of [
      ["index.html", "text/html; charset=utf-8"],
      ["a/b.c/INDEX.HTM", "text/html; charset=utf-8"],
      ["app.js", "text/javascript; charset=utf-8"],
      ["app.mjs", "text/javascript; charset=utf-8"],
      ["site.css", "text/css; charset=utf-8"],
      ["robots.txt", "text/plain; charset=utf-8"],
      ["app.js.map", "application/json"],
      ["logo.svg", "image/svg+xml"],
      ["favicon.ico", "image/vnd.microsoft.icon"],
      ["font.woff2", "font/woff2"],
      ["app.wasm", "application/wasm"],
      ["app.webmanifest", "application/manifest+json"],
      ["app.apk", "application/vnd.android.package-archive"],
      ["live.m3u8", "application/vnd.apple.mpegurl"],
      ["a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
      ["a.tar.gz", "application/gzip"],
    ] as const) {
      assert.equal(contentTypeOf(name), type, name);
    }
  });

  it("are those of bytes where there is no extension that is known", () => {
    for (const name of [
      "LICENSE",
      "html",
      "css/html",
      ".html",
      "a.",
      "a.unheard-of",
      "v1.html/readme",
      "a.__proto__",
    ]) {
      assert.equal(contentTypeOf(name), "application/octet-stream", name);
    }
  });
});

describe("globs", () => {
  for (const [glob, matching, others] of [
    ["*.html", ["a.html", ".html", "ä b.html", "a\nb.html"], ["b/a.html", "a.HTML", "a.htm"]],
    ["**/*.html", ["a.html", "b/c/a.html", ".well-known/a.html"], ["a.html/b"]],
    ["**", ["a", ".a", "a/.b/c", "a\nb"], []],
    ["assets/**", ["assets/a", "assets/b/.c"], ["assets", "assets2/a", "x/assets/a"]],
    ["./assets/*.{js,css}", ["assets/a.js", "assets/b.css"], ["assets/c.map"]],
    ["[a-c]?.txt", ["b1.txt"], ["d1.txt", "b.txt", "b/.txt"]],
    ["\\[id\\].html", ["[id].html"], ["i.html"]],
    ["[id].html", ["[id].html", "i.html"], ["x.html"]],
    ["!(*.map)", ["app.js"], ["app.js.map"]],
    ["./!a", ["!a"], ["a", "b"]],
    ['"a".txt', ['"a".txt'], ["a.txt"]],
  ] as const) {
    it(`${JSON.stringify(glob)} matches ${matching.length} names and ${others.length} not`, () => {
      assert.equal(globMistake(glob), undefined);
      const { matches } = globOf(glob);
      assert.deepEqual(
        matching.filter((name) => !matches(name)),
        [],
      );
      assert.deepEqual(
        others.filter((name) => matches(name)),
        [],
      );
    });
  }

  it("that are a name with its special characters escaped match this name alone", () => {
    const part = fc.string({
      unit: fc.constantFrom(..."ab.-_ é😀()[]{}!+@*?$^|,\"'"),
      minLength: 1,
      maxLength: 8,
    });
    const names = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const plain = names.filter((name) => !name.split("/").some((one) => one === "." || one === ".."));
    fc.assert(
      fc.property(plain, plain, (name, other) => {
        const glob = name.replace(/[^\p{L}\p{N}/. ]/gu, "\\$&");
        assert.equal(globMistake(glob), undefined);
        assert.equal(globOf(glob).matches(name), true);
        assert.equal(globOf(glob).matches(other), name === other);
      }),
      { numRuns: 500 },
    );
  });

  it("of any kind either have a mistake that is told, or can be used", () => {
    const texts = fc.string({ unit: fc.constantFrom(...'a/.*?[]{}()!+@\\,-^|"'), maxLength: 12 });
    fc.assert(
      fc.property(texts, (text) => {
        if (globMistake(text) === undefined) globOf(text).matches("a/b.html");
      }),
      { numRuns: 2000 },
    );
  });
});

describe("guarded names", () => {
  it("are asked for by the part of a pattern that stands for them, and by no other", () => {
    const isAskedFor = (name: string, glob: string) => guardedName(name, [globOf(glob)]) === undefined;
    assert.equal(isAskedFor(".environment/app.js", ".environment/**"), true);
    assert.equal(isAskedFor(".environment/.env", ".environment/**"), false);
    assert.equal(isAskedFor(".environment/.env", ".environment/{.env,b}"), true);
    assert.equal(isAskedFor("a.pem", "*.{pem,crt}"), false, "what tells is not written out");
  });

  it("are never those of a pattern that has nothing but stars, however deep they are", () => {
    const parts = fc.constantFrom("a", ".env", ".git", "id_rsa", "x.pem", ".ENV.local", "docs");
    const stars = fc.constantFrom("**", "*", "**/*", "*/**", "**/.*", "{*,*/*,**/*}").map(globOf);
    fc.assert(
      fc.property(fc.array(parts, { minLength: 1, maxLength: 4 }), fc.array(stars), (path, include) => {
        const isPlain = path.every((part) => part === "a" || part === "docs");
        assert.equal(guardedName(path.join("/"), include) === undefined, isPlain);
      }),
    );
  });
});

describe("keys", () => {
  it("have 1 to 1023 bytes of UTF-8 and no slash at the beginning", () => {
    for (const key of ["a", " ", "a//b/", "é".repeat(511), "😀", "a\n", "..", "a\\b"]) {
      assert.equal(keyMistake(key), undefined, key);
    }
    const begin = 'does not begin with "/" or "\\"';
    assert.equal(keyMistake(""), "is not empty");
    assert.equal(keyMistake("/a"), begin);
    assert.equal(keyMistake("\\a"), begin);
    assert.equal(keyMistake("é".repeat(512)), "has at most 1023 bytes");
    assert.equal(keyMistake("a\ud83d"), "is valid Unicode");
  });
});

describe("options by file", () => {
  const options = [
    { files: "**", cacheControl: "max-age=86400", metadata: { owner: "web", kind: "asset" } },
    { files: "**/*.html", cacheControl: "no-cache", metadata: { kind: "page" } },
    { files: "old/**", contentType: "text/plain", cacheControl: undefined as unknown as string },
  ];

  it("are those of the last that matches, for each header by itself", () => {
    assert.deepEqual(matchOptions(options, "a.js"), {
      cacheControl: "max-age=86400",
      metadata: { owner: "web", kind: "asset" },
    });
    assert.deepEqual(matchOptions(options, "old/a.html"), {
      contentType: "text/plain",
      cacheControl: "no-cache",
      metadata: { kind: "page" },
    });
    assert.deepEqual(matchOptions(options.slice(1), "a.js"), {});
  });
});
