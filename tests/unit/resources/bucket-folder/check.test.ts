import assert from "node:assert/strict";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Deployment } from "../../../../provider/lifecycle/deployment";
import type { CheckCall, Properties } from "../../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import { check } from "../../../../provider/resources/bucket-folder/check";
import { entriesIn } from "../../../../provider/resources/bucket-folder/entries";
import { failing } from "../../../support/failing";
import { Folder } from "../../../support/folder";

const bucketName = "media-assets";

describe("the inputs of a folder", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  async function checked(inputs: Properties, call: Partial<CheckCall> = {}) {
    const lines: string[] = [];
    const { inputs: kept, failures } = await check(
      { bucketName, path: folder.path, ...inputs },
      {
        olds: {},
        secrets: new Set(),
        shown: (value) => value,
        tell: (line) => lines.push(line),
        waitingFor: (_what, work) => work(),
        signal: new AbortController().signal,
        deployment: new Deployment(),
        ...call,
      },
    );
    return { kept, failures, lines };
  }
  const refused = async (inputs: Properties, call?: Partial<CheckCall>) =>
    (await checked(inputs, call)).failures.map(({ property, reason }) => `${property}: ${reason}`);

  it("say what is read, where that takes long", async () => {
    folder.write("index.html", "<p>hello");
    const told: string[] = [];
    const waitingFor: CheckCall["waitingFor"] = (what, work) => {
      told.push(what());
      return work();
    };
    await checked({}, { waitingFor });
    assert.deepEqual(told, [`media-assets/: reading the files in ${JSON.stringify(folder.path)}`]);
  });

  it("get the files of the folder, and a line says what is to be done", async () => {
    folder.write("index.html", "<html>");
    folder.write("assets/a.css", "a");
    const { kept, failures, lines } = await checked({ prefix: "site/", include: undefined, exclude: null });
    assert.deepEqual(failures, []);
    assert.deepEqual(Object.keys(kept).sort(), ["bucketName", "files", "path", "prefix"]);
    assert.deepEqual(Object.keys(entriesIn(kept.files)).sort(), ["assets/a.css", "index.html"]);
    assert.deepEqual(lines, ['media-assets/site/: 2 new (7 B to upload): "assets/a.css", "index.html"']);
  });

  it("leave it to the comparison to say what is to be done with a folder that is there already", async () => {
    folder.write("a");
    assert.deepEqual((await checked({}, { olds: { bucketName } })).lines, []);
  });

  describe("have a line for each glob that no file's name fits", () => {
    beforeEach(() => {
      for (const name of ["a.html", "b.css", "tmp/c.html", ".env"]) folder.write(name);
    });
    const told = async (inputs: Properties, call?: Partial<CheckCall>) => {
      const { lines, failures } = await checked(inputs, { olds: { bucketName }, ...call });
      assert.deepEqual(failures, []);
      return lines.filter((line) => !line.includes("left out, since"));
    };

    it("in include, exclude and fileOptions", async () => {
      const inputs = {
        prefix: "site/",
        include: ["**/*.html", "*.htm", "**/*.css"],
        exclude: ["temp", "tmp"],
        fileOptions: [
          { files: "*.css", cacheControl: "no-cache" },
          { files: "tmp/*.html", cacheControl: "no-cache" },
        ],
      };
      assert.deepEqual(await told(inputs), [
        'media-assets/site/: no file fits "*.htm" of include',
        'media-assets/site/: "temp" of exclude leaves nothing out',
        'media-assets/site/: no file fits "tmp/*.html" of fileOptions',
      ]);
    });

    it("not where it fits what another glob takes too, or what is left out for safety", async () => {
      assert.deepEqual(await told({ include: ["**", "*.css", "*env"], exclude: ["*.html", "a.*"] }), []);
    });

    it("not in exclude for what is left out in any case", async () => {
      assert.deepEqual(await told({ exclude: [".env", ".git", "**/.DS_Store", "*.pem", "**/node.key"] }), []);
    });

    it("without what is a secret", async () => {
      const shown = (value: string) => (value.startsWith("canary") ? "[secret]" : value);
      assert.deepEqual(await told({ exclude: ["canary"] }, { shown }), [
        'media-assets/: "[secret]" of exclude leaves nothing out',
      ]);
    });
  });

  it("never take files that the program gives", async () => {
    folder.write("a");
    const { kept } = await checked({ files: { b: "1" } });
    assert.deepEqual(Object.keys(entriesIn(kept.files)), ["a"]);
  });

  describe("are refused", () => {
    it("all at once", async () => {
      const all = await refused({
        bucketName: "Media",
        path: 5,
        prefix: "/site",
        include: [],
        exclude: ["tmp/"],
        fileOptions: [{ files: "*", cacheControl: "" }],
      });
      const properties = all.map((one) => one.split(":")[0]);
      assert.deepEqual(properties, [
        "bucketName",
        "path",
        "prefix",
        "include",
        "exclude[0]",
        "fileOptions[0].cacheControl",
      ]);
    });

    for (const [what, inputs, said] of [
      ["a path that is empty", { path: "" }, 'path: expected the path of a folder, such as dist, got "".'],
      ["no path", { path: undefined }, "path: expected the path of a folder, such as dist, got nothing."],
      [
        "a prefix that begins with a slash",
        { prefix: "/site/" },
        'prefix: expected what keys begin with, such as site/, not beginning with / or \\, got "/site/".',
      ],
      [
        "a prefix that is a number",
        { prefix: 5 },
        "prefix: expected what keys begin with, such as site/, not beginning with / or \\, got 5.",
      ],
    ] as const) {
      it(what, async () => {
        assert.deepEqual(await refused(inputs), [said]);
      });
    }

    it("where there is no folder", async () => {
      const path = join(folder.path, "dist");
      assert.deepEqual(await refused({ path }), [
        `path: expected a folder, but there is nothing at "${path}". Build it first.`,
      ]);
    });

    it("where a file is", async () => {
      const path = folder.write("a.css");
      assert.deepEqual(await refused({ path }), [
        `path: expected a folder, but "${path}" is a file. Use BucketObject for one file.`,
      ]);
    });

    it("where no file is to be put, since everything there would be deleted", async () => {
      const none =
        `path: expected a folder with files, but none in "${folder.path}" is to be put. Look at include and exclude, or ` +
        "build it first.";
      assert.deepEqual(await refused({}), [none]);
      mkdirSync(join(folder.path, "empty"));
      folder.write(".env");
      assert.deepEqual(await refused({}), [none]);
      folder.write("a.css");
      assert.deepEqual(await refused({ include: ["*.html"] }), [none]);
    });

    it("for files that no object can be made of, by their names", async () => {
      folder.write("a.css");
      symlinkSync("/etc/hosts", join(folder.path, "hosts"));
      symlinkSync("nowhere", join(folder.path, "link"));
      assert.deepEqual(await refused({}), [
        `path: 2 of the files in "${folder.path}" cannot be put. ` +
          '"hosts": it is a link that leads out of the folder, to "/etc/hosts". "link": it is a link that leads nowhere.',
      ]);
      for (let n = 10; n < 30; n += 1) symlinkSync("nowhere", join(folder.path, `link-${n}`));
      const [many = ""] = await refused({});
      assert.match(many, /^path: 22 of the files in .* And 12 more\.$/);
      assert.equal(many.match(/leads/g)?.length, 10);
    });

    it("for keys that are too long with their prefix", async () => {
      folder.write("a.css");
      const [said] = await refused({ prefix: `${"x".repeat(1020)}/` });
      assert.match(said ?? "", /"a\.css": EOS needs a key that has at most 1023 bytes\.$/);
      assert.deepEqual(await refused({ prefix: `${"x".repeat(1017)}/` }), []);
    });
  });

  it("pass where they are not known yet, and then the files are not known either", async () => {
    folder.write("a.css");
    for (const inputs of [
      { path: unknownValue },
      { prefix: unknownValue },
      { include: [unknownValue] },
      { exclude: unknownValue },
      { fileOptions: [{ files: "*", cacheControl: unknownValue }] },
      { fileOptions: [{ files: "*", metadata: { a: unknownValue } }] },
    ]) {
      const { kept, failures, lines } = await checked(inputs);
      assert.deepEqual([kept.files, failures, lines], [unknownValue, [], []], Object.keys(inputs)[0]);
    }
  });

  it("show the files for a bucket that is not known yet", async () => {
    folder.write("a.css");
    const { failures, lines } = await checked({ bucketName: unknownValue });
    assert.deepEqual([failures, lines], [[], ['…/: 1 new (5 B to upload): "a.css"']]);
  });

  it("are left without what may hold secrets, which a line says each time", async () => {
    for (const name of ["a.css", ".env", "x/.env.local", ".git/config"]) folder.write(name);
    for (const olds of [{}, { bucketName }]) {
      const { kept, lines } = await checked({}, { olds });
      assert.deepEqual(Object.keys(entriesIn(kept.files)), ["a.css"]);
      assert.equal(
        lines[0],
        'media-assets/: left out, since they may hold secrets: ".env", ".git/", "x/.env.local". Name them in include to ' +
          "put them.",
      );
    }
    const { kept, lines } = await checked({ include: ["**", ".env"] });
    assert.deepEqual(Object.keys(entriesIn(kept.files)), [".env", "a.css"]);
    assert.doesNotMatch(lines[0] ?? "", /"\.env"/);
  });

  it("give an entry for a file's headers too", async () => {
    folder.write("a.css");
    folder.write("b.html");
    const files = async (inputs: Properties) => entriesIn((await checked(inputs)).kept.files);
    const plain = await files({});
    const cached = await files({ fileOptions: [{ files: "*.html", cacheControl: "no-cache" }] });
    assert.equal(cached["a.css"], plain["a.css"]);
    assert.notEqual(cached["b.html"], plain["b.html"]);
  });

  describe("claim their objects", () => {
    const deployment = new Deployment();
    const as = (claimant: string | undefined, on = deployment): Partial<CheckCall> => ({
      deployment: on,
      ...(claimant !== undefined ? { claimant } : {}),
    });
    beforeEach(() => {
      deployment.claims.clear();
      for (const name of ["a.css", "b.css", "site/a.css"]) folder.write(name);
    });

    it("again and again for the same resource", async () => {
      for (let n = 0; n < 2; n += 1) assert.deepEqual(await refused({}, as('BucketFolder "one"')), []);
    });

    it("against another folder with the same keys, which is named", async () => {
      assert.deepEqual(await refused({ include: ["a.css"] }, as('BucketFolder "one"')), []);
      assert.deepEqual(await refused({}, as('BucketFolder "two"')), [
        'prefix: BucketFolder "one" puts the same objects as these files: "a.css". Give one of the two another prefix, ' +
          "or exclude the files.",
      ]);
    });

    it("against an object, and a folder with another prefix", async () => {
      deployment.claims.set("media-assets/b.css", 'BucketObject "logo"');
      const [object] = await refused({}, as('BucketFolder "one"'));
      assert.match(
        object ?? "",
        /^prefix: BucketObject "logo" puts the same objects as these files: "b\.css"\./,
      );
      deployment.claims.clear();
      assert.deepEqual(await refused({}, as('BucketFolder "one"')), []);
      const [prefixed] = await refused({ prefix: "site/", include: ["*.css"] }, as('BucketFolder "two"'));
      assert.match(prefixed ?? "", /BucketFolder "one" puts the same objects as these files: "a\.css"\./);
    });

    it("not in another bucket, with another prefix, or where the bucket is not known yet", async () => {
      assert.deepEqual(await refused({}, as('BucketFolder "one"')), []);
      assert.deepEqual(await refused({ bucketName: "other-assets" }, as('BucketFolder "two"')), []);
      assert.deepEqual(await refused({ prefix: "two/" }, as('BucketFolder "three"')), []);
      assert.deepEqual(await refused({ bucketName: unknownValue }, as('BucketFolder "four"')), []);
    });

    it("without a word of a secret prefix", async () => {
      const secret = { prefix: "canary/" };
      await checked(secret, as('BucketFolder "one"'));
      const { failures } = await checked(secret, as('BucketFolder "two"'));
      assert.equal(failures.length, 1);
      assert.doesNotMatch(failures[0]?.concealed ?? "", /canary/);
    });
  });

  it("are not read any further in a deployment that is cancelled", async () => {
    folder.write("a.css");
    const cancelled = new Error("cancelled");
    const error = await failing(checked({}, { signal: AbortSignal.abort(cancelled) }));
    assert.equal(error, cancelled);
  });
});
