import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { EmulatorBucket } from "../../emulator";
import type { PulumiRun } from "../../tools/pulumi-cli/run-pulumi";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const run = promisify(execFile);

type Sites = Readonly<Record<string, string>>;

const program = (clientIps: Sites, trigger = "v1") => `
import * as ens from "pulumi-alicloud-ens";
const sites = new ens.PreparedUploads("sites", {
  bucketName: "media-assets",
  clientIps: ${JSON.stringify(clientIps)},
  triggers: ["${trigger}"],
});
export const uploads = sites.targets;
`;

describe("the lifecycle of PreparedUploads, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const media: EmulatorBucket = {
    name: "media-assets",
    physicalBucketName: "media-anywhere",
    placements: [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }],
  };
  const emulator = useEmulator({ buckets: [media] });
  const clientIps = { berlin: "192.0.2.7", "eu.west": "198.51.100.20", hamburg: "198.51.100.20" };
  const edited = { berlin: "203.0.113.7", "eu.west": "198.51.100.20", oslo: "10.0.0.40" };
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: sites\nruntime: nodejs\n", "index.ts": program(clientIps) },
      // One at a time, by name: so the first fault hits the first site.
      env: { ...emulator().environment, ALICLOUD_MAX_CONCURRENCY: "1" },
    });
    undeploy = project.keep();
    await project.up();
    deploy = project.keep();
  });
  after(() => project?.remove());
  beforeEach(() => {
    deploy();
    emulator().addBucket(media);
    emulator().clearRequests();
    emulator().clearFaults();
  });

  const asked = () => emulator().requests.map(({ clientIp }) => clientIp);
  const home = () => emulator().buckets.get("media-assets")?.physicalBucketName;

  /** The physical bucket of each site, as state has it. */
  async function places(): Promise<Readonly<Record<string, string>>> {
    const [upload] = await project.uploads();
    const entries = Object.entries((upload?.outputs?.places ?? {}) as Sites);
    return Object.fromEntries(entries.map(([site, place]) => [site, place.split("@")[0] ?? ""]));
  }

  /** A first up, in which one site fails. */
  function upWithoutBerlin(): Promise<PulumiRun> {
    undeploy();
    emulator().fail({ kind: "error", code: "InvalidClientIp", message: "Not valid." });
    return project.attempt(["up", "--yes", "--skip-preview"]);
  }

  it("check: reports every bad site at once by its path", async () => {
    undeploy();
    const bad = { "eu.west": "somewhere", hamburg: "203.0.113.0/24" };
    project.write("index.ts", program(bad));
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, / has a problem: clientIps\["eu\.west"\]: expected a plain IPv4.*got "somewhere"/);
    assert.match(stdout, / has a problem: clientIps\.hamburg: .*got "203\.0\.113\.0\/24"/);
    assert.deepEqual(asked(), []);
  });

  it("create: when some fail, the error has each with its reason, and state the answers of the others", async () => {
    const { exitCode, stdout } = await upWithoutBerlin();
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /berlin: PrepareUpload for bucket "media-assets" failed with InvalidClientIp/);
    assert.deepEqual(await places(), { "eu.west": home(), hamburg: home() });
    assert.deepEqual(asked(), ["192.0.2.7", "198.51.100.20"], "an address is asked for once");
  });

  it("update: the next up asks for those that failed, says nothing of progress, and the one after is unchanged", async () => {
    await upWithoutBerlin();
    emulator().clearRequests();
    const { stdout } = await project.up();
    assert.doesNotMatch(stdout, /sites resolved/);
    assert.deepEqual(asked(), ["192.0.2.7"]);
    assert.deepEqual(await places(), { berlin: home(), "eu.west": home(), hamburg: home() });
    const { uploads } = await project.outputs<{ uploads: Record<string, Record<string, string>> }>();
    assert.deepEqual(Object.keys(uploads), Object.keys(clientIps));
    assert.equal(uploads.berlin?.bucketName, "media-assets");
    assert.equal(uploads.berlin?.endpointUrl, `http://${uploads.berlin?.endpoint}`);
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
    assert.equal(asked().length, 1);
    assert.equal((await project.uploads()).length, 1, "one entry in the checkpoint");
  });

  it("preview: says which sites are new, have another address, or are gone, and warns of addresses that are not public", async () => {
    project.write("index.ts", program(edited));
    const { stdout } = await project.preview();
    assert.match(stdout, /media-assets: new: oslo; with another address: berlin; gone: hamburg/);
    assert.match(stdout, /warning: Not a public address in clientIps, .*: oslo\./);
    const { stdout: diff } = await project.preview("--diff");
    assert.match(diff, /~ berlin *: "192\.0\.2\.7" => "203\.0\.113\.7"/);
    assert.match(diff, /- hamburg *: "198\.51\.100\.20"/);
    assert.match(diff, /\+ oslo *: "10\.0\.0\.40"/);
    assert.deepEqual(asked(), []);
  });

  it("update: asks for sites that were added or changed, and for every site when a trigger changes", async () => {
    project.write("index.ts", program(edited));
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 1 });
    assert.deepEqual(asked(), ["203.0.113.7", "10.0.0.40"]);
    assert.deepEqual(await places(), { berlin: "media-east", "eu.west": home(), oslo: home() });
    emulator().clearRequests();
    project.write("index.ts", program(edited, "v2"));
    await project.up();
    assert.deepEqual(asked(), Object.values(edited));
  });

  it("read: asks for every site; unmoved ones change nothing", async () => {
    const [before] = await project.uploads();
    assert.deepEqual(counts(await project.refresh("--expect-no-changes")), { unchanged: 2 });
    assert.deepEqual(asked(), [...new Set(Object.values(clientIps))]);
    const [after] = await project.uploads();
    assert.deepEqual([after?.inputs, after?.outputs], [before?.inputs, before?.outputs]);
  });

  it("read: shows which sites have moved, takes them, and keeps the old place of one that fails", async () => {
    const old = home();
    const moved = emulator().move("media-assets").physicalBucketName;
    const preview = await project.attempt(["refresh", "--preview-only", "--diff", "--expect-no-changes"]);
    assert.notEqual(preview.exitCode, 0, "drift is a change");
    assert.match(preview.stdout, new RegExp(`~ hamburg *: "${old}@.*" => "${moved}@.*"`));
    emulator().fail({ kind: "error", code: "InvalidClientIp", message: "Not valid." });
    const { stdout } = await project.refresh();
    assert.match(stdout, /media-assets: moved for eu\.west, hamburg/);
    assert.match(stdout, /warning: .*unhealthy.*\n *\* berlin: PrepareUpload .* InvalidClientIp/);
    assert.deepEqual(await places(), { berlin: old, "eu.west": moved, hamburg: moved });
    emulator().clearRequests();
    await project.up();
    assert.deepEqual(asked(), ["192.0.2.7"], "the next up asks for the one that failed");
    assert.equal((await places()).berlin, moved);
  });

  it("update: one refusal of the account ends it, and leaves what state had", async () => {
    const [before] = await project.uploads();
    emulator().fail({ kind: "error", code: "NoPermission", message: "Permission denied.", times: 99 });
    project.write("index.ts", program(clientIps, "v2"));
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /berlin: PrepareUpload .*NoPermission.*allows ens:PrepareUpload on \*/s);
    assert.equal(asked().length, 1);
    assert.deepEqual((await project.uploads())[0]?.outputs, before?.outputs);
  });

  it("delete: makes no call", async () => {
    await project.destroy();
    assert.deepEqual([asked(), await project.resources()], [[], []]);
  });
});

