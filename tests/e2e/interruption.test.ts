import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { interruptOf } from "../support/interrupt-of";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { useSilentServer } from "../support/silent-server";
import { numberedKeys, StorageContent } from "../support/storage-content";

const program = `
const ens = require("pulumi-alicloud-ens");
for (let n = 0; n < 20; n += 1) new ens.PreparedUpload("media-" + n, { bucketName: "media-assets" });
`;

const untouched =
  /The deployment was cancelled before ENS had answered\..*Nothing was changed\..*Run the command again/s;

describe("Ctrl-C, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const silent = useSilentServer();
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: interrupted\nruntime: nodejs\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      env: { ...emulator().environment },
    });
    undeploy = project.keep();
    await project.up();
    deploy = project.keep();
  });
  beforeEach(() => deploy());
  after(() => project?.remove());

  const interrupt = (args: readonly string[], waits: (output: string) => boolean) =>
    interruptOf(project, args, waits, untouched);
  const places = async () => (await project.uploads()).map(({ urn, outputs }) => ({ urn, outputs }));
  const up = ["up", "--yes", "--skip-preview"];

  it("ends an up that waits for ENS, which throttles; the next up creates everything", async () => {
    undeploy();
    const headers = { "x-acs-retry-after": "60000" };
    emulator().fail({ kind: "error", code: "Throttling.User", headers, times: 999 });
    await interrupt(up, (output) => output.includes("ENS is throttling"));
    emulator().clearFaults();
    assert.deepEqual(counts(await project.up()), { created: 20, unchanged: 1 });
  });

  it("ends a refresh that waits for an answer; the next one finds all unchanged", async () => {
    const { ALIBABA_CLOUD_ENDPOINT_ENS: endpoint = "" } = project.env;
    project.env.ALIBABA_CLOUD_ENDPOINT_ENS = silent().url;
    const before = await places();
    await interrupt(["refresh", "--yes", "--skip-preview"], () => silent().waiting() > 1);
    project.env.ALIBABA_CLOUD_ENDPOINT_ENS = endpoint;
    assert.deepEqual(await places(), before);
    await project.refresh("--expect-no-changes");
  });

  it("ends a refresh that waits for credentials", async () => {
    for (const name of ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"]) delete project.env[name];
    project.env.ALICLOUD_CREDENTIALS_URI = silent().url;
    await interrupt(["refresh", "--yes", "--skip-preview"], () => silent().waiting() > 0);
  });
});

describe("Ctrl-C while a bucket is made or deleted, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  /** How far the emulator's clock is ahead. */
  let ahead = 0;
  const emulator = useEmulator({ clock: () => new Date(Date.now() + ahead) });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: interrupted-bucket\nruntime: nodejs\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": `
const { Bucket } = require("pulumi-alicloud-ens");
const lifecycleRules = [{ prefix: "tmp/", expirationDays: 7 }];
new Bucket("media", { bucketName: "media-assets", lifecycleRules, forceDestroy: true });
`,
      },
      env: { ...emulator().environment },
    });
  });
  after(() => project?.remove());

  const bucket = () => emulator().buckets.get("media-assets");

  it("ends the wait for a new bucket, which is in state, and the next up goes on; then a destroy, likewise", async () => {
    emulator().setRules({ lag: { createMs: 600_000 } });
    await interruptOf(
      project,
      ["up", "--yes", "--skip-preview"],
      (output) => output.includes("waiting until ENS shows the new bucket"),
      /cancelled\..*Bucket "media-assets" was made as far as state says\..*Run the command again to go on/s,
    );
    assert.equal((await project.uploads()).length, 1);
    assert.equal(bucket()?.lifecycleRules.length, 0);
    ahead = 600_000;
    await project.up();
    assert.equal(bucket()?.lifecycleRules.length, 1);

    const content = new StorageContent(emulator(), bucket()?.physicalBucketName ?? "");
    await content.put(numberedKeys(1500));
    emulator().fail({ service: "oss", method: "POST", after: 1, kind: "hang" });
    await interruptOf(
      project,
      ["destroy", "--yes", "--skip-preview"],
      () => emulator().requests.filter(({ action }) => action === "POST").length === 2,
      /cancelled while bucket "media-assets" was being deleted\..*What is deleted stays deleted\..*Run the command again/s,
    );
    assert.deepEqual(await content.keys(), numberedKeys(1500).slice(1000));
    assert.equal((await project.uploads()).length, 1);
    assert.deepEqual(counts(await project.destroy()), { deleted: 2 });
    assert.equal(bucket(), undefined);
  });
});
