import assert from "node:assert/strict";
import { join } from "node:path";
import { assertNoCanary, canaries } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { endOf, hangingCommand } from "../support/external-command";
import { writeProfiles } from "../support/profiles";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const { accessKeySecret, securityToken, fileSecret } = canaries;

describe("a profile of aliyun that nobody named, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [{ accessKeyId: "STS.printed", accessKeySecret, securityToken }],
  });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: profiles\nruntime: nodejs\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": `
const ens = require("pulumi-alicloud-ens");
for (let n = 0; n < 4; n += 1) new ens.PreparedUpload("media-" + n, { bucketName: "media-assets" });
`,
      },
      env: { ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url, ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true" },
    });
  });
  after(() => project?.remove());

  const home = () => project.env.HOME ?? "";

  function write(profile: Readonly<Record<string, unknown>>): void {
    const profiles = [{ name: "work", ...profile }];
    writeProfiles(join(home(), ".aliyun", "config.json"), JSON.stringify({ current: "work", profiles }));
  }

  it("says when its sign-in expired and how to sign in again", async () => {
    write({
      mode: "CloudSSO",
      cloud_sso_sign_in_url: "https://signin.example.test/start/login",
      cloud_sso_account_id: "1",
      cloud_sso_access_config: "ac-1",
      access_token: fileSecret,
      cloud_sso_access_token_expire: 1_750_000_000,
    });
    const { exitCode, stdout, stderr } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /No credentials found\..*The profile "work" of .*config\.json has mode CloudSSO \(a sign-in with CloudSSO\), but that expired at 2025-06-15T15:06:40Z\..*Sign in again: `aliyun configure --profile work --mode CloudSSO`\./s,
    );
    assertNoCanary({ stdout, stderr });
  });

  it("whose command hangs is ended by Ctrl-C, and leaves no process behind", async () => {
    const { command, pids, started } = hangingCommand(home());
    write({ mode: "External", process_command: command });
    const interruption = new AbortController();
    const run = project.attempt(["up", "--yes", "--skip-preview"], { signal: interruption.signal });
    await Promise.race([started(), run]);
    const began = Date.now();
    interruption.abort();
    const { exitCode, stdout, stderr } = await run;
    assert.ok(Date.now() - began < 30_000, "long before clientReadTimeout");
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /The deployment was cancelled before ENS had answered\. Nothing was changed/);
    assertNoCanary({ stdout, stderr });
    await endOf(pids());
  });

  it("whose command prints keys works, and no key enters the state", async () => {
    const keys = {
      mode: "StsToken",
      access_key_id: "STS.printed",
      access_key_secret: accessKeySecret,
      sts_token: securityToken,
    };
    write({ mode: "External", process_command: `echo '${JSON.stringify(keys)}'` });
    const up = await project.up();
    assert.deepEqual(counts(up), { created: 4, unchanged: 1 });
    const state = JSON.stringify(await project.state());
    assertNoCanary({ stdout: up.stdout, stderr: up.stderr, state });
    assert.equal(emulator().requests.at(-1)?.accessKeyId, "STS.printed");
  });
});