describe("many sites, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"], latencyMs: 150 });
  let project: PulumiProject;
  after(() => project?.remove());

  it("tells progress while 240 sites take their time, and takes a small checkpoint", async () => {
    const addresses = Array.from({ length: 240 }, (_, n) => [`site-${n}`, `198.51.100.${n}`]);
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: sites\nruntime: nodejs\n",
        "index.ts": program(Object.fromEntries(addresses)),
      },
      env: { ...emulator().environment },
    });
    const { stdout } = await project.up();
    assert.match(stdout, /media-assets: \d+ of 240 sites resolved/);
    assert.equal(emulator().requests.length, 240);
    const [upload] = await project.uploads();
    const size = JSON.stringify(upload?.inputs).length + JSON.stringify(upload?.outputs).length;
    assert.ok(size / 240 <= 120, `${size} bytes`);
  });
});

describe("the example edge-sites, as written, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const example = join(checkout, "examples", "edge-sites");
  let project: PulumiProject;
  after(() => project?.remove());

  it("compiles by its own tsconfig.json", () =>
    run("npx", ["--no-install", "tsc", "--project", example], { cwd: checkout }));

  it("resolves the sites of its configuration, and another stack takes their targets", async () => {
    const env = { ...emulator().environment };
    project = await PulumiProject.create({ from: example, env });
    await project.setConfig("clientIps.oslo", "192.0.2.44", "path");
    await project.up();
    assert.deepEqual(
      emulator().requests.map(({ clientIp }) => clientIp),
      ["192.0.2.44"],
    );
    const consumer = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
        "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const producer = new pulumi.StackReference("organization/edge-sites/dev");
export const uploads = ens.requireUploadTargets(producer, "uploads");`,
      },
      sharing: project,
      env,
    });
    try {
      await consumer.up();
      assert.deepEqual((await consumer.outputs()).uploads, (await project.outputs()).uploads);
    } finally {
      consumer.remove();
    }
  });
});
