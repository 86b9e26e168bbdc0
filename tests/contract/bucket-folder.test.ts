import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { EmulatorFault } from "../../emulator";
import { CancelledError, EnsError } from "../../provider/ens/errors";
import { systemTiming } from "../../provider/ens/retry/timing";
import type { Properties } from "../../provider/lifecycle/lifecycle";
import { PartialFailure } from "../../provider/lifecycle/partial-failure";
import { entriesIn } from "../../provider/resources/bucket-folder/entries";
import type { BucketCall } from "../support/bucket-call";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { Folder } from "../support/folder";
import { FolderStack } from "../support/folder-stack";
import { startSlowFront } from "../support/slow-front";
import { StorageContent } from "../support/storage-content";

type OfStorage<Fault> = Fault extends unknown ? Omit<Fault, "service"> : never;

describe("a folder in a bucket", function () {
  this.timeout(60_000);
  const emulator = useEmulator();
  let folder: Folder;
  let content: StorageContent;
  let bucketName: string;
  let stack: FolderStack;
  let tests = 0;

  beforeEach(() => {
    tests += 1;
    bucketName = `media-${tests}`;
    emulator().addBucket({ name: bucketName, physicalBucketName: `${bucketName}-1` });
    content = new StorageContent(emulator(), `${bucketName}-1`);
    folder = new Folder();
    stack = stackWith({});
    emulator().clearRequests();
  });
  afterEach(() => {
    emulator().clearFaults();
    emulator().setRules({ lag: { storageMs: 0 } });
    folder.remove();
  });

  const stackWith = (inputs: Properties, claimant?: string) =>
    new FolderStack(emulator(), { bucketName, path: folder.path, ...inputs }, claimant);
  /** Waits only a hundredth of each time that is shorter than `least`, so not of what is told every three seconds. */
  const hurried = (least = 3000): BucketCall => {
    const { sleep, ...others } = systemTiming;
    const hurry = (ms: number) => (ms < least ? ms / 100 : ms);
    return { ...stack.call(), timing: { ...others, sleep: (ms, until) => sleep(hurry(ms), until) } };
  };
  const fail = (fault: OfStorage<EmulatorFault>) => emulator().fail({ ...fault, service: "oss" });
  /** What was asked since the last time, in order: `PUT a.css`. */
  const asked = () => {
    const all = emulator().requests.map(({ service, action, key = "" }) =>
      service === "ens" ? String(action) : `${action} ${key}`.trim(),
    );
    emulator().clearRequests();
    return all;
  };
  const read = async (key: string) => (await content.read(key)).content.toString();
  const header = async (key: string, name: string) => (await content.read(key)).headers[name];
  const write = (...names: readonly string[]) => {
    for (const name of names) folder.write(name);
  };
  const manyNames = (count: number) =>
    Array.from({ length: count }, (_, n) => `assets/${String(n).padStart(4, "0")}.js`);
  const partial = async (work: Promise<unknown>): Promise<readonly string[]> => {
    const error = await failing(work);
    assert.ok(PartialFailure.isInstance(error), String(error));
    return error.reasons;
  };
  const inState = () => Object.keys(entriesIn(stack.state?.files)).sort();

  describe("that is put for the first time", () => {
    it("is there, with types by the names, pages last, and outputs", async () => {
      write("index.html", "404.HTM", "assets/a.css", "assets/b.js", "download", "empty.txt");
      folder.write("empty.txt", "");
      await stack.up();
      const all = asked();
      assert.deepEqual(all.slice(0, 2), ["PrepareUpload", "GET"]);
      assert.deepEqual(all.slice(2, 6).sort(), [
        "PUT assets/a.css",
        "PUT assets/b.js",
        "PUT download",
        "PUT empty.txt",
      ]);
      assert.deepEqual(all.slice(6).sort(), ["PUT 404.HTM", "PUT index.html"]);
      assert.equal(await read("assets/a.css"), "assets/a.css");
      assert.equal(await read("empty.txt"), "");
      assert.equal(await header("assets/a.css", "content-type"), "text/css; charset=utf-8");
      assert.equal(await header("download", "content-type"), "application/octet-stream");
      assert.equal(stack.id, `${bucketName}/`);
      assert.equal(stack.state?.fileCount, 6);
      assert.match(String(stack.state?.digest), /^[0-9a-f]{32}$/);
      assert.deepEqual(await stack.up(), []);
    });

    it("begins with its prefix, also in its id", async () => {
      write("a.css");
      stack.inputs = { ...stack.inputs, prefix: "site/v1-" };
      await stack.up();
      assert.deepEqual(await content.keys(), ["site/v1-a.css"]);
      assert.equal(stack.id, `${bucketName}/site/v1-`);
    });

    it("tells which objects are there already under its keys, and overwrites them", async () => {
      const names = [..."abcdefg"];
      write(...names, "z");
      await content.put([...names.map((name) => `site/${name}`), "site/others", "z"]);
      stack.inputs = { ...stack.inputs, prefix: "site/" };
      await stack.up();
      assert.deepEqual(stack.lines.slice(1), [
        `${bucketName}/site/: 7 of the files' objects are there already, which this resource has not put, and are ` +
          'overwritten: "a", "b", "c", "d", "e"…. If another stack puts them, give one of the two another prefix.',
      ]);
      assert.equal(await read("site/a"), "a");
      emulator().clearRequests();
      write("a", "new");
      await content.put(["site/new"]);
      emulator().clearRequests();
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT site/new"], "only at first");
    });

    it("looks at no more than some pages of what is there", async () => {
      write("a");
      fail({ kind: "body", times: 99, method: "GET", contentType: "application/xml", body: endlessPage });
      await stack.up();
      assert.equal(asked().filter((one) => one === "GET").length, 20);
    });

    it("needs no permission to list", async () => {
      write("a");
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "GET" });
      await stack.up();
      assert.equal(await read("a"), "a");
    });

    it("waits for a bucket that the storage does not know yet", async () => {
      write("a");
      emulator().setRules({ lag: { storageMs: 0 } });
      fail({ kind: "error", code: "NoSuchBucket", status: 404, times: 2 });
      await stack.up(hurried(3001));
      assert.match(
        stack.lines[1] ?? "",
        /^bucket "media-\d+": the object storage does not know it yet; a new bucket needs up to five minutes/,
      );
      assert.equal(await read("a"), "a");
    });

    it("of any names", async () => {
      const names = [
        "a b.css",
        "a+b.css",
        "100%.css",
        "a%20b.css",
        "a#b.css",
        "a?b=c&d.css",
        "😀.css",
        "e\u0301.css",
        "A.css",
        "a.css",
        "ä/ö.css",
        "x\\y.css",
        "'<&>\".css",
        " a",
        "constructor",
      ];
      write(...names);
      await stack.up();
      assert.deepEqual([...(await content.keys())].sort(), [...names].sort());
      for (const name of names) assert.equal(await read(name), name);
      assert.equal(await stack.refresh(), "same");
      assert.deepEqual(await stack.up(), []);
      await stack.destroy();
      assert.deepEqual(await content.keys(), []);
    });

    it("follows links inside of it", async () => {
      write("real/a.css");
      symlinkSync("real", join(folder.path, "linked"));
      symlinkSync("real/a.css", join(folder.path, "b.css"));
      await stack.up();
      assert.deepEqual(await content.keys(), ["b.css", "linked/a.css", "real/a.css"]);
      assert.equal(await read("linked/a.css"), "real/a.css");
    });

    it("leaves nothing in state where permission is denied, and says so once", async () => {
      write(...manyNames(100));
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "PUT", times: 999 });
      const error = await failing(stack.up());
      assert.ok(EnsError.isInstance(error) && error.kind === "ApiError", String(error));
      assert.match(error.message, /^PutObject for object .* failed with AccessDenied/);
      assert.equal(stack.state, undefined);
      assert.ok(asked().length <= 10, "stops at once");
    });
  });

  describe("that is there", () => {
    it("asks nobody where no file has changed, whatever its time stamp", async () => {
      write("a.css", "index.html");
      await stack.up();
      asked();
      write("a.css", "index.html");
      assert.deepEqual(await stack.up(), []);
      assert.deepEqual(asked(), []);
      assert.deepEqual(stack.lines, []);
    });

    it("asks nobody where only its path changes", async () => {
      write("one/a.css");
      folder.write("two/a.css", "one/a.css");
      stack.inputs = { ...stack.inputs, path: join(folder.path, "one") };
      await stack.up();
      asked();
      stack.inputs = { ...stack.inputs, path: join(folder.path, "two") };
      assert.deepEqual(await stack.up(), ["path"]);
      assert.deepEqual([asked(), stack.state?.path], [[], join(folder.path, "two")]);
    });

    it("sends one of a thousand, by one request to ENS and one to the storage", async () => {
      write(...manyNames(1000));
      await stack.up();
      asked();
      folder.write("assets/0500.js", "new");
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT assets/0500.js"]);
      assert.deepEqual(stack.lines, [
        `${bucketName}/: 1 changed, 999 unchanged (3 B to upload): "assets/0500.js"`,
      ]);
      assert.equal(await read("assets/0500.js"), "new");
    });

    it("sends files again whose headers change, and only those", async () => {
      write("a.css", "b.html", "c.html");
      await stack.up();
      asked();
      const fileOptions = [
        { files: "*.html", cacheControl: "no-cache", metadata: { Build: "7" } },
        { files: "c.*", cacheControl: "max-age=60", contentType: "text/plain" },
      ];
      stack.inputs = { ...stack.inputs, fileOptions };
      assert.deepEqual(await stack.up(), ["fileOptions", "files"]);
      assert.deepEqual(asked().sort(), ["PUT b.html", "PUT c.html", "PrepareUpload"]);
      assert.equal(await header("b.html", "cache-control"), "no-cache");
      assert.equal(await header("b.html", "x-oss-meta-build"), "7");
      assert.equal(await header("c.html", "cache-control"), "max-age=60");
      assert.equal(await header("c.html", "content-type"), "text/plain");
      asked();
      stack.inputs = { ...stack.inputs, fileOptions: fileOptions.slice(0, 1) };
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT c.html"]);
      assert.equal(await header("c.html", "content-type"), "text/html; charset=utf-8");
    });

    it("renames a file by one upload and one deletion, which comes last", async () => {
      write("a.css", "index.html");
      await stack.up();
      asked();
      rmSync(join(folder.path, "a.css"));
      write("b.css");
      folder.write("index.html", "uses b.css");
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT b.css", "PUT index.html", "POST"]);
      assert.deepEqual(await content.keys(), ["b.css", "index.html"]);
    });

    it("deletes only what it has put itself, a thousand a request", async () => {
      write(...manyNames(1200), "a.css");
      await stack.up();
      await content.put(["others", "assets/others"]);
      asked();
      rmSync(join(folder.path, "assets"), { recursive: true });
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "POST", "POST"]);
      assert.deepEqual(await content.keys(), ["a.css", "assets/others", "others"]);
    });

    it("moves with its prefix: all is put before anything is deleted", async () => {
      write("a.css", "index.html");
      stack.inputs = { ...stack.inputs, prefix: "old/" };
      await stack.up();
      asked();
      stack.inputs = { ...stack.inputs, prefix: "new/" };
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT new/a.css", "PUT new/index.html", "POST"]);
      assert.deepEqual(await content.keys(), ["new/a.css", "new/index.html"]);
      assert.equal(stack.state?.leftover, undefined);
    });

    it("leaves alone what another resource of the program puts now", async () => {
      write("a.css", "img/a.png");
      await stack.up();
      rmSync(join(folder.path, "img/a.png"));
      const call = stack.call();
      call.deployment.claims.set(`${bucketName}/img/a.png`, 'BucketFolder "images"');
      await stack.up(call);
      assert.deepEqual(await content.keys(), ["a.css", "img/a.png"]);
      assert.equal(stack.state?.leftover, undefined, "it is another's from now on");
    });
  });

  describe("that fails in part", () => {
    const refused = { kind: "error", code: "EntityTooLarge", status: 400, times: 9 } as const;

    it("names the file and the reason, keeps the others, and goes on from there", async () => {
      write(...manyNames(20), "index.html", "old.css");
      await stack.up();
      rmSync(join(folder.path, "old.css"));
      for (const name of manyNames(20)) folder.write(name, `${name} new`);
      folder.write("index.html", "new");
      fail({ ...refused, key: "assets/0003.js" });
      asked();
      const reasons = await partial(stack.up());
      assert.equal(reasons.length, 2, reasons.join("\n"));
      assert.match(
        reasons[0] ?? "",
        /^"assets\/0003\.js": PutObject for object "assets\/0003\.js" .* failed with EntityTooLarge, .* leave it out\./s,
      );
      assert.equal(reasons[1], "1 other files were not tried, since these failed first.");
      const first = asked();
      assert.equal(first.length, 21, "one to ENS, one for each asset; pages and deletions wait");
      assert.equal(await read("index.html"), "index.html");
      assert.deepEqual(stack.state?.leftover, ["old.css"]);
      assert.equal(stack.state?.fileCount, 21);
      asked();
      emulator().clearFaults();
      await stack.up();
      assert.deepEqual(asked(), ["PrepareUpload", "PUT assets/0003.js", "PUT index.html", "POST"]);
      assert.deepEqual(await stack.up(), []);
      assert.deepEqual(await content.keys(), [...manyNames(20), "index.html"]);
    });

    it("names some of many, and counts the rest", async () => {
      write(...manyNames(30));
      for (const key of manyNames(25)) fail({ ...refused, key });
      const reasons = await partial(stack.up());
      assert.equal(reasons.length, 11);
      assert.equal(reasons[10], "15 more files failed.");
      assert.deepEqual(inState(), manyNames(30).slice(25));
    });

    it("stops at once where permission is refused, and says so once", async () => {
      write(...manyNames(100));
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "PUT", after: 20, times: 999 });
      const reasons = await partial(stack.up());
      assert.match(reasons[0] ?? "", /^"assets\/.*": PutObject for .* failed with AccessDenied/);
      assert.equal(reasons.filter((reason) => reason.includes("AccessDenied")).length, 1, reasons.join("\n"));
      assert.match(reasons.at(-1) ?? "", /^\d+ other files were not tried, since these failed first\.$/);
      assert.ok(asked().length < 35, "a thousand requests would be refused in the same way");
      assert.equal(stack.state?.fileCount, 20);
    });

    it("stops after ten failures of the storage in a row", async () => {
      write(...manyNames(100));
      fail({ kind: "error", code: "InternalError", status: 500, method: "PUT", times: 9999 });
      const reasons = await partial(stack.up(stack.call({ maxRetryTimeout: "0" })));
      const tried = new Set(asked().filter((one) => one.startsWith("PUT")));
      assert.ok(tried.size >= 10 && tried.size <= 18, String(tried.size));
      assert.match(reasons.at(-1) ?? "", /^8\d other files were not tried, since these failed first\.$/);
    });

    it("does not stop where only some fail, between others that do not", async () => {
      write(...manyNames(60));
      const failed = manyNames(60).filter((_, n) => n % 3 === 0);
      for (const key of failed) fail({ kind: "error", code: "InternalError", status: 500, key, times: 99 });
      const call = stack.call({ maxRetryTimeout: "0", maxConcurrency: "1" });
      await partial(stack.up(call));
      assert.equal(stack.state?.fileCount, 40);
    });

    it("says of a file that was changed after the folder was read that it was, and puts the others", async () => {
      write("a.css", "b.css", "c.css", "d.css", "index.html");
      const { inputs, difference } = await stack.preview();
      folder.write("b.css", "B.css");
      folder.write("c.css", "longer than before");
      const reasons = await partial(stack.apply(inputs, difference, stack.call({ maxConcurrency: "1" })));
      assert.match(
        reasons[0] ?? "",
        /^"b\.css": PutObject .* InvalidDigest, .* the content changed while it was sent/s,
      );
      assert.match(reasons[1] ?? "", /^"c\.css": PutObject .* InvalidDigest/);
      assert.deepEqual(await content.keys(), ["a.css", "d.css"]);
      assert.deepEqual(inState(), ["a.css", "d.css"]);
      await stack.up();
      assert.equal(await read("b.css"), "B.css");
    });

    it("says of a file that is gone after the folder was read that it is, and puts the others", async () => {
      write("a.css", "b.css", "c.css");
      const { inputs, difference } = await stack.preview();
      rmSync(join(folder.path, "b.css"));
      const reasons = await partial(stack.apply(inputs, difference, stack.call({ maxConcurrency: "1" })));
      assert.deepEqual(reasons, [
        '"b.css": The file was not put: it was deleted after the folder had been read.\nRun the command again.\nDocs: pulumi-alicloud-ens/docs/errors.md#file',
      ]);
      assert.deepEqual(await content.keys(), ["a.css", "c.css"]);
    });

    it("keeps what is still to be deleted where that fails", async () => {
      write("a.css", "b.css");
      await stack.up();
      rmSync(join(folder.path, "b.css"));
      write("c.css");
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "POST" });
      const reasons = await partial(stack.up());
      assert.equal(reasons.length, 1);
      assert.match(reasons[0] ?? "", /^DeleteMultipleObjects for bucket .* failed with AccessDenied/);
      asked();
      assert.deepEqual(await stack.up(), ["files"]);
      assert.deepEqual(stack.lines, [`${bucketName}/: 1 gone, 2 unchanged: "b.css"`]);
      assert.deepEqual(asked(), ["PrepareUpload", "POST"]);
      assert.deepEqual(await content.keys(), ["a.css", "c.css"]);
    });
  });

  describe("that is cancelled", () => {
    const cancelWhen = async (call: BucketCall, isTime: () => boolean) => {
      while (!isTime()) await sleep(5);
      const began = Date.now();
      call.cancel();
      return began;
    };

    it("ends within a second, keeps what arrived, and sends the rest next time and no more", async () => {
      write(...manyNames(40), "index.html");
      fail({ kind: "hang", method: "PUT", after: 20, times: 99 });
      const call = stack.call();
      const ended = partial(stack.up(call));
      const puts = () => emulator().requests.filter(({ action }) => action === "PUT").length;
      const began = await cancelWhen(call, () => puts() === 28);
      const reasons = await ended;
      assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
      assert.deepEqual(reasons, [
        "The deployment was cancelled with 21 files left to put.\nRun the command again to go on with these.\nDocs: pulumi-alicloud-ens/docs/errors.md#cancellederror",
      ]);
      const arrived = await content.keys();
      assert.equal(arrived.length, 20);
      assert.deepEqual(inState(), arrived);
      emulator().clearFaults();
      asked();
      await stack.up();
      const rest = [...manyNames(40), "index.html"].filter((name) => !arrived.includes(name));
      assert.deepEqual(
        asked().slice(1).sort(),
        rest.map((name) => `PUT ${name}`),
      );
    });

    it("before anything arrived is not in state", async () => {
      write("a.css");
      fail({ kind: "hang", method: "PUT" });
      const call = stack.call();
      const ended = failing(stack.up(call));
      await cancelWhen(call, () => emulator().requests.some(({ action }) => action === "GET"));
      assert.ok(CancelledError.isInstance(await ended));
      assert.equal(stack.state, undefined);
    });

    it("while it is destroyed stays in state, and goes on", async () => {
      write(...manyNames(1500));
      await stack.up();
      fail({ kind: "hang", method: "POST", after: 1 });
      asked();
      const posts = () => emulator().requests.filter(({ action }) => action === "POST").length;
      const call = stack.call();
      const ended = failing(stack.destroy(call));
      await cancelWhen(call, () => posts() === 2);
      const error = await ended;
      assert.ok(CancelledError.isInstance(error), String(error));
      assert.match(
        error.message,
        /^The deployment was cancelled while the files of media-\d+\/ were being deleted, with 500 of 1500 left\.\sRun the/,
      );
      emulator().clearFaults();
      await stack.destroy();
      assert.deepEqual(await content.keys(), []);
    });
  });

  describe("that is read again", () => {
    const refresh = () => stack.refresh(hurried());

    it("is the same, by a listing of a thousand a page", async () => {
      write(...manyNames(1500));
      await stack.up();
      asked();
      assert.equal(await stack.refresh(), "same");
      assert.deepEqual([asked(), stack.lines], [["PrepareUpload", "GET", "GET"], []]);
    });

    it("shows what others changed and deleted, by the files' names, and the next up repairs it", async () => {
      stack.inputs = { ...stack.inputs, prefix: "site/" };
      write("a.css", "b.css", "c.css", "index.html");
      await stack.up();
      await content.put(["site/a.css", "site/others", "others"]);
      await content.delete(["site/b.css"]);
      asked();
      assert.deepEqual(await refresh(), ["files"]);
      assert.deepEqual(asked(), ["PrepareUpload", "GET", "GET"], "two readings must agree");
      assert.deepEqual(stack.lines, [`${bucketName}/site/: 1 missing ("b.css"), 1 changed ("a.css")`]);
      assert.deepEqual(inState(), ["a.css", "c.css", "index.html"]);
      assert.equal(stack.state?.fileCount, 3);
      const drifted = stack.state;

      assert.equal(await refresh(), "same", "drift is shown once");
      assert.deepEqual(stack.state, drifted);
      asked();
      assert.deepEqual(await stack.up(), ["files"]);
      assert.deepEqual(stack.lines, [
        `${bucketName}/site/: 1 new, 1 changed, 2 unchanged (10 B to upload): "b.css", "a.css"`,
      ]);
      assert.deepEqual(asked().sort(), ["PUT site/a.css", "PUT site/b.css", "PrepareUpload"]);
      assert.equal(await read("site/a.css"), "a.css");
      assert.equal(await refresh(), "same");
      assert.ok((await content.keys()).includes("site/others"));
    });

    it("believes no listing that the next one contradicts", async () => {
      write("a.css", "b.css");
      await stack.up();
      fail({ kind: "body", method: "GET", contentType: "application/xml", body: emptyPage });
      asked();
      assert.equal(await refresh(), "same");
      assert.deepEqual(asked().filter((one) => one === "GET").length, 2);
      assert.deepEqual(stack.lines, []);
    });

    it("is gone with its bucket", async () => {
      write("a.css");
      await stack.up();
      emulator().removeBucket(bucketName);
      assert.equal(await refresh(), "gone");
    });

    it("stays as it is where the listing fails", async () => {
      write("a.css");
      await stack.up();
      const before = stack.state;
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "GET" });
      assert.ok(EnsError.isInstance(await failing(refresh())));
      assert.deepEqual(stack.state, before);
    });

    it("sees again what others change once more", async () => {
      write("a.css");
      await stack.up();
      await content.put(["a.css"]);
      assert.deepEqual(await refresh(), ["files"]);
      folder.write("a.css", "x");
      await content.put(["a.css"]);
      assert.equal(await refresh(), "same", "the same foreign content");
      await content.delete(["a.css"]);
      assert.deepEqual(await refresh(), ["files"]);
      assert.deepEqual(stack.lines, [`${bucketName}/: 1 missing ("a.css")`]);
    });
  });

  describe("with a file of more than 100 MB", () => {
    it("sends it in parts, keeps its ETag, and does not take it for drift", async () => {
      folder.write("film.mp4", "");
      truncateSync(join(folder.path, "film.mp4"), 120_000_000);
      write("a.css");
      await stack.up();
      const etags = Object(stack.state?.partEtags);
      assert.deepEqual(Object.keys(etags), ["film.mp4"]);
      assert.match(etags["film.mp4"], /-12$/);
      assert.equal(asked().filter((one) => one === "PUT film.mp4").length, 12);
      assert.equal(await stack.refresh(), "same");
      assert.deepEqual(await stack.up(), []);

      await content.put(["film.mp4"]);
      assert.deepEqual(await stack.refresh(hurried()), ["files"]);
      assert.equal(stack.state?.partEtags, undefined);
      await stack.up();
      assert.deepEqual(stack.state?.partEtags, etags);
    });

    it("refuses it where it changes after the folder was read, and leaves no parts", async () => {
      folder.write("film.mp4", "");
      truncateSync(join(folder.path, "film.mp4"), 120_000_000);
      const { inputs, difference } = await stack.preview();
      truncateSync(join(folder.path, "film.mp4"), 110_000_000);
      const [reason = ""] = await partial(stack.apply(inputs, difference));
      assert.match(
        reason,
        /^"film\.mp4": The upload of object "film\.mp4" .* its content changed while it was sent/s,
      );
      assert.deepEqual([await content.keys(), await content.uploads()], [[], []]);
    });
  });

  describe("that is destroyed", () => {
    it("deletes its own objects and no others, a thousand a request, without the local folder", async () => {
      write(...manyNames(1200));
      await stack.up();
      await content.put(["others", "assets/others"]);
      rmSync(join(folder.path, "assets"), { recursive: true });
      asked();
      await stack.destroy();
      assert.deepEqual(asked(), ["PrepareUpload", "POST", "POST"]);
      assert.deepEqual(await content.keys(), ["assets/others", "others"]);
    });

    it("deletes what was still to be deleted", async () => {
      write("a.css", "b.css");
      await stack.up();
      rmSync(join(folder.path, "b.css"));
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "POST" });
      await partial(stack.up());
      await stack.destroy();
      assert.deepEqual(await content.keys(), []);
    });

    it("is gone with its bucket, whoever says so", async () => {
      write("a.css");
      await stack.up();
      fail({ kind: "error", code: "NoSuchBucket", status: 404, method: "POST" });
      await stack.destroy();
      await stack.up();
      emulator().removeBucket(bucketName);
      await stack.destroy();
    });

    it("fails where the storage refuses, and stays", async () => {
      write("a.css");
      await stack.up();
      fail({ kind: "error", code: "AccessDenied", status: 403, method: "POST" });
      const error = await failing(stack.destroy());
      assert.match(error.message, /AccessDenied/);
      await stack.destroy();
    });

    it("leaves what another resource of the program has put in its place", async () => {
      write("a.css", "b.css");
      await stack.up();
      rmSync(join(folder.path, "b.css"));
      // The same folder under another name in the program: it is made before this one goes.
      const renamed = stackWith({}, 'BucketFolder "renamed"');
      const call = renamed.call();
      await renamed.up(call);
      asked();
      await stack.destroy(call);
      assert.deepEqual(asked(), ["POST"]);
      assert.deepEqual(await content.keys(), ["a.css"]);
    });
  });

  it("says every three seconds how far it is", async () => {
    const slow = await startSlowFront(emulator().port, { bytes: 16_000, everyMs: 20 });
    try {
      // More than a connection takes at once.
      for (let n = 0; n < 10; n += 1) truncateSync(folder.write(`${n}.bin`), 16_000_000);
      emulator().move(bucketName, {
        physicalBucketName: `${bucketName}-1`,
        endpoint: `127.0.0.1:${slow.port}`,
      });
      stack.inputs = { ...stack.inputs, prefix: "site/" };
      const call = stack.call();
      const ended = failing(stack.up(call));
      while (call.lines.length < 3) await Promise.race([sleep(50), ended]);
      call.cancel();
      await ended;
      const progress = call.lines.slice(1, 3).map((line) => {
        const [, files, megabytes] =
          /^media-\d+\/site\/: (\d+) of 10 files, (\d+\.\d) of 160\.0 MB$/.exec(line) ?? [];
        assert.ok(files !== undefined, line);
        return [Number(files), Number(megabytes)] as const;
      });
      assert.ok(
        Number(progress[0]?.[1]) > 0 && Number(progress[1]?.[1]) > Number(progress[0]?.[1]),
        String(progress),
      );
    } finally {
      slow.stop();
    }
  });

  it("shows no secret prefix and no secret bucket: not in ids, lines or errors", async () => {
    write("a.css");
    stack.inputs = { ...stack.inputs, prefix: "canary/" };
    const shown = (value: string) => (value === "canary/" || value === bucketName ? "[secret]" : value);
    const secretly = () => ({ ...stack.call(), secrets: new Set(["bucketName", "prefix"]), shown });
    const call = secretly();
    await content.put(["canary/a.css"]);
    await stack.up(call);
    assert.match(stack.id, /^[0-9a-f-]{36}$/);
    await content.put(["canary/a.css"]);
    await stack.refresh({ ...secretly(), timing: hurried().timing });
    const lines = [...call.lines, ...stack.lines];
    assert.equal(lines.length, 3, lines.join("\n"));
    for (const line of lines) assert.match(line, /^\[secret\]\/\[secret\]: /);
    assert.doesNotMatch(lines.join("\n"), new RegExp(`canary|${bucketName}`));
  });
});

const page = (content: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><EncodingType>url</EncodingType>${content}</ListBucketResult>`;
const emptyPage = page("<IsTruncated>false</IsTruncated>");
const endlessPage = page(
  "<IsTruncated>true</IsTruncated><NextMarker>b</NextMarker>" +
    `<Contents><Key>b</Key><ETag>"${createHash("md5").digest("hex")}"</ETag><Size>0</Size>` +
    "<LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>",
);
