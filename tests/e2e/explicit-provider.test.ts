import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const secrets = ["own-canary-secret", "partner-canary-secret", "rotated-canary-secret"] as const;

const wrong = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const wrong = new ens.Provider("wrong", {
  secretKey: pulumi.secret("canary"),
  endpoint: "http://ens.aliyuncs.com",
  assumeRole: { roleArn: "nobody" },
});
new ens.PreparedUpload("refused", { bucketName: "partner-assets" }, { provider: wrong });
`;

describe("explicit providers, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({
    buckets: ["media-assets", "partner-assets"],
    accounts: [
      { accessKeyId: "own", accessKeySecret: secrets[0] },
      { accessKeyId: "partner", accessKeySecret: secrets[1] },
      { accessKeyId: "rotated", accessKeySecret: secrets[2] },
    ],
  });
  let project: PulumiProject;
  let deploy: () => void;
  let created: { readonly counts: object; readonly asked: readonly string[] };

  before(async () => {
    project = await PulumiProject.create({
      from: join(checkout, "examples", "two-accounts"),
      env: { ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url },
      config: { "alicloud:accessKey": "own", partnerAccessKey: "partner" },
    });
    await project.setConfig("alicloud:secretKey", secrets[0], "secret");
    await project.setConfig("partnerSecretKey", secrets[1], "secret");
    created = { counts: counts(await project.up()), asked: asked() };
    deploy = project.keep();
  });
  beforeEach(() => {
    deploy();
    emulator().clearRequests();
  });
  after(() => project?.remove());

  /** Who asked for what, in no order. */
  const asked = () =>
    emulator()
      .requests.map(({ accessKeyId, bucketName, status }) => `${accessKeyId} ${bucketName} ${status}`)
      .sort();

  it("ask with an account each, also through a component's providers", async () => {
    assert.deepEqual(created, {
      counts: { created: 6 },
      asked: ["own media-assets 200", "partner partner-assets 200", "partner partner-assets 200"],
    });
    const { targets } = await project.outputs<{ targets: Record<string, { physicalBucketName: string }> }>();
    const theirs = emulator().buckets.get("partner-assets")?.physicalBucketName;
    assert.equal(targets.theirs?.physicalBucketName, theirs);
    assert.equal(targets.media?.physicalBucketName, theirs);
  });

  it("are updated by a change of credentials, which leaves the uploads as they are, and bring them along to a refresh", async () => {
    await project.setConfig("partnerAccessKey", "rotated");
    await project.setConfig("partnerSecretKey", secrets[2], "secret");
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 5 });
    assert.deepEqual(asked(), []);
    expectEncrypted();

    project.removeConfig("partnerAccessKey", "partnerSecretKey");
    assert.deepEqual(counts(await project.refresh("--expect-no-changes")), { unchanged: 6 });
    assert.deepEqual(asked(), [
      "own media-assets 200",
      "rotated partner-assets 200",
      "rotated partner-assets 200",
    ]);
  });

  it("can be taken from an upload, which stays as it is too", async () => {
    const program = readFileSync(join(project.folder, "index.ts"), "utf8");
    const without = program.replace(", { provider: partner });", ");");
    assert.notEqual(without, program);
    project.write("index.ts", without);
    assert.deepEqual(counts(await project.up()), { unchanged: 6 });
    assert.deepEqual(asked(), []);
    // It asks as the stack's own account from then on.
    await project.refresh("--expect-no-changes");
    assert.deepEqual(asked(), [
      "own media-assets 200",
      "own partner-assets 200",
      "partner partner-assets 200",
    ]);
  });

  it("keep their secrets encrypted in state, and out of every other file", () => expectEncrypted());

  function expectEncrypted(): void {
    const folder = join(project.folder, "..");
    const left = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => readFileSync(join(folder, path), "utf8"));
    assert.ok(
      left.some((text) => text.includes("alicloud-ens:secretKey")),
      "state is among them",
    );
    for (const secret of secrets)
      assert.deepEqual(
        left.filter((text) => text.includes(secret)),
        [],
      );
  }

  it("have all their bad arguments refused in preview, by name and with what to write instead", async () => {
    project.write("Pulumi.yaml", "name: two-accounts\nruntime: nodejs\n");
    project.write("index.ts", wrong);
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    const problems = [...stdout.matchAll(/error: .*resource '(.*?)' has a problem: (.*?): /g)].map(
      ([, resource, property]) => `${resource}: ${property}`,
    );
    assert.deepEqual([...new Set(problems)].sort(), [
      'refused: accessKey of the provider "wrong"',
      'refused: assumeRole.roleArn of the provider "wrong"',
      'refused: endpoint of the provider "wrong"',
    ]);
    assert.match(
      stdout,
      /it is missing, while the other half of the key pair comes from argument secretKey of the provider "wrong"/,
    );
    assert.match(stdout, /Set it: `new ens\.Provider\("wrong", { accessKey: "<id>" }\)`/);
    assert.doesNotMatch(stdout, /alicloud:|pulumi config set|canary/);
  });

  it("need no credentials to be destroyed", async () => {
    project.removeConfig("alicloud:accessKey", "alicloud:secretKey");
    assert.deepEqual(counts(await project.destroy()), { deleted: 6 });
    assert.deepEqual(asked(), []);
  });
});
