import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { utimesSync } from "node:fs";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { deleteObject } from "../../provider/eos/actions/delete-object";
import { headObject } from "../../provider/eos/actions/head-object";
import { putObject } from "../../provider/eos/actions/put-object";
import { bytesContent } from "../../provider/eos/content";
import { assertAbsent } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { storageClient } from "../support/storage-client";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const config = new pulumi.Config();
const media = new ens.Bucket("media");
const { bucketName } = media;
const upload = new ens.PreparedUpload("upload", { bucketName });
const key = config.get("key") ?? "assets/logo.txt";
const cacheControl = config.get("cacheControl");
const { FileAsset, RemoteAsset, StringAsset } = pulumi.asset;
const logo = new ens.BucketObject("logo", { bucketName, key, source: new FileAsset("logo.txt"), cacheControl });
const text = new ens.BucketObject("text", { bucketName, key: "text.html", source: new StringAsset("some text") });
const empty = new ens.BucketObject("empty", { bucketName, key: "empty", source: new FileAsset("empty.txt") });
const remote = new ens.BucketObject("remote", { bucketName, key: "remote", source: new RemoteAsset(config.require("url")) });
const made = new ens.BucketObject("made", {
  bucketName,
  key: "made.json",
  content: pulumi.jsonStringify({ bucket: upload.physicalBucketName }),
});
const hidden = new ens.BucketObject("hidden", {
  bucketName,
  key: "hidden",
  content: config.requireSecret("hidden"),
  metadata: { Token: config.requireSecret("hidden") },
});
export const { etag, size, contentType } = logo;
export const emptySize = empty.size;
export const hiddenEtag = hidden.etag;
export const url = upload.target.apply((target) => ens.objectUrl(target, key));
`;

const hidden = "hunter2-correct-horse";

describe("the lifecycle of BucketObject, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator();
  let project: PulumiProject;
  let server: Server;
  let created: Readonly<Record<string, number>>;
  let physicalBucketName: string;

  before(async () => {
    server = createServer((_, response) => response.end("from afar"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: objects\nruntime: nodejs\nmain: program/\n",
        "program/package.json": '{ "main": "index.ts" }',
        "program/index.ts": program,
        "program/logo.txt": "a logo",
        "program/empty.txt": "",
      },
      env: { ...emulator().environment },
      config: { url: `http://127.0.0.1:${port}/?token=abc` },
    });
    await project.setConfig("hidden", hidden, "secret");
    created = counts(await project.up());
    [{ physicalBucketName } = assert.fail("no bucket")] = [...emulator().buckets.values()];
  });
  beforeEach(() => emulator().clearRequests());
  after(() => {
    project?.remove();
    server?.close();
  });

  const place = (key: string) => ({
    bucketName: "media",
    physicalBucketName,
    endpoint: emulator().objectEndpoint,
    key,
  });
  const put = (key: string, text: string) =>
    storageClient().call(putObject, { ...place(key), content: bytesContent(Buffer.from(text)) });
  const there = async (key: string) => (await storageClient().call(headObject, place(key)))?.etag;
  const md5 = (text: string) => createHash("md5").update(text).digest("hex");
  const changing = () =>
    emulator()
      .requests.filter(({ service, action }) => service === "oss" && action !== "HEAD")
      .map(({ action, key }) => `${action} ${key}`)
      .sort();

  it("create: a bucket and what is in it, in one up", async () => {
    assert.deepEqual(created, { created: 9 });
    const contents = {
      "assets/logo.txt": "a logo",
      "text.html": "some text",
      empty: "",
      remote: "from afar",
      "made.json": JSON.stringify({ bucket: physicalBucketName }),
      hidden,
    };
    for (const [key, content] of Object.entries(contents)) assert.equal(await there(key), md5(content), key);
    assert.deepEqual(await project.outputs(), {
      contentType: "text/plain; charset=utf-8",
      etag: md5("a logo"),
      size: 6,
      emptySize: 0,
      hiddenEtag: "[secret]",
      url: `http://${emulator().objectEndpoint}/${physicalBucketName}/assets/logo.txt`,
    });
  });

  it("state: holds no secret content, nor what is made of it", async () => {
    assertAbsent([hidden, md5(hidden)], { state: JSON.stringify(await project.state()) });
  });

  it("diff: a file that was only touched changes nothing, nor does a refresh", async () => {
    utimesSync(join(project.folder, "program/logo.txt"), 1, 1);
    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), { unchanged: 9 });
    assert.deepEqual(changing(), []);
  });

  it("preview: shows a file that has changed, and asks nothing", async () => {
    project.write("program/logo.txt", "another logo");
    const { stdout } = await project.preview("--diff");
    assert.match(stdout, /- source *: asset\(file:\w+\) \{ logo\.txt \}/);
    assert.match(stdout, /\+ source *: asset\(file:\w+\) \{ logo\.txt \}/);
    assert.match(stdout, /~ 1 to update/);
    assert.deepEqual(emulator().requests, []);
  });

  it("read: what others have put or deleted is drift, and the next up repairs it, the changed file too", async () => {
    await put("text.html", "theirs");
    await put("hidden", "theirs");
    await storageClient().call(deleteObject, place("empty"));
    const { stdout } = await project.refresh("--diff");
    assert.match(stdout, new RegExp(`etag *: "${md5("some text")}" => "${md5("theirs")}"`));
    assert.match(stdout, /etag *: \[secret\]/);
    assert.match(stdout, /~ 2 updated/);
    assert.match(stdout, /- 1 deleted/);
    emulator().clearRequests();
    assert.deepEqual(counts(await project.up()), { created: 1, updated: 3, unchanged: 5 });
    assert.deepEqual(changing(), ["PUT assets/logo.txt", "PUT empty", "PUT hidden", "PUT text.html"]);
    assert.deepEqual(
      [await there("text.html"), await there("hidden"), await there("assets/logo.txt")],
      [md5("some text"), md5(hidden), md5("another logo")],
    );
  });

  it("diff: another key puts the new object, then deletes the old one; a refused one is told without its secret", async () => {
    await project.setConfig("key", "other/logo.txt");
    await project.setConfig("hidden", `${hidden}-2`, "secret");
    const refused = { kind: "error", code: "AccessDenied", status: 403, message: `no ${hidden}-2` } as const;
    emulator().fail({ service: "oss", method: "PUT", key: "hidden", ...refused });
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    emulator().clearFaults();
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /PutObject for object "hidden" of bucket "media-[0-9a-f]{7}" .* failed with AccessDenied/s,
    );
    assertAbsent([hidden], { stdout });
    const { stdout: last } = await project.up();
    assert.match(last, /logo|hidden/);
    assert.deepEqual(
      [await there("assets/logo.txt"), await there("other/logo.txt")],
      [undefined, md5("another logo")],
    );
    assert.equal(await there("hidden"), md5(`${hidden}-2`));
  });

  it("delete: leaves nothing, so that the bucket can go too", async () => {
    assert.deepEqual(counts(await project.destroy()), { deleted: 9 });
    assert.equal(changing().filter((request) => request.startsWith("DELETE")).length, 6);
    assert.equal(emulator().buckets.size, 0);
  });
});
