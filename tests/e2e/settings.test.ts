import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { oidcProvider, oidcProviderArn, oidcToken } from "../support/oidc";
import { profileKey, writeProfiles } from "../support/profiles";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const roleArn = "acs:ram::123456789012:role/ci";

const program = `
import * as ens from "pulumi-alicloud-ens";
new ens.PreparedUpload("media", { bucketName: "media-assets" });
const pipeline = new ens.Provider("pipeline", {
  assumeRoleWithOidc: {
    roleArn: "${roleArn}",
    oidcProviderArn: "${oidcProviderArn}",
    oidcToken: process.env.TEST_TOKEN,
  },
});
new ens.PreparedUpload("theirs", { bucketName: "media-assets" }, { provider: pipeline });
`;

const single = `
import * as ens from "pulumi-alicloud-ens";
new ens.PreparedUpload("media", { bucketName: "media-assets" });
`;

describe("settings, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [profileKey, { accessKeyId: "ours", accessKeySecret: "right-secret" }],
    roles: [{ roleArn, oidcProviderArn }],
    oidcProviders: [oidcProvider],
  });
  const tokens = { stack: oidcToken(), provider: oidcToken({ sub: "pipeline" }) };
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: settings\nruntime: nodejs\n", "index.ts": program },
      env: {
        ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url,
        ALIBABA_CLOUD_ENDPOINT_STS: emulator().url,
        TEST_TOKEN: tokens.provider,
      },
    });
    // The machine has an account of its own, which this stack may never ask.
    writeProfiles(join(project.env.HOME ?? "", ".aliyun", "config.json"));
    const parts = { roleArn, oidcProviderArn, oidcToken: tokens.stack };
    for (const [part, value] of Object.entries(parts)) {
      const secret = part === "oidcToken" ? ["--secret"] : [];
      await project.run([
        "config",
        "set",
        ...secret,
        "--path",
        `alicloud:assumeRoleWithOidc.${part}`,
        "--",
        value,
      ]);
    }
  });
  beforeEach(() => emulator().clearRequests());
  after(() => project?.remove());

  /** Who asked for what, in no order. */
  const asked = () =>
    emulator()
      .requests.map(
        ({ action, accessKeyId }) => `${action} ${accessKeyId?.replace(/^STS\..*/, "session") ?? "nobody"}`,
      )
      .sort();

  it("assumeRoleWithOidc of alicloud: and of a Provider is the account that is asked, and the machine's profile is not", async () => {
    assert.deepEqual(counts(await project.up()), { created: 4 });
    assert.deepEqual(asked(), [
      "AssumeRoleWithOIDC nobody",
      "AssumeRoleWithOIDC nobody",
      "PrepareUpload session",
      "PrepareUpload session",
    ]);
  });

  it("leave no token in any file", () => {
    const folder = join(project.folder, "..");
    const texts = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => readFileSync(join(folder, path), "utf8"));
    assert.ok(
      texts.some((text) => text.includes("alicloud-ens:assumeRoleWithOidc")),
      "state is among them",
    );
    for (const token of Object.values(tokens)) {
      assert.equal(
        texts.some((text) => text.includes(token)),
        false,
      );
    }
  });

  it("that would choose an account and cannot be followed are an error in preview, and nobody is asked", async () => {
    project.write("index.ts", single);
    await project.run(["config", "rm", "--path", "alicloud:assumeRoleWithOidc.roleArn"]);
    await project.run(["config", "set", "--path", "alicloud:assumeRoleWithOidc.rolArn", "--", roleArn]);
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /alicloud:assumeRoleWithOidc\.rolArn.*\n?.*is not known .*Did you mean roleArn\?/s);
    assert.match(stdout, /`pulumi config rm --path alicloud:assumeRoleWithOidc\.rolArn`/);
    assert.deepEqual(asked(), []);
  });

  it("of the environment are corrected there: keys that are refused, and an endpoint where no emulator runs", async () => {
    project.write("index.ts", single);
    project.removeConfig("alicloud:assumeRoleWithOidc");
    Object.assign(project.env, { ALICLOUD_ACCESS_KEY: "ours", ALICLOUD_SECRET_KEY: "wrong-secret" });
    const wrongKey = await project.attempt(["up", "--yes", "--skip-preview", "--replace", "**media"]);
    assert.match(wrongKey.stdout, /SignatureDoesNotMatch.*`export ALICLOUD_SECRET_KEY=<secret>`/s);
    assert.doesNotMatch(wrongKey.stdout, /pulumi config set|wrong-secret/);

    project.env.ALICLOUD_SECRET_KEY = "right-secret";
    Object.assign(project.env, { ALIBABA_CLOUD_ENDPOINT_ENS: "http://127.0.0.1:1", MAX_RETRY_TIMEOUT: "0" });
    const nobody = await project.attempt(["up", "--yes", "--skip-preview", "--replace", "**media"]);
    assert.match(
      nobody.stdout,
      /nothing listens there \(ECONNREFUSED\).*Start the emulator that the setting endpoint \(environment variable ALIBABA_CLOUD_ENDPOINT_ENS\) is for: `npx pulumi-alicloud-ens emulator --port 1`.*`unset ALIBABA_CLOUD_ENDPOINT_ENS`/s,
    );
  });
});

describe("a region that is misspelt, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  let project: PulumiProject;
  after(() => project?.remove());

  it("is a warning of a preview, with what was meant, where it is; a new region is none", async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: regions\nruntime: nodejs\n",
        "index.ts": `
import * as ens from "pulumi-alicloud-ens";
new ens.PreparedUpload("media", { bucketName: "media-assets" });
new ens.Provider("asia", { region: "ap-southeast1" });
new ens.Provider("new", { region: "eu-north-1" });
`,
      },
      config: { "alicloud:region": "hangzhou" },
    });
    const { stdout } = await project.preview();
    const warnings = stdout.match(/^ {4}warning: .*$/gm)?.map((line) => line.trim());
    const said = (text: string, meant: string) =>
      `warning: ${text}, so ENS is asked at ens.aliyuncs.com. Did you mean ${meant}? Set it: `;
    assert.deepEqual(warnings?.sort(), [
      `${said('"ap-southeast1" is no region that is known (argument region of the provider "asia")', "ap-southeast-1")}` +
        '`new ens.Provider("asia", { region: "ap-southeast-1" })`.',
      `${said('"hangzhou" is no region that is known (stack configuration alicloud:region)', "cn-hangzhou")}` +
        "`pulumi config set alicloud:region cn-hangzhou`.",
    ]);
  });
});
