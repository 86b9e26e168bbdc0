import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorFault } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

const keyId = "canary-key-id";
const secret = "canary-secret-value";
const token = "canary-token-value";
const program = `
import * as ens from "pulumi-alicloud-ens";
export const target = new ens.PreparedUpload("media", { bucketName: "media-assets" }).target;
`;

describe("secrets, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const logged: string[] = [];
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [
      { accessKeyId: keyId, accessKeySecret: secret },
      { accessKeyId: `STS.${keyId}`, accessKeySecret: secret, securityToken: token },
      {
        accessKeyId: `STS.old-${keyId}`,
        accessKeySecret: secret,
        securityToken: token,
        expires: new Date(0),
      },
    ],
    log: (line) => logged.push(line),
  });
  let project: PulumiProject;

  beforeEach(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: secrets\nruntime: nodejs\n", "index.ts": program },
      env: { ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url, ALIBABA_CLOUD_ENDPOINT_STS: emulator().url },
      config: { "alicloud-ens:maxRetryTimeout": "0", "alicloud-ens:clientReadTimeout": "2000" },
    });
  });
  afterEach(() => {
    emulator().clearFaults();
    project.remove();
  });

  /** Runs everything a user runs, as talkative as it can be, and searches all it leaves and prints. */
  async function assertNothingLeaks(expected: "success" | RegExp): Promise<void> {
    const talkative = ["--logtostderr", "-v=9"];
    const runs = [
      await project.attempt([...talkative, "up", "--yes", "--skip-preview"]),
      await project.attempt([...talkative, "refresh", "--yes", "--skip-preview"]),
    ];
    if (expected === "success")
      assert.deepEqual(
        runs.map(({ exitCode }) => exitCode),
        [0, 0],
        runs[0]?.stdout,
      );
    else assert.match(runs[0]?.stdout ?? "", expected);
    const printed = runs
      .flatMap(({ stdout, stderr }) => `${stdout}\n${stderr}`.split("\n"))
      // The engine's own lines, which show the configuration it hands to a provider whatever that does.
      .filter((line) => !line.includes("Marshaling property"));
    const left = [...files(join(project.folder, "..")), ...logged];
    for (const canary of [secret, token]) {
      assert.deepEqual(
        [...printed, ...left].filter((text) => text.includes(canary)),
        [],
        canary,
      );
    }
    // A key id is no secret to its owner, but has no business in our resources.
    assert.doesNotMatch(JSON.stringify(await project.uploads()), /canary/);
  }

  /** The content of every file of a project's state and home, but not of what the test itself planted. */
  function files(folder: string): string[] {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => !path.includes(".aliyun") && statSync(join(folder, path)).isFile())
      .map((path) => readFileSync(join(folder, path), "utf8"));
  }

  it("do not leak from a deployment that succeeds, with a key pair", async () => {
    await project.setConfig("alicloud-ens:accessKey", keyId);
    await project.setConfig("alicloud-ens:secretKey", secret, "secret");
    await assertNothingLeaks("success");
  });

  it("do not leak from a deployment that succeeds, with temporary keys", async () => {
    Object.assign(project.env, {
      ALICLOUD_ACCESS_KEY: `STS.${keyId}`,
      ALICLOUD_SECRET_KEY: secret,
      ALICLOUD_SECURITY_TOKEN: token,
    });
    await assertNothingLeaks("success");
  });

  it("do not leak from a profile file that is malformed", async () => {
    const folder = join(project.env.HOME ?? "", ".aliyun");
    mkdirSync(folder);
    writeFileSync(join(folder, "config.json"), `{ "profiles": [ { "access_key_secret": "${secret}" `);
    await project.setConfig("alicloud-ens:profile", "main");
    await assertNothingLeaks(/is not a file of profiles/);
  });

  for (const [what, env, expected] of [
    ["half a key pair", { ALICLOUD_SECRET_KEY: secret }, /accessKey.*is missing/],
    ["a key that is unknown", { ALICLOUD_ACCESS_KEY: "nobody", ALICLOUD_SECRET_KEY: secret }, /NotFound/],
    [
      "a token that has expired",
      {
        ALICLOUD_ACCESS_KEY: `STS.old-${keyId}`,
        ALICLOUD_SECRET_KEY: secret,
        ALICLOUD_SECURITY_TOKEN: token,
      },
      /InvalidSecurityToken\.Expired/,
    ],
    [
      "a secret that is wrong",
      { ALICLOUD_ACCESS_KEY: keyId, ALICLOUD_SECRET_KEY: `${secret}-not` },
      /SignatureDoesNotMatch/,
    ],
    [
      "an endpoint with a password",
      { ALICLOUD_ENDPOINT_ENS: `https://me:${secret}@ens.aliyuncs.com` },
      /expected a host/,
    ],
    [
      "a role that is refused",
      {
        ALICLOUD_ACCESS_KEY: keyId,
        ALICLOUD_SECRET_KEY: secret,
        ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/none",
      },
      /could not be assumed/,
    ],
    [
      "a credentials URI that holds one",
      { ALICLOUD_CREDENTIALS_URI: `http://127.0.0.1:1/?k=${secret}` },
      /credentials URI/,
    ],
  ] as const) {
    it(`do not leak from ${what}`, async () => {
      Object.assign(project.env, env);
      await assertNothingLeaks(expected);
    });
  }

  for (const [what, fault, expected] of [
    ["a hang", { kind: "hang" }, /no answer/],
    ["a reset", { kind: "reset" }, /ECONNRESET/],
    ["an answer that is none", { kind: "body", body: "<html>" }, /not JSON/],
    ["a server error", { kind: "error", code: "InternalError", status: 500 }, /InternalError/],
  ] satisfies [string, EmulatorFault, RegExp][]) {
    it(`do not leak from ${what}`, async () => {
      Object.assign(project.env, { ALICLOUD_ACCESS_KEY: keyId, ALICLOUD_SECRET_KEY: secret });
      emulator().fail({ ...fault, times: 99 });
      await assertNothingLeaks(expected);
    });
  }
});
