import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const { accessKeyId, accessKeySecret } = defaultAccount;

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const bucketName = new pulumi.Config().require("bucketName");
const media = ens.PreparedUpload.get("media", bucketName, { clientIp: "203.0.113.7" });
ens.PreparedUpload.get("private", bucketName, { clientIp: "10.0.0.7" });
ens.PreparedUpload.get("hidden", pulumi.secret("secret-assets"));
const managed = new ens.PreparedUpload("managed", { bucketName: "other-assets" });
ens.PreparedUpload.get("late-bucket", managed.physicalBucketName.apply(() => "other-assets"));
const late = new ens.Provider("late", {
  accessKey: managed.requestId.apply(() => "${accessKeyId}"),
  secretKey: "${accessKeySecret}",
});
new ens.PreparedUpload("late-account", { bucketName: "other-assets" }, { provider: late });
const lateLookUp = ens.PreparedUpload.get("late-look-up", "other-assets", undefined, { provider: late });
const nosy = {
  seen: "",
  async configure({ config }: pulumi.dynamic.ConfigureRequest) {
    this.seen = config.get("look-ups:bucketName") ?? "nothing";
  },
  async create() {
    return { id: "id", outs: { seen: this.seen } };
  },
};
class Nosy extends pulumi.dynamic.Resource {
  declare readonly seen: pulumi.Output<string>;
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super(nosy, name, { seen: undefined }, opts);
  }
}
export const seenByOthers = [new Nosy("nosy").seen, new Nosy("nosy-with-ours", { provider: late }).seen];
export const target = media.target;
export const requestIds = [media.requestId, managed.requestId];
export const endpointUrl = media.endpointUrl;
export const lateHost = lateLookUp.target.apply(({ endpointUrl }) => new URL(endpointUrl).host);
`;

describe("look-ups, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const placements = [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }];
  const emulator = useEmulator({
    buckets: [{ name: "media-assets", placements }, "other-assets", "secret-assets"],
  });
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: look-ups\nruntime: nodejs\n", "index.ts": program },
      env: { ...emulator().environment },
      config: { bucketName: "media-assets" },
    });
    undeploy = project.keep();
    await project.up();
    deploy = project.keep();
  });
  beforeEach(() => {
    deploy();
    emulator().clearRequests();
  });
  after(() => project?.remove());

  const asked = () =>
    emulator().requests.map(({ bucketName, clientIp }) => `${bucketName} ${clientIp ?? ""}`);

  it("are known in preview, unless bucket or account are not; and warn of an address that is not public", async () => {
    undeploy();
    const { stdout } = await project.preview();
    assert.match(stdout, /physicalBucketName *: "media-east"/);
    assert.match(stdout, /endpointUrl *: "http:\/\/localhost:\d+"/);
    assert.match(stdout, /lateHost *: \[unknown\]/);
    assert.match(stdout, /warning: clientIp 10\.0\.0\.7 is not a public address/);
    assert.deepEqual(asked().sort(), ["media-assets 10.0.0.7", "media-assets 203.0.113.7", "secret-assets "]);
  });

  it("are asked again by every up, also by that of a plan, change nothing, and are not managed", async () => {
    await project.preview("--save-plan", "plan.json");
    assert.deepEqual(counts(await project.up("--plan", "plan.json")), { unchanged: 6 });
    assert.equal(asked().filter((one) => one === "media-assets 203.0.113.7").length, 2);
    const { lateHost, seenByOthers, requestIds } = await project.outputs<{
      lateHost: string;
      seenByOthers: string[];
      requestIds: (string | null)[];
    }>();
    assert.deepEqual([requestIds.length, requestIds[0] ?? undefined], [2, undefined]);
    assert.ok(requestIds[1]);
    assert.equal(lateHost, emulator().buckets.get("other-assets")?.endpoint);
    assert.deepEqual(seenByOthers, ["media-assets", "nothing"], "a Provider gives no stack configuration");
    assert.doesNotMatch(
      JSON.stringify(await project.resources()),
      /secret-assets/,
      "a secret name is encrypted",
    );
    const external = (await project.uploads()).filter((one) => one.external === true).map(({ urn }) => urn);
    assert.deepEqual(external.map((urn) => urn.split("::").at(-1)).sort(), [
      "hidden",
      "late-bucket",
      "late-look-up",
      "media",
      "private",
    ]);
  });

  it("are an error when there is no such bucket, which says whose account was asked", async () => {
    await project.setConfig("bucketName", "no-such-bucket");
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /bucket "no-such-bucket" failed with NoSuchBucket.*request id.*The account of the keys from environment variable ALI\w+ has no EOS bucket of that name.*aliyun ens ListBuckets/s,
    );
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
  });

  it("are forgotten by destroy, without a call", async () => {
    await project.destroy();
    assert.deepEqual(asked(), []);
    assert.deepEqual(await project.resources(), []);
  });
});
