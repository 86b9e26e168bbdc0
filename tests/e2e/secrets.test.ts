import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { assertAbsent, assertNoCanary, canaries, proxyUser } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

const { accessKeyId, accessKeySecret, securityToken, proxyPassword, uriSecret, fileSecret, trigger } =
  canaries;
/** Secrets that are not the configuration's, which the engine would blind by itself. */
const hidden = {
  bucket: "hidden-bucket-kx",
  clientIp: "198.51.100.77",
  newBucket: "hidden-new-bucket-kx",
  comment: "hidden-comment-kx",
};
const session = {
  ALICLOUD_ACCESS_KEY: `STS.${accessKeyId}`,
  ALICLOUD_SECRET_KEY: accessKeySecret,
  ALICLOUD_SECURITY_TOKEN: securityToken,
};
const none = { ALICLOUD_ACCESS_KEY: "", ALICLOUD_SECRET_KEY: "", ALICLOUD_SECURITY_TOKEN: "" };
const proxy = (host: string) => `http://${proxyUser}:${encodeURIComponent(proxyPassword)}@${host}`;

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const secret = new pulumi.Config().requireSecret("trigger");
const media = new ens.PreparedUpload("media", { bucketName: "media-assets", triggers: [secret, { nested: secret }] });
new ens.PreparedUpload("hidden", {
  bucketName: pulumi.secret(process.env.HIDDEN_BUCKET!),
  clientIp: pulumi.secret(process.env.HIDDEN_IP!),
});
new ens.Bucket("new-bucket", {
  bucketName: pulumi.secret(process.env.HIDDEN_NEW_BUCKET!),
  comment: pulumi.secret(process.env.HIDDEN_COMMENT!),
  adopt: true,
});
ens.Bucket.get("look-up", pulumi.secret(process.env.HIDDEN_BUCKET!));
export const target = media.target;
`;

describe("secrets, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const logged: string[] = [];
  const temporary = { accessKeySecret, securityToken };
  const emulator = useEmulator({
    buckets: ["media-assets", hidden.bucket],
    updateBucketInfo: false,
    accounts: [
      { accessKeyId, accessKeySecret },
      { accessKeyId: `STS.${accessKeyId}`, ...temporary },
      { accessKeyId: `STS.old-${accessKeyId}`, ...temporary, expires: new Date(0) },
    ],
    log: (line) => logged.push(line),
  });
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;
  let proxyServer: Server;

  before(async () => {
    proxyServer = createServer().on("connect", (_request, socket) =>
      socket.end("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic\r\n\r\n"),
    );
    await new Promise<void>((resolve) => proxyServer.listen(0, "127.0.0.1", resolve));
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: secrets\nruntime: nodejs\n", "index.ts": program },
      env: {
        ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url,
        ALIBABA_CLOUD_ENDPOINT_STS: emulator().url,
        HTTPS_PROXY: proxy("127.0.0.1:1"),
        // Lets it write its events into a file.
        PULUMI_DEBUG_COMMANDS: "true",
        HIDDEN_BUCKET: hidden.bucket,
        HIDDEN_IP: hidden.clientIp,
        HIDDEN_NEW_BUCKET: hidden.newBucket,
        HIDDEN_COMMENT: hidden.comment,
      },
      config: { "alicloud-ens:maxRetryTimeout": "0", "alicloud-ens:clientReadTimeout": "2000" },
    });
    await project.setConfig("trigger", trigger, "secret");
    undeploy = project.keep();
    Object.assign(project.env, session);
    await project.up();
    for (const name of Object.keys(session)) delete project.env[name];
    deploy = project.keep();
  });
  after(() => {
    proxyServer.close();
    project.remove();
  });
  beforeEach(() => {
    deploy();
    logged.length = 0;
  });

  /** Runs the CLI as talkative as it can be, and searches all that it prints and leaves. */
  async function run(args: readonly string[], env: Readonly<Record<string, string>>) {
    const usual = { ...project.env };
    Object.assign(project.env, env);
    const result = await project.attempt(["--logtostderr", "-v=9", ...args]);
    Object.assign(project.env, usual);
    for (const name of Object.keys(env)) if (!(name in usual)) delete project.env[name];
    const printed = `${result.stdout}\n${result.stderr}`
      .split("\n")
      // The engine's own lines, which show what it hands to a provider whatever that does.
      .filter((line) => !/marshaling property/i.test(line))
      .join("\n");
    const left = files();
    assertNoCanary({ printed, emulator: logged.join("\n"), ...left });
    // In its debug log, which the events have too, Pulumi blinds none but the configuration's secrets.
    const shown = Object.entries({ printed, ...left }).map(([place, text]) => {
      const rest = text.split("\n").filter((line) => !/^\{"time"|"severity": ?"debug"/.test(line));
      return [place, rest.join("\n")];
    });
    assertAbsent([...Object.values(hidden), "Hidden_Bucket", "hidden-new-bucket"], Object.fromEntries(shown));
    return result;
  }

  /** Every file of the project, its state and home, but not what a test itself planted. */
  function files(): Readonly<Record<string, string>> {
    const folder = join(project.folder, "..");
    const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
      (path) => !path.includes(".aliyun") && statSync(join(folder, path)).isFile(),
    );
    return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
  }

  it("do not leak from deployments that succeed, with temporary keys", async () => {
    undeploy();
    for (const args of [
      ["preview", "--diff", "--json"],
      ["up", "--yes", "--skip-preview", "--event-log", join(project.folder, "events.json")],
      ["up", "--yes", "--skip-preview", "--json"],
      ["refresh", "--yes", "--skip-preview", "--diff"],
      ["stack", "export"],
      ["stack", "history", "--json"],
      ["stack", "output", "--json"],
    ]) {
      const { exitCode, stdout, stderr } = await run(args, session);
      assert.equal(exitCode, 0, `${args.join(" ")}: ${stdout}${stderr.slice(-2000)}`);
    }
    assert.ok(Object.keys(files()).some((path) => path.endsWith("events.json")));
    assert.ok(Object.keys(files()).some((path) => path.includes("history")));
    // Who asks for secrets sees the inputs that are, and still no credential.
    const { stdout } = await project.attempt(["stack", "export", "--show-secrets"]);
    for (const value of [trigger, ...Object.values(hidden)]) assert.ok(stdout.includes(value), value);
    assertNoCanary({ stdout }, [trigger]);
  });

  for (const [what, env, expected] of [
    [
      "a token that has expired",
      { ...session, ALICLOUD_ACCESS_KEY: `STS.old-${accessKeyId}` },
      /InvalidSecurityToken\.Expired/,
    ],
    [
      "a secret that is wrong",
      { ...none, ALICLOUD_ACCESS_KEY: accessKeyId, ALICLOUD_SECRET_KEY: `${accessKeySecret}x` },
      /SignatureDoesNotMatch/,
    ],
    [
      "a role that is refused",
      { ...session, ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/none" },
      /could not be assumed/,
    ],
    [
      "a credentials URI that is down",
      { ...none, ALICLOUD_CREDENTIALS_URI: `http://127.0.0.1:1/?key=${uriSecret}` },
      /credentials URI/,
    ],
    [
      "a secret input that check refuses",
      { ...session, HIDDEN_BUCKET: "Hidden_Bucket", HIDDEN_IP: hidden.bucket },
      /bucketName: expected the name of an EOS bucket .* got \[secret\]/s,
    ],
    [
      "a bucket with a secret name whose comment ENS does not let be changed",
      { ...session, HIDDEN_COMMENT: `another ${hidden.comment}` },
      /UpdateBucketInfo for bucket "\[secret\]" failed with InvalidAction\.NotFound/,
    ],
    [
      "a secret input that ENS refuses",
      { ...session, HIDDEN_BUCKET: `${hidden.bucket}-not` },
      /bucket "\[secret\]" failed with NoSuchBucket/,
    ],
  ] as const) {
    it(`do not leak from ${what}`, async () => {
      const { exitCode, stdout } = await run(["up", "--yes", "--skip-preview", "--refresh"], env);
      assert.notEqual(exitCode, 0);
      assert.match(stdout, expected);
    });
  }

  it("do not leak from a proxy that refuses its password", async () => {
    const { port } = proxyServer.address() as AddressInfo;
    const env = {
      ALIBABA_CLOUD_ENDPOINT_ENS: "https://ens.example.test",
      HTTPS_PROXY: proxy(`127.0.0.1:${port}`),
    };
    const { stdout } = await run(["refresh", "--yes", "--skip-preview"], { ...session, ...env });
    assert.match(stdout, /407/);
  });

  it("do not leak from a profile file that is malformed", async () => {
    const folder = join(project.env.HOME ?? "", ".aliyun");
    mkdirSync(folder);
    writeFileSync(join(folder, "config.json"), `{ "profiles": [ { "access_key_secret": "${fileSecret}" `);
    const { stdout } = await run(["refresh", "--yes", "--skip-preview"], { ALICLOUD_PROFILE: "main" });
    rmSync(folder, { recursive: true });
    assert.match(stdout, /is not a file of profiles/);
  });

  it("do not leak from a deployment that succeeds, with a key pair in the configuration", async () => {
    await project.setConfig("alicloud-ens:accessKey", accessKeyId, "secret");
    await project.setConfig("alicloud-ens:secretKey", accessKeySecret, "secret");
    assert.equal((await run(["up", "--yes", "--skip-preview"], {})).exitCode, 0);
    assert.equal((await project.uploads()).length, 4);
    const { stdout } = await project.attempt(["stack", "export", "--show-secrets"]);
    const uploads = (JSON.parse(stdout).deployment.resources as { type: string }[]).filter(({ type }) =>
      type.includes("alicloud-ens:"),
    );
    assertNoCanary({ uploads: JSON.stringify(uploads) }, [trigger]);
  });
});
