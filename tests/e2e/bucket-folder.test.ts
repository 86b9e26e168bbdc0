import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { assertAbsent } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { StorageContent } from "../support/storage-content";

const program = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");
const config = new pulumi.Config();
const inputs = {
  bucketName: config.getSecret("secretBucket") ?? "media-assets",
  path: "dist",
  prefix: "site/",
  fileOptions: [{ files: "**/*.html", cacheControl: "no-cache", metadata: { b: "2", a: "1" } }],
};
const site = new ens.BucketFolder(config.get("called") ?? "site", inputs);
if (config.getBoolean("twice")) new ens.BucketFolder("copy", inputs);
if (config.getBoolean("below")) {
  const parent = new pulumi.ComponentResource("web:index:Docs", "docs");
  new ens.BucketFolder("site", inputs, { parent });
}
exports.files = site.fileCount;
exports.digest = site.digest;
`;

const names = ["index.html", "assets/a.css", "assets/b.css", "assets/c.js", "ä +%#?.txt"];
const keys = [...names.map((name) => `site/${name}`)].sort();

describe("BucketFolder, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: [{ name: "media-assets", physicalBucketName: "physical-1" }] });
  let project: PulumiProject;
  let content: StorageContent;
  let undeploy: () => void;
  let deploy: () => void;
  let previewed: { readonly stdout: string; readonly asked: readonly string[] };
  let created: { readonly counts: object; readonly stdout: string; readonly asked: readonly string[] };

  before(async () => {
    content = new StorageContent(emulator(), "physical-1");
    project = await PulumiProject.create({
      files: {
        // The path of the folder is relative to the program, wherever that is.
        "Pulumi.yaml": "name: folder\nruntime: nodejs\nmain: app\n",
        "app/package.json": '{ "main": "index.js" }',
        "app/index.js": program,
      },
      env: { ...emulator().environment },
    });
    for (const name of [...names, ".env"]) write(name);
    undeploy = project.keep();
    previewed = { stdout: (await project.preview()).stdout, asked: asked() };
    const up = await project.up();
    created = { counts: counts(up), stdout: up.stdout, asked: asked() };
    deploy = project.keep();
  });
  beforeEach(async () => {
    deploy();
    emulator().clearFaults();
    await content.delete(await content.keys());
    for (const key of keys) await content.put([key], key.slice("site/".length));
    asked();
  });
  after(() => project?.remove());

  const write = (name: string, text = name) => {
    const path = join(project.folder, "app/dist", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const remove = (name: string) => rmSync(join(project.folder, "app/dist", name));
  const asked = () => {
    const all = emulator().requests.map(({ service, action, key = "" }) =>
      service === "ens" ? String(action) : `${action} ${key}`.trim(),
    );
    emulator().clearRequests();
    return all;
  };
  const folders = async () => (await project.uploads()).map(({ urn, id, outputs }) => ({ urn, id, outputs }));
  const stored = async (key: string) => (await content.read(key)).content.toString();

  it("preview: says what would be put and what is left out, and asks nobody", () => {
    assert.deepEqual(previewed.asked, []);
    assert.match(
      previewed.stdout,
      /media-assets\/site\/: 5 new \(\d+ B to upload\): "assets\/a\.css", "assets\/b\.css", "assets\/c\.js", "index\.html", "ä \+%#\?\.txt"\n/,
    );
    assert.match(
      previewed.stdout,
      /media-assets\/site\/: left out, since they may hold secrets: "\.env"\. Name them in include to put them\.\n/,
    );
  });

  it("create: puts the files, pages last, and gives outputs", async () => {
    assert.deepEqual(created.counts, { created: 2 });
    assert.deepEqual(created.asked.slice(0, 2), ["PrepareUpload", "GET"]);
    assert.deepEqual(
      created.asked.slice(2, 6).sort(),
      keys.filter((key) => !key.endsWith(".html")).map((key) => `PUT ${key}`),
    );
    assert.deepEqual(created.asked.slice(6), ["PUT site/index.html"]);
    const { files, digest } = await project.outputs();
    assert.equal(files, 5);
    assert.match(String(digest), /^[0-9a-f]{32}$/);
    assert.equal((await folders())[0]?.id, "media-assets/site/");
  });

  it("diff: an unchanged folder changes nothing and asks nobody", async () => {
    for (const name of names) write(name);
    assert.deepEqual(counts(await project.up("--expect-no-changes")), { unchanged: 2 });
    assert.deepEqual(asked(), []);
  });

  it("diff: preview counts and names what differs, and --diff shows the files", async () => {
    write("assets/a.css", "edited");
    write("new.txt");
    remove("assets/b.css");
    const { stdout } = await project.preview();
    assert.match(
      stdout,
      /media-assets\/site\/: 1 new, 1 changed, 1 gone, 3 unchanged \(13 B to upload\): "new\.txt", "assets\/a\.css", "assets\/b\.css"/,
    );
    const { stdout: shown } = await project.preview("--diff");
    assert.deepEqual(asked(), []);
    assert.match(shown, /~ assets\/a\.css *: "[\w+/]{22}" => "[\w+/]{22}"/);
    assert.match(shown, /\+ new\.txt *: "[\w+/]{22}"/);
    assert.match(shown, /- assets\/b\.css *: "[\w+/]{22}"/);
  });

  it("update: an edit, a rename and a deletion are what is sent, the deletions last", async () => {
    write("assets/a.css", "edited");
    remove("assets/b.css");
    write("assets/d.css", "assets/b.css");
    remove("assets/c.js");
    const before = await project.outputs();
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 1 });
    const all = asked();
    assert.deepEqual(
      [all[0], ...all.slice(1, 3).sort(), ...all.slice(3)],
      ["PrepareUpload", "PUT site/assets/a.css", "PUT site/assets/d.css", "POST"],
    );
    assert.equal(await stored("site/assets/a.css"), "edited");
    assert.deepEqual(await content.keys(), [
      "site/assets/a.css",
      "site/assets/d.css",
      "site/index.html",
      "site/ä +%#?.txt",
    ]);
    const now = await project.outputs();
    assert.equal(now.files, 4);
    assert.notEqual(now.digest, before.digest);
  });

  it("read: what others changed and deleted is drift by file name, shown once, and the next up repairs it", async () => {
    assert.deepEqual(counts(await project.refresh("--expect-no-changes")), { unchanged: 2 });
    assert.deepEqual(asked(), ["PrepareUpload", "GET"]);
    await content.put(["site/assets/a.css"], "theirs");
    await content.put(["site/theirs", "theirs"]);
    await content.delete(["site/assets/b.css"]);
    const refreshed = await project.refresh();
    assert.deepEqual(counts(refreshed), { updated: 1, unchanged: 1 });
    assert.match(
      refreshed.stdout,
      /media-assets\/site\/: 1 missing \("assets\/b\.css"\), 1 changed \("assets\/a\.css"\)/,
    );
    asked();
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 1 });
    assert.deepEqual(asked().sort(), ["PUT site/assets/a.css", "PUT site/assets/b.css", "PrepareUpload"]);
    assert.equal(await stored("site/assets/a.css"), "assets/a.css");
    assert.ok((await content.keys()).includes("theirs"));
    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), { unchanged: 2 });
  });

  it("create: a file that is refused is named; the others are kept, and the next up sends what is missing", async () => {
    undeploy();
    // Also what is told of a failure has no secret in it.
    emulator().addBucket({ name: "canary-assets", physicalBucketName: "physical-2" });
    await project.setConfig("secretBucket", "canary-assets", "secret");
    const key = "site/assets/b.css";
    emulator().fail({ service: "oss", kind: "error", code: "EntityTooLarge", key, times: 9 });
    const failed = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(failed.exitCode, 0);
    assert.match(
      failed.stdout,
      /"assets\/b\.css": PutObject for object "site\/assets\/b\.css" .* failed with EntityTooLarge/s,
    );
    assert.match(failed.stdout, /1 other files were not tried, since these failed first\./);
    assert.doesNotMatch(failed.stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.equal((await folders()).length, 1);
    asked();
    emulator().clearFaults();
    const up = await project.up();
    assert.deepEqual(counts(up), { updated: 1, unchanged: 1 });
    assert.deepEqual(asked(), ["PrepareUpload", `PUT ${key}`, "PUT site/index.html"]);
    await new StorageContent(emulator(), "physical-2").delete(["site/assets/a.css"]);
    const refresh = await project.refresh();
    assert.match(refresh.stdout, /\[secret\]\/site\/: 1 missing \("assets\/a\.css"\)/);
    assertAbsent(["canary-assets"], {
      output: [failed, up, refresh].map(({ stdout, stderr }) => stdout + stderr).join("\n"),
      state: JSON.stringify(await project.state()),
    });
  });

  it("Ctrl-C: keeps what arrived, and the next up sends the rest and no more", async () => {
    const many = Array.from({ length: 30 }, (_, n) => `many/${String(n).padStart(2, "0")}`);
    for (const name of many) write(name);
    emulator().fail({ service: "oss", kind: "hang", method: "PUT", after: 12, times: 99 });
    const interruption = new AbortController();
    const running = project.attempt(["up", "--yes", "--skip-preview"], { signal: interruption.signal });
    while (emulator().requests.filter(({ action }) => action === "PUT").length < 20) await sleep(20);
    const began = Date.now();
    interruption.abort();
    const { exitCode, stdout } = await running;
    assert.ok(Date.now() - began < 5000, `${Date.now() - began} ms`);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /The deployment was cancelled with 18 files left to put\..*Run the command again to go on/s,
    );
    emulator().clearFaults();
    asked();
    const arrived = (await content.keys()).filter((key) => key.startsWith("site/many/"));
    assert.equal(arrived.length, 12);
    await project.up();
    const rest = many.map((name) => `site/${name}`).filter((key) => !arrived.includes(key));
    assert.deepEqual(
      asked().slice(-18).sort(),
      rest.map((key) => `PUT ${key}`),
    );
    assert.equal((await content.keys()).length, 35);
  });

  it("check: two folders with the same keys are refused in preview, and the other is named", async () => {
    await project.setConfig("twice", "true");
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /BucketFolder "(site|copy)" puts the same objects as these files: "assets\/a\.css", "assets\/b\.css", .* Give one of the two another prefix, or exclude the files\./s,
    );
    assert.deepEqual(asked(), []);
  });

  it("check: so are two of the same name under other parents", async () => {
    await project.setConfig("below", "true");
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /BucketFolder "site"( in web:index:Docs)? puts the same objects as these files/);
    assert.deepEqual(asked(), []);
  });

  it("another name in the program: the files stay, whatever the order", async () => {
    await project.setConfig("called", "web");
    remove("assets/c.js");
    const renamed = await project.up();
    assert.deepEqual(counts(renamed), { created: 1, deleted: 1, unchanged: 1 });
    assert.match(
      renamed.stdout,
      /4 of the files' objects are there already, which this resource has not put/,
    );
    assert.deepEqual(
      await content.keys(),
      keys.filter((key) => key !== "site/assets/c.js"),
    );
    assert.deepEqual(
      (await folders()).map(({ urn }) => urn.split("::").at(-1)),
      ["web"],
    );
  });

  it("delete: removes its own objects, also when the folder is gone", async () => {
    await content.put(["site/theirs"]);
    rmSync(join(project.folder, "app/dist"), { recursive: true });
    asked();
    assert.deepEqual(counts(await project.destroy()), { deleted: 2 });
    assert.deepEqual(asked(), ["PrepareUpload", "POST"]);
    assert.deepEqual(await content.keys(), ["site/theirs"]);
  });
});
