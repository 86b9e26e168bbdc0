import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { holdGroup, killGroup } from "../../tools/pulumi-cli/child";
import { Authority } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { type OssFront, startOssFront } from "../support/oss-front";
import { codeBlocks, lacking } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { type S3Server, startS3Server } from "../support/s3-server";

/** The command of the page, word for word. */
const blocks = codeBlocks("docs/state.md");
const backend = blocks.map(({ code }) => /^pulumi login '([^']+)'$/m.exec(code)?.[1]).find(Boolean) ?? "";
const { hostname: bucket, searchParams } = new URL(backend);

/** Waits, where it is told to, until a file is gone: a deployment that is under way. */
const program = `
const { existsSync } = require("node:fs");
const { setTimeout } = require("node:timers/promises");
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");
module.exports = async () => {
  while (process.env.GATE && existsSync(process.env.GATE)) await setTimeout(50);
  const config = new pulumi.Config();
  const triggers = [config.get("release") ?? "first"];
  const media = new ens.PreparedUpload("media", { bucketName: "media-assets", triggers });
  return { uploads: media.target, note: config.getSecret("note") };
};
`;

describe("state in a bucket that speaks S3, shared by two people, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let server: S3Server;
  let front: OssFront;
  let authority: Authority;
  let one: PulumiProject;
  let other: PulumiProject;
  let created: object;

  before(async function () {
    this.timeout(400_000);
    const started = await startS3Server();
    if (typeof started === "string") {
      console.log(`      skipped, this machine lacks ${started}`);
      return this.skip();
    }
    server = started;
    assert.ok((await fetch(`http://127.0.0.1:${server.port}/${bucket}`, { method: "PUT" })).ok);
    authority = await Authority.create();
    front = await startOssFront(
      server.port,
      await authority.sign(`${bucket}.${searchParams.get("endpoint")}`),
    );
    const env = {
      ...emulator().environment,
      AWS_ACCESS_KEY_ID: "key",
      AWS_SECRET_ACCESS_KEY: "secret",
      HTTPS_PROXY: front.proxy,
      AWS_CA_BUNDLE: authority.file,
    };
    const files = { "Pulumi.yaml": "name: media-storage\nruntime: nodejs\n", "index.js": program };
    const main = { "package.json": '{ "main": "index.js" }' };
    one = await PulumiProject.create({ files: { ...files, ...main }, backend, stack: "prod", env });
    await one.setConfig("note", "a canary", "secret");
    // What they share besides state is the project's folder, as by git.
    other = await PulumiProject.create({ from: one.folder, backend, stack: "prod", env });
    created = counts(await one.up());
  });
  // Every test leaves both with the configuration that was deployed last.
  after(() => {
    for (const project of [one, other]) project?.remove();
    front?.stop();
    authority?.remove();
    server?.stop();
  });

  it("is in no way another for either of them", async () => {
    assert.notEqual(one.env.PULUMI_HOME, other.env.PULUMI_HOME);
    assert.deepEqual(created, { created: 2 });
    assert.deepEqual(counts(await other.up()), { unchanged: 2 });
    assert.deepEqual(await other.outputs(), await one.outputs());
    assert.equal((await other.run(["config", "get", "note"])).stdout.trim(), "a canary");
  });

  it("holds secrets encrypted", async () => {
    const signed = { headers: { authorization: "AWS key:whatever, it is not verified" } };
    const state = await (await fetch(stored(".pulumi/stacks/media-storage/prod.json"), signed)).text();
    assert.match(state, /media-assets/);
    assert.match(state, /"note":\s*\{[^}]*"ciphertext"/);
    assert.doesNotMatch(state, /a canary/);
  });

  it("is asked for as OSS wants it: the bucket in the host, no path style, nothing chunked", () => {
    const written = front.requests.filter(({ method }) => method === "PUT");
    assert.ok(written.length >= 5);
    for (const { headers } of front.requests) {
      assert.equal(headers.host, `${bucket}.${searchParams.get("endpoint")}`);
      assert.doesNotMatch(headers["content-encoding"] ?? "", /aws-chunked/);
      assert.doesNotMatch(String(headers["x-amz-content-sha256"]), /STREAMING/);
      assert.equal(headers["x-amz-trailer"], undefined);
    }
  });

  it("lets one of two who deploy at once, and refuses the other without harm", async () => {
    await one.setConfig("release", "second");
    const { finished, release } = await underWay(one);
    await refused(other).finally(release);
    assert.equal(await finished, 0);
    await other.setConfig("release", "second");
    assert.deepEqual(counts(await other.up()), { unchanged: 2 });
    assert.deepEqual(await other.outputs(), await one.outputs());
    assert.equal((await other.uploads()).length, 1);
  });

  it("is freed by pulumi cancel from the lock of a deployment that was killed", async () => {
    const { kill, finished } = await underWay(one);
    kill();
    assert.notEqual(await finished, 0);
    await refused(other);
    await other.run(["cancel", "--yes"]);
    assert.deepEqual(counts(await other.up("--refresh")), { unchanged: 2 });
    assert.deepEqual(counts(await one.up()), { unchanged: 2 });
  });

  function stored(key: string): string {
    return `http://127.0.0.1:${server.port}/${bucket}/${key}`;
  }

  /** A deployment that holds the lock until it is released or killed. */
  async function underWay(project: PulumiProject) {
    const gate = join(project.folder, "gate");
    writeFileSync(gate, "");
    const child = spawn("pulumi", ["up", "--yes", "--skip-preview", "--non-interactive"], {
      cwd: project.folder,
      env: { ...project.env, GATE: gate },
      stdio: "ignore",
      detached: true,
    });
    const forget = holdGroup(child.pid);
    const finished = new Promise<number | null>((resolve) => child.once("close", resolve)).finally(forget);
    while (!/locks\/organization\/media-storage\/prod\//.test(await (await fetch(stored(""))).text())) {
      assert.equal(child.exitCode, null, "it ended before it held the lock");
      await sleep(50);
    }
    return { finished, release: () => rmSync(gate), kill: () => killGroup(child.pid) };
  }

  async function refused(project: PulumiProject): Promise<void> {
    const { exitCode, stdout, stderr } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    const printed = `${stdout}${stderr}`;
    const [promised, ...others] = blocks.filter(({ language }) => language === "");
    assert.deepEqual(others, []);
    assert.equal(lacking(promised?.code ?? "", printed), undefined, printed);
  }
});
