import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { assertAbsent } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { callByPopCore } from "../support/pop-core-client";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const media = new ens.Bucket("media", new pulumi.Config().requireObject<ens.BucketArgs>("bucket"));
const upload = new ens.PreparedUpload("upload", { bucketName: media.bucketName });
export const { bucketName, bucketAcl, logicalBucketType, ensRegionId, dispatchScope, comment } = media;
export const { lifecycleRules, forceDestroy, adopt } = media;
export const physicalBucketName = upload.physicalBucketName;
`;

const rules = [
  { prefix: "tmp/", expirationDays: 7 },
  { prefix: "logs/", expirationDays: 30 },
];
const enabled = rules.map((rule) => ({ ...rule, status: "Enabled" }));

describe("the lifecycle of Bucket, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator();
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;
  let previewed: { readonly stdout: string; readonly asked: readonly string[] };
  let created: { readonly counts: object; readonly asked: readonly string[] };
  /** The name that was made for the bucket. */
  let name: string;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: bucket\nruntime: nodejs\n", "index.ts": program },
      env: { ...emulator().environment },
    });
    await give({ lifecycleRules: rules });
    undeploy = project.keep();
    previewed = { stdout: (await project.preview()).stdout, asked: asked() };
    created = { counts: counts(await project.up()), asked: asked() };
    name = String((await bucket())?.outputs?.bucketName);
    deploy = project.keep();
  });
  beforeEach(async () => {
    for (const other of emulator().buckets.keys()) emulator().removeBucket(other);
    deploy();
    emulator().addBucket(name);
    await others("PutBucketLifecycle", { Prefix: "tmp/", ExpirationDays: 7, Status: "Enabled" });
    await others("PutBucketLifecycle", { Prefix: "logs/", ExpirationDays: 30, Status: "Enabled" });
    emulator().clearRequests();
  });
  after(() => project?.remove());

  const give = (inputs: object) => project.setConfig("bucket", JSON.stringify(inputs));
  const asked = () => emulator().requests.map(({ action }) => action);
  const changing = () => asked().filter((action) => !/^(?:Get|List|Prepare)/.test(action));
  const there = () => emulator().buckets.get(name);
  const rulesThere = () =>
    there()?.lifecycleRules.map(({ prefix, expirationDays, status }) => ({ prefix, expirationDays, status }));
  const bucket = async () => (await project.uploads()).find(({ type }) => type.endsWith(":Bucket"));

  /** Changes the bucket, as somebody else does. */
  async function others(
    action: string,
    parameters: Readonly<Record<string, string | number>>,
  ): Promise<void> {
    const { accessKeyId, accessKeySecret } = defaultAccount;
    const answer = await callByPopCore({
      endpoint: new URL(emulator().url).host,
      accessKeyId,
      accessKeySecret,
      action,
      parameters: { BucketName: name, ...parameters },
    });
    assert.ok("body" in answer, JSON.stringify(answer));
  }

  it("preview: shows the name that up then uses, and asks nothing", () => {
    assert.deepEqual(previewed.asked, []);
    const [, shown = ""] = /bucketName *: "(.*)"/.exec(previewed.stdout) ?? [];
    assert.match(shown, /^media-[0-9a-f]{7}$/);
    assert.equal(shown, name);
  });

  it("check: reports every failure at once, each with its property, and asks nothing", async () => {
    undeploy();
    await give({
      bucketName: "Media_Assets",
      bucketAcl: "public",
      logicalBucketType: "sink",
      dispatchScope: "overseas",
      comment: "x".repeat(129),
      lifecycleRules: [{ expirationDays: 0 }, { prefix: "", expirationDays: 1, status: "on" }],
      forceDestroy: "yes",
      adopt: 1,
    });
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    const [, said = ""] = stdout.split("Diagnostics:");
    // Of a part Pulumi knows no value, so the reason names it.
    const named = said.matchAll(/: property (\S+) value|has a problem: (\S+): expected/g);
    assert.deepEqual([...named].map(([, property, part]) => property ?? part).sort(), [
      "adopt",
      "bucketAcl",
      "bucketName",
      "comment",
      "dispatchScope",
      "ensRegionId",
      "forceDestroy",
      "lifecycleRules[0].expirationDays",
      "lifecycleRules[1].prefix",
      "lifecycleRules[1].status",
    ]);
    assert.match(said, /expected domestic or oversea, got "overseas"; did you mean oversea\?/);
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.deepEqual(asked(), []);
  });

  it("create: the bucket, its rules and where it is, in one up, with every output", async () => {
    assert.deepEqual(created.counts, { created: 3 });
    assert.deepEqual(created.asked, [
      "GetBucketInfo",
      "PutBucket",
      "GetBucketInfo",
      "GetBucketInfo",
      "GetBucketLifecycle",
      "PutBucketLifecycle",
      "PutBucketLifecycle",
      "ListBuckets",
      "PrepareUpload",
    ]);
    assert.deepEqual(await project.outputs(), {
      bucketName: name,
      bucketAcl: "private",
      logicalBucketType: "standard",
      lifecycleRules: enabled,
      forceDestroy: false,
      adopt: false,
      physicalBucketName: there()?.physicalBucketName,
    });
    assert.equal((await bucket())?.id, name);
  });

  it("state: holds the inputs, a constant text and no key", async () => {
    const { inputs, outputs, type } = (await bucket()) ?? {};
    assert.equal(type, "pulumi-nodejs:dynamic/alicloud-ens:Bucket");
    assert.deepEqual(outputs, inputs);
    assert.deepEqual(outputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/bucket')",
      bucketName: name,
      bucketAcl: "private",
      logicalBucketType: "standard",
      lifecycleRules: enabled,
      forceDestroy: false,
      adopt: false,
    });
    const { accessKeyId, accessKeySecret } = defaultAccount;
    assertAbsent([accessKeyId, accessKeySecret], { state: JSON.stringify(await project.state()) });
  });

  it("diff: a second up changes nothing and asks nothing", async () => {
    assert.deepEqual(counts(await project.up()), { unchanged: 3 });
    assert.deepEqual(asked(), []);
  });

  it("update: ACL, comment and rules in place, and only what differs", async () => {
    const [before] = there()?.lifecycleRules ?? [];
    const lifecycleRules = [{ expirationDays: 90 }, { ...rules[0], expirationDays: 14, status: "Disabled" }];
    await give({ bucketAcl: "public-read", comment: "for the media team", lifecycleRules });
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 2 });
    assert.deepEqual(changing(), [
      "PutBucketAcl",
      "UpdateBucketInfo",
      "DeleteBucketLifecycle",
      "PutBucketLifecycle",
      "PutBucketLifecycle",
    ]);
    const now = there();
    assert.deepEqual([now?.bucketAcl, now?.comment], ["public-read", "for the media team"]);
    const changed = [
      { prefix: "", expirationDays: 90, status: "Enabled" },
      { prefix: "tmp/", expirationDays: 14, status: "Disabled" },
    ];
    assert.deepEqual(byPrefix(rulesThere()), changed);
    assert.equal(now?.lifecycleRules.find(({ prefix }) => prefix === "tmp/")?.id, before?.id);
    const outputs = await project.outputs<Record<string, unknown>>();
    assert.deepEqual(
      [outputs.bucketName, outputs.bucketAcl, outputs.comment, outputs.lifecycleRules],
      [name, "public-read", "for the media team", changed],
    );
    await project.refresh("--expect-no-changes");
  });

  it("diff: another kind under the same name replaces, and deletes first", async () => {
    await give({ logicalBucketType: "sink", ensRegionId: "cn-beijing-15" });
    assert.deepEqual(counts(await project.up()), { replaced: 2, unchanged: 1 });
    assert.deepEqual(changing(), ["DeleteBucket", "PutBucket"]);
    assert.deepEqual([there()?.logicalBucketType, there()?.ensRegionId], ["sink", "cn-beijing-15"]);
    assert.equal((await bucket())?.outputs?.bucketName, name);
  });

  it("diff: another name replaces, and makes the new one first", async () => {
    await give({ bucketName: "other-assets" });
    assert.deepEqual(counts(await project.up()), { replaced: 2, unchanged: 1 });
    assert.deepEqual(changing(), ["PutBucket", "DeleteBucket"]);
    assert.deepEqual([...emulator().buckets.keys()], ["other-assets"]);
    assert.equal((await bucket())?.id, "other-assets");
  });

  it("read: a bucket as it was changes nothing", async () => {
    const before = await bucket();
    assert.deepEqual(counts(await project.refresh("--expect-no-changes")), { unchanged: 3 });
    const after = await bucket();
    assert.deepEqual([after?.inputs, after?.outputs], [before?.inputs, before?.outputs]);
    assert.deepEqual(asked().sort(), ["GetBucketInfo", "GetBucketLifecycle", "ListBuckets", "PrepareUpload"]);
  });

  it("read: what others changed is drift that refresh shows and takes, and the next up repairs", async () => {
    await others("PutBucketAcl", { BucketAcl: "public-read-write" });
    await others("PutBucketLifecycle", {
      RuleId: String(there()?.lifecycleRules[0]?.id),
      Prefix: "tmp/",
      ExpirationDays: 1,
      Status: "Enabled",
    });
    await others("PutBucketLifecycle", { Prefix: "theirs/", ExpirationDays: 1, Status: "Enabled" });
    emulator().clearRequests();
    const refreshed = await project.refresh("--diff");
    assert.deepEqual(counts(refreshed), { updated: 1, unchanged: 2 });
    assert.match(refreshed.stdout, /bucketAcl *: "private" => "public-read-write"/);
    assert.match(refreshed.stdout, /expirationDays: 7 => 1/);
    assert.match(refreshed.stdout, /prefix *: "theirs\/"/);
    assert.deepEqual(changing(), []);

    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 2 });
    assert.deepEqual(changing(), ["PutBucketAcl", "DeleteBucketLifecycle", "PutBucketLifecycle"]);
    assert.equal(there()?.bucketAcl, "private");
    assert.deepEqual(rulesThere(), enabled);
    assert.deepEqual((await project.outputs()).lifecycleRules, enabled);
  });

  it("read: a bucket that others deleted leaves state, and the next up makes it again", async () => {
    emulator().removeBucket(name);
    assert.deepEqual(counts(await project.refresh()), { deleted: 2, unchanged: 1 });
    assert.deepEqual(counts(await project.up()), { created: 2, unchanged: 1 });
    assert.deepEqual(rulesThere(), enabled);
  });

  it("delete: leaves no bucket", async () => {
    assert.deepEqual(counts(await project.destroy()), { deleted: 3 });
    assert.deepEqual(changing(), ["DeleteBucket"]);
    assert.deepEqual([...emulator().buckets.keys()], []);
    assert.deepEqual(await project.resources(), []);
  });
});

function byPrefix<T extends { readonly prefix: string }>(rules: readonly T[] = []): readonly T[] {
  return [...rules].sort((one, other) => (one.prefix < other.prefix ? -1 : 1));
}
