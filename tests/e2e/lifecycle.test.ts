import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { EmulatorBucket, SeenRequest } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const config = new pulumi.Config();
const media = new ens.PreparedUpload("media", {
  bucketName: config.require("bucketName"),
  clientIp: config.get("clientIp"),
  triggers: config.getObject<string[]>("triggers"),
} as ens.PreparedUploadArgs);
export const { bucketName, physicalBucketName, endpoint, endpointUrl, requestId, target } = media;
`;

interface Outputs {
  readonly bucketName: string;
  readonly physicalBucketName: string;
  readonly endpoint: string;
  readonly endpointUrl: string;
  readonly requestId: string;
  readonly target: Readonly<Record<string, string>>;
}

describe("the lifecycle of PreparedUpload, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const media: EmulatorBucket = {
    name: "media-assets",
    physicalBucketName: "media-anywhere",
    placements: [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }],
  };
  const emulator = useEmulator({ buckets: [media, "other-assets"] });
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;
  let created: { readonly counts: object; readonly requests: readonly SeenRequest[] };

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: lifecycle\nruntime: nodejs\n", "index.ts": program },
      env: { ...emulator().environment },
      config: { bucketName: "media-assets", clientIp: "198.51.100.20", triggers: '["release 1"]' },
    });
    undeploy = project.keep();
    created = { counts: counts(await project.up()), requests: [...emulator().requests] };
    deploy = project.keep();
  });
  beforeEach(() => {
    deploy();
    emulator().addBucket(media);
    emulator().clearFaults();
    emulator().clearRequests();
  });
  after(() => project?.remove());

  const prepared = () => emulator().requests.filter(({ action }) => action === "PrepareUpload").length;
  const place = () => emulator().buckets.get("media-assets");

  it("check: reports every failure at once, each with its property, and changes nothing", async () => {
    undeploy();
    await project.setConfig("bucketName", "Not_A_Bucket");
    await project.setConfig("clientIp", "203.0.113.0/24");
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /property bucketName.*expected the name of an EOS bucket.*got "Not_A_Bucket"/);
    assert.match(
      stdout,
      /property clientIp.*expected a plain IPv4 or IPv6 address.*got "203\.0\.113\.0\/24"/s,
    );
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.equal(prepared(), 0);
    assert.deepEqual(await project.uploads(), []);
  });

  it("create: names the bucket that was probably meant where there is none of the name", async () => {
    undeploy();
    await project.setConfig("bucketName", "media-asets");
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /has no EOS bucket [^.]*\.\s+Did you mean media-assets\?/);
  });

  it("preview: asks nothing", async () => {
    undeploy();
    assert.deepEqual(counts(await project.preview()), { "to create": 2 });
    assert.equal(prepared(), 0);
  });

  it("create: one call, and every output", async () => {
    const [request, ...others] = created.requests;
    assert.deepEqual([created.counts, others], [{ created: 2 }, []]);
    const outputs = await project.outputs<Outputs>();
    const { physicalBucketName, endpoint } = place() ?? {};
    const endpointUrl = `http://${endpoint}`;
    assert.deepEqual(outputs, {
      bucketName: "media-assets",
      physicalBucketName,
      endpoint,
      endpointUrl,
      requestId: request?.requestId,
      target: { bucketName: "media-assets", physicalBucketName, endpoint, endpointUrl },
    });
    assert.match(request?.userAgent ?? "", / pulumi-alicloud-ens\/\d+\.\d+\.\d+/);
    assert.equal(request?.signature, "ACS3-HMAC-SHA256");
    const [upload] = await project.uploads();
    assert.equal(upload?.id, "media-assets");
    assert.equal(upload?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload");
  });

  it("diff: a second up is unchanged and asks nothing", async () => {
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
    assert.equal(prepared(), 0);
  });

  it("read: an unmoved bucket changes nothing, not even the request id", async () => {
    const before = (await project.uploads())[0];
    assert.deepEqual(counts(await project.refresh("--expect-no-changes")), { unchanged: 2 });
    const [after] = await project.uploads();
    assert.deepEqual(
      [after?.id, after?.inputs, after?.outputs],
      [before?.id, before?.inputs, before?.outputs],
    );
  });

  it("read: a moved bucket is drift that refresh shows and takes", async () => {
    const before = place()?.physicalBucketName;
    const moved = emulator().move("media-assets").physicalBucketName;
    const preview = await project.attempt(["refresh", "--preview-only", "--diff", "--expect-no-changes"]);
    assert.notEqual(preview.exitCode, 0, "drift is a change");
    assert.match(preview.stdout, new RegExp(`physicalBucketName: "${before}" => "${moved}"`));
    const refresh = await project.refresh();
    assert.deepEqual(counts(refresh), { updated: 1, unchanged: 1 });
    const { endpoint } = place() ?? {};
    assert.match(
      refresh.stdout,
      new RegExp(`media-assets: moved from ${before}@${endpoint} to ${moved}@${endpoint}\n`),
    );
    const [upload] = await project.uploads();
    assert.equal(upload?.outputs?.physicalBucketName, moved);
    assert.equal(upload?.outputs?.requestId, emulator().requests.at(-1)?.requestId);
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
    assert.equal((await project.outputs<Outputs>()).physicalBucketName, moved);
  });

  it("read: up --refresh takes a move into the stack's outputs", async () => {
    const before = place()?.physicalBucketName;
    const moved = emulator().move("media-assets").physicalBucketName;
    const { stdout } = await project.up("--refresh");
    assert.match(stdout, new RegExp(`media-assets: moved from ${before}@.* to ${moved}@`));
    assert.equal((await project.outputs<Outputs>()).target.physicalBucketName, moved);
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
  });

  it("update: another clientIp resolves again, in place", async () => {
    await project.setConfig("clientIp", "203.0.113.7");
    const up = await project.up();
    assert.deepEqual(counts(up), { updated: 1, unchanged: 1 });
    assert.match(up.stdout, /media-assets: moved from media-anywhere@.* to media-east@/);
    const outputs = await project.outputs<Outputs>();
    assert.equal(outputs.physicalBucketName, "media-east");
    assert.equal(outputs.bucketName, "media-assets", "no output is lost");
    assert.equal(emulator().requests.at(-1)?.clientIp, "203.0.113.7");
  });

  it("check: warns of an address that is not public", async () => {
    await project.setConfig("clientIp", "10.0.0.7");
    const { stdout } = await project.preview();
    assert.match(stdout, /warning: clientIp 10\.0\.0\.7 is not a public address/);
  });

  it("update: another trigger resolves again, in place", async () => {
    const before = (await project.outputs<Outputs>()).requestId;
    await project.setConfig("triggers", '["release 2"]');
    const up = await project.up();
    assert.deepEqual(counts(up), { updated: 1, unchanged: 1 });
    assert.doesNotMatch(up.stdout, /moved/, "the same place is no news");
    assert.notEqual((await project.outputs<Outputs>()).requestId, before);
  });

  it("update: a failure leaves what state had", async () => {
    const before = await project.uploads();
    emulator().fail({ kind: "error", code: "InternalError", status: 500, times: 99 });
    await project.setConfig("alicloud-ens:maxRetryTimeout", "1");
    await project.setConfig("triggers", '["release 3"]');
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /PrepareUpload for bucket "media-assets" failed with InternalError.* attempts in .*request id [0-9A-F-]{36}/s,
    );
    assert.deepEqual(await project.uploads(), before);
  });

  it("diff: another text in state for the same code, as an upgrade may bring, is unchanged", async () => {
    const { stdout } = await project.run(["stack", "export"]);
    const text = "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')";
    assert.ok(stdout.includes(text));
    project.write("state.json", stdout.replaceAll(text, `${text};`));
    await project.run(["stack", "import", "--file", "state.json"]);
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
  });

  it("check: values that are not known yet pass in preview", async () => {
    project.write(
      "index.ts",
      `${program}
new ens.PreparedUpload("second", {
  bucketName: media.physicalBucketName.apply(() => "other-assets"),
  triggers: [media.requestId],
});`,
    );
    await project.setConfig("bucketName", "other-assets");
    const preview = await project.attempt(["preview"]);
    assert.deepEqual(counts(preview), { "to create": 1, "to replace": 1, unchanged: 1 });
  });

  it("diff: another bucket replaces", async () => {
    await project.setConfig("bucketName", "other-assets");
    assert.deepEqual(counts(await project.up()), { replaced: 1, unchanged: 1 });
    assert.equal((await project.uploads())[0]?.id, "other-assets");
  });

  it("state: inputs and outputs take at most 450 bytes, and the provider one constant text", async () => {
    const [upload] = await project.uploads();
    const size = JSON.stringify(upload?.inputs).length + JSON.stringify(upload?.outputs).length;
    assert.ok(size <= 450, `${size} bytes`);
    assert.equal(
      upload?.inputs?.__provider,
      "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')",
    );
    assert.deepEqual(Object.keys(upload?.outputs ?? {}).sort(), [
      "__provider",
      "bucketName",
      "clientIp",
      "endpoint",
      "physicalBucketName",
      "requestId",
      "triggers",
    ]);
  });

  it("read: an error other than NoSuchBucket is an error, never gone, and shows no stack trace", async () => {
    emulator().fail({
      kind: "error",
      code: "NoPermission",
      status: 400,
      message: "Permission denied.",
      times: 9,
    });
    const { exitCode, stdout } = await project.attempt(["refresh", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /allows ens:PrepareUpload on \*/);
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/);
    assert.equal((await project.uploads()).length, 1);
  });

  it("read: a deleted bucket leaves state", async () => {
    emulator().removeBucket("media-assets");
    assert.deepEqual(counts(await project.refresh()), { deleted: 1, unchanged: 1 });
    assert.deepEqual(await project.uploads(), []);
  });

  it("delete: needs neither the API nor credentials", async () => {
    const offline = { ALIBABA_CLOUD_ENDPOINT_ENS: `http://127.0.0.1:${await closedPort()}` };
    for (const name of Object.keys(emulator().environment)) delete project.env[name];
    Object.assign(project.env, offline);
    await project.destroy();
    assert.deepEqual(await project.resources(), []);
  });
});

/** A port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
