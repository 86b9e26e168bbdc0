import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs, {
  appendFileSync,
  chmodSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { mock } from "node:test";
import { base64Md5, hexMd5 } from "../../../provider/files/md5";
import type { FolderContent, FolderOptions } from "../../../provider/files/read-folder";
import { readFolder } from "../../../provider/files/read-folder";
import { Folder } from "../../support/folder";

describe("the files of a folder", () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => {
    mock.restoreAll();
    folder.remove();
  });

  const read = (options?: FolderOptions) => readFolder(folder.path, options);
  const names = async (options?: FolderOptions) => [...(await read(options)).files.keys()];
  const faults = ({ faults: all }: FolderContent) => all.map(({ name, reason }) => `${name}: ${reason}`);

  it("have their names with slashes, in order, with size and digest; folders without files are nothing", async () => {
    folder.write("index.html", "<p>hello</p>");
    folder.write("assets/img/logo.svg", "");
    folder.write("assets/.nojekyll", "x");
    folder.make("empty/in/empty");
    const { found, files, leftOut, faults: wrong } = await read();
    assert.equal(found, "folder");
    assert.deepEqual([...files.keys()], ["assets/.nojekyll", "assets/img/logo.svg", "index.html"]);
    const md5 = createHash("md5").update("<p>hello</p>").digest();
    assert.deepEqual(files.get("index.html"), {
      size: 12,
      md5: md5.toString("base64").slice(0, 22),
    });
    assert.equal(base64Md5(files.get("index.html")?.md5 ?? ""), md5.toString("base64"));
    assert.equal(hexMd5(files.get("index.html")?.md5 ?? ""), md5.toString("hex"));
    assert.equal(files.get("assets/img/logo.svg")?.size, 0);
    assert.deepEqual([leftOut, wrong], [[], []]);
  });

  it("are none where the folder is empty, and it is told where there is no folder", async () => {
    folder.write("file");
    const found = async (name: string) => (await readFolder(join(folder.path, name))).found;
    folder.make("empty");
    assert.equal(await found("empty"), "folder");
    assert.equal(await found("missing"), "nothing");
    assert.equal(await found("file/below"), "nothing");
    assert.equal(await found("file"), "no folder");
  });

  it("are those of include without those of exclude, where one that matches a folder takes all of it", async () => {
    for (const name of ["a.html", "a.map", "docs/b.html", "node_modules/x/c.html", "tmp/d.html"])
      folder.write(name);
    assert.deepEqual(await names({ include: ["**/*.html"], exclude: ["**/node_modules", "tmp/**"] }), [
      "a.html",
      "docs/b.html",
    ]);
    assert.deepEqual(await names({ exclude: ["*"] }), []);
    assert.deepEqual(await names({ include: ["*"] }), ["a.html", "a.map"]);
  });

  describe("that may hold secrets", () => {
    const secret = [
      ".env",
      "app/.env.local",
      ".envrc",
      ".npmrc",
      ".ssh/known_hosts",
      ".git/config",
      "sub/.git/HEAD",
      "id_rsa",
      "keys/ID_ED25519",
      "tls/server.KEY",
      "tls/server.pem",
      "store.p12",
    ];
    const told = [
      ".env",
      ".envrc",
      ".git/",
      ".npmrc",
      ".ssh/",
      "app/.env.local",
      "id_rsa",
      "keys/ID_ED25519",
      "store.p12",
      "sub/.git/",
      "tls/server.KEY",
      "tls/server.pem",
    ];

    beforeEach(() => {
      for (const name of [...secret, "index.html", "keys/id_rsa.pub", "environment.js"]) folder.write(name);
    });

    it("are left out, which is told; what systems leave behind is left out without a word", async () => {
      for (const name of [".DS_Store", "img/Thumbs.db"]) folder.write(name);
      const plain = ["environment.js", "index.html", "keys/id_rsa.pub"];
      for (const include of [undefined, ["**"], ["*", "*/**"]]) {
        const { files, leftOut } = await read(include && { include });
        assert.deepEqual([...files.keys()], plain);
        assert.deepEqual(leftOut, told);
      }
    });

    it("are there where include names them", async () => {
      assert.deepEqual(
        await names({ include: ["app/.env.*", "tls/*.pem", "**/.git/HEAD", "index.html", ".ssh/**"] }),
        [".ssh/known_hosts", "app/.env.local", "index.html", "sub/.git/HEAD", "tls/server.pem"],
      );
    });

    it("stay out where another pattern of include matches them, and one names only some", async () => {
      const { files, leftOut } = await read({ include: ["**", ".git/HEAD", ".env"] });
      assert.deepEqual([...files.keys()].slice(0, 2), [".env", "environment.js"]);
      assert.deepEqual(
        leftOut,
        told.filter((name) => name !== ".env"),
      );
    });

    it("are not told where they were not meant in any case", async () => {
      assert.deepEqual((await read({ include: ["**/*.html"] })).leftOut, []);
      assert.deepEqual(
        (await read({ exclude: ["**/.*", "**/*.{pem,KEY,p12}", "keys", "id_*"] })).leftOut,
        [],
      );
    });

    it("stay out under the name of a link", async () => {
      symlinkSync(".env", join(folder.path, "config.txt"));
      symlinkSync(".ssh", join(folder.path, "public"));
      const { files, leftOut } = await read();
      assert.equal(files.has("config.txt"), false);
      assert.deepEqual(
        leftOut.filter((name) => !told.includes(name)),
        ["config.txt", "public/"],
      );
    });
  });

  describe("that are links", () => {
    it("are followed inside of the folder, also to a folder, and where the folder itself is one", async () => {
      folder.write("dist/v2/app.js", "2");
      symlinkSync("v2", join(folder.path, "dist/current"));
      symlinkSync("v2/app.js", join(folder.path, "dist/app.js"));
      symlinkSync("dist", join(folder.path, "site"));
      const { files, faults: wrong } = await readFolder(join(folder.path, "site"));
      assert.deepEqual([...files.keys()], ["app.js", "current/app.js", "v2/app.js"]);
      assert.equal(new Set([...files.values()].map(({ md5 }) => md5)).size, 1);
      assert.deepEqual(wrong, []);
    });

    it("are faults where they lead out, nowhere, or in a circle", async () => {
      folder.write("secret.txt");
      folder.write("site/a/index.html");
      folder.write("site-2/b.html");
      const link = (target: string, name: string) => symlinkSync(target, join(folder.path, "site", name));
      link("../secret.txt", "out");
      link("../site-2", "out-folder");
      link("missing", "nowhere");
      link("self", "self");
      link("..", "a/up");
      link(".", "here");
      const content = await readFolder(join(folder.path, "site"));
      assert.deepEqual([...content.files.keys()], ["a/index.html"]);
      const endless = "it is a link to a folder that it is in itself, so there is no end to it";
      assert.deepEqual(faults(content), [
        `a/up: ${endless}`,
        `here: ${endless}`,
        "nowhere: it is a link that leads nowhere",
        `out: it is a link that leads out of the folder, to "${folder.path}/secret.txt"`,
        `out-folder: it is a link that leads out of the folder, to "${folder.path}/site-2"`,
        "self: it is a link that leads back to itself",
      ]);
      const few = await readFolder(join(folder.path, "site"), {
        exclude: ["out", "out-folder/**", "**/{up,here,self,nowhere}"],
      });
      assert.deepEqual(few.faults, []);
      const pages = await readFolder(join(folder.path, "site"), { include: ["**/*.html"] });
      assert.deepEqual(
        pages.faults.map(({ name }) => name),
        ["a/up", "here", "out-folder"],
        "links to files that are not meant are no faults",
      );
    });

    it("may lead to each other's folders", async () => {
      folder.write("a/1");
      folder.write("b/2");
      symlinkSync("../b", folder.make("a", "a/b"));
      symlinkSync("../a", folder.make("b", "b/a"));
      const { files, faults: wrong } = await read();
      assert.deepEqual([...files.keys()], ["a/1", "a/b/2", "b/2", "b/a/1"]);
      assert.deepEqual(
        wrong.map(({ name }) => name),
        ["a/b/a", "b/a/b"],
      );
    });
  });

  it("that are sockets, FIFOs or devices are faults, and never opened", async function () {
    this.timeout(10_000);
    const opened = mock.method(fs, "fstatSync");
    folder.makeFifo("queue");
    symlinkSync("queue", join(folder.path, "to-queue"));
    const server = createServer().listen(join(folder.path, "app.sock"));
    folder.write("fine");
    try {
      const content = await read();
      assert.deepEqual(faults(content), [
        "app.sock: it is a socket, which has no content to upload",
        "queue: it is a FIFO, which has no content to upload",
        "to-queue: it is a link to a FIFO, which has no content to upload",
      ]);
      assert.deepEqual([...content.files.keys()], ["fine"]);
      assert.equal(opened.mock.callCount(), 2, "only the file is looked at, before and after");
      const devices = await readFolder("/dev", { include: ["null"] });
      assert.ok(faults(devices).includes("null: it is a device, which has no content to upload"));
    } finally {
      server.close();
    }
  });

  it("that cannot be read are faults, each by its name, as folders are", async () => {
    chmodSync(folder.path, 0o755);
    for (const name of ["readable", "closed", "closed-folder/x"]) folder.write(name);
    chmodSync(folder.write("closed"), 0);
    chmodSync(join(folder.path, "closed-folder"), 0);
    const content = await asNobody(() => read());
    const denied = "it cannot be read: permission denied";
    assert.deepEqual(faults(content), [`closed: ${denied}`, `closed-folder: ${denied}`]);
    assert.deepEqual([...content.files.keys()], ["readable"]);
    chmodSync(folder.path, 0);
    assert.deepEqual(faults(await asNobody(() => read())), [`.: ${denied}`]);
    assert.deepEqual(faults(await asNobody(() => readFolder(join(folder.path, "below")))), [`.: ${denied}`]);
    chmodSync(folder.path, 0o755);
  });

  it("that are gone, or a FIFO, before they are read are faults", async () => {
    const gone = folder.write("gone");
    const queue = folder.write("queue");
    folder.write("zero");
    const real = fs.promises.readdir;
    mock.method(fs.promises, "readdir", async (...args: Parameters<typeof real>) => {
      const entries = await real(...args);
      for (const path of [gone, queue]) rmSync(path);
      folder.makeFifo("queue");
      return entries;
    });
    assert.deepEqual(faults(await read()), [
      "gone: it was deleted while the folder was read",
      "queue: it changes while it is read; run the command again when nothing writes to it any more",
    ]);
  });

  describe("that change while they are read", () => {
    /** Runs something each time after a file was looked at. */
    const afterLook = (change: (count: number) => void) => {
      const real = fs.fstatSync;
      let count = 0;
      mock.method(fs, "fstatSync", (file: number, options: object) => {
        const stats = real(file, options);
        change(++count);
        return stats;
      });
    };
    const md5 = (text: string) => createHash("md5").update(text).digest("base64").slice(0, 22);

    for (const [size, before] of [
      ["small", "one"],
      ["large", "one".repeat(100_000)],
    ] as const) {
      it(`are read once more, where they are ${size}`, async () => {
        const path = folder.write("log", before);
        // A large file is first looked at to see that it is not small.
        afterLook((count) => count === (size === "small" ? 1 : 2) && appendFileSync(path, ", two"));
        const { files, faults: wrong } = await read();
        assert.deepEqual(wrong, []);
        assert.deepEqual(files.get("log"), { size: before.length + 5, md5: md5(`${before}, two`) });
      });
    }

    it("are faults where they have another size, though the clock of the disk has not moved on", async () => {
      const path = folder.write("log");
      utimesSync(path, 1, 1);
      const real = fs.fstatSync;
      let count = 0;
      mock.method(fs, "fstatSync", (file: number, options: object) => {
        count += 1;
        if (count % 2 === 0) appendFileSync(path, "more");
        utimesSync(path, 1, 1);
        return real(file, options);
      });
      assert.equal((await read()).faults.length, 1);
    });

    it("are faults where they change again, whether they grow, shrink, or keep their size", async () => {
      for (const change of [
        (path: string, _: number) => appendFileSync(path, "more"),
        (path: string, count: number) => truncateSync(path, 100 - count),
        (path: string, count: number) => {
          writeFileSync(path, `${count}`.padEnd(100));
          // Two moments that the clock of a file system takes for one would make it the same file.
          utimesSync(path, count, count);
        },
      ]) {
        const path = folder.write("log", "x".repeat(100));
        mock.restoreAll();
        afterLook((count) => change(path, count));
        const content = await read();
        assert.deepEqual(faults(content), [
          "log: it changes while it is read; run the command again when nothing writes to it any more",
        ]);
        assert.equal(content.files.size, 0);
      }
    });
  });

  it("of any name are taken as they are, and those that no key can have are faults", async () => {
    const odd = [
      "a b+c%20#?&.txt",
      "😀.png",
      "new\nline",
      "back\\slash",
      "A.txt",
      "a.txt",
      "e\u0301.html",
      "\ufffd",
    ];
    for (const name of odd) folder.write(name);
    folder.write("\\first");
    const deep = Array.from({ length: 5 }, () => "d".repeat(200)).join("/");
    folder.write(`${deep}/${"f".repeat(18)}`);
    folder.write(`${deep}/${"f".repeat(19)}`);
    writeFileSync(Buffer.concat([Buffer.from(`${folder.path}/caf`), Buffer.from([0xe9])]), "latin 1");
    mkdirSync(Buffer.concat([Buffer.from(`${folder.path}/caf`), Buffer.from([0xe8])]));
    const content = await read();
    assert.deepEqual([...content.files.keys()], [...odd, `${deep}/${"f".repeat(18)}`].sort());
    assert.deepEqual(faults(content), [
      '\\first: EOS needs a key that does not begin with "/" or "\\"',
      "caf\ufffd: its name is not valid UTF-8",
      "caf\ufffd: its name is not valid UTF-8",
      `${deep}/${"f".repeat(19)}: EOS needs a key that has at most 1023 bytes`,
    ]);
    const below = await read({ prefix: "p/" });
    assert.equal(below.faults.length, 4);
    assert.equal(below.files.has("\\first"), true);
  });

  it("whose names look the same are a fault of the second", async () => {
    folder.write("caf\u00e9.html");
    folder.write("cafe\u0301.html");
    const content = await read();
    assert.deepEqual([...content.files.keys()], ["cafe\u0301.html"]);
    assert.deepEqual(faults(content), [
      "caf\u00e9.html: another file's name looks the same, and has its accents written in another way",
    ]);
  });

  it("on a slow drive are read by threads, after one has shown that it is slow", async () => {
    for (let index = 0; index < 100; index += 1) folder.write(`${index}`);
    const real = fs.openSync;
    const opened = mock.method(fs, "openSync", (path: string, flags: number) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      return real(path, flags);
    });
    assert.equal((await read()).files.size, 100);
    assert.equal(opened.mock.callCount(), 1);
  });

  it("of 20,000 are all there, each with its own digest", async function () {
    this.timeout(60_000);
    for (let index = 0; index < 20_000; index += 1) folder.write(`${index % 100}/${index}.txt`, `${index}`);
    const { files, faults: wrong } = await read({ exclude: ["**/*.map"] });
    assert.equal(files.size, 20_000);
    assert.deepEqual(wrong, []);
    const md5 = createHash("md5").update("12345").digest();
    assert.equal(base64Md5(files.get("45/12345.txt")?.md5 ?? ""), md5.toString("base64"));
  });
});

/** Runs something without root's right to read everything. */
async function asNobody<Result>(run: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
}
