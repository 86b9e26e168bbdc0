import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { useHome } from "../support/home";
import {
  ProviderProcess,
  type ProviderProcessOptions,
  stopProviderProcesses,
} from "../support/provider-process";

const secret = "canary-secret";
const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };

describe("credentials", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: ["plain", "profile", "ini", "default"]
      .map((accessKeyId) => ({ accessKeyId, accessKeySecret: secret }))
      .concat(
        ["STS.pair", "STS.uri", "STS.ecs"].map((accessKeyId) => ({
          accessKeyId,
          accessKeySecret: secret,
          securityToken: "canary-token",
        })),
      ),
    roles: [{ roleArn, externalId: "partner" }],
  });
  const home = useHome();
  let server: Server;
  let serverUrl: string;
  let asked: string[] = [];
  /** What the server answers as STS. */
  let session = "";

  /** A credentials URI and an ECS metadata service in one. */
  const temporary = (accessKeyId: string) => ({
    Code: "Success",
    AccessKeyId: accessKeyId,
    AccessKeySecret: secret,
    SecurityToken: "canary-token",
    Expiration: new Date(Date.now() + 3_600_000 * 6).toISOString().replace(/\.\d+/, ""),
  });

  before(async () => {
    server = createServer((request, response) => {
      const path = request.url ?? "";
      asked.push(path);
      if (request.headers["x-acs-action"] === "AssumeRole") response.end(session);
      else if (path === "/latest/api/token") response.end("metadata-token");
      else if (path.endsWith("/security-credentials/uploader"))
        response.end(JSON.stringify(temporary("STS.ecs")));
      else if (path === "/credentials") response.end(JSON.stringify(temporary("STS.uri")));
      else if (path === "/broken") response.end(`{ "AccessKeySecret": "${secret}"`);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  beforeEach(() => {
    asked = [];
    emulator().clearRequests();
  });

  async function start({ config, env }: ProviderProcessOptions): Promise<ProviderProcess> {
    return ProviderProcess.start({
      config: { "alicloud-ens:endpoint": emulator().url, ...config },
      env: { HOME: home(), ALIBABA_CLOUD_ENDPOINT_STS: emulator().url, ...env },
    });
  }

  /** The key that the call was signed with. */
  async function keyUsed(options: ProviderProcessOptions): Promise<string | undefined> {
    await (await start(options)).create(inputs);
    return emulator().requests.at(-1)?.accessKeyId;
  }

  async function failure(options: ProviderProcessOptions): Promise<string> {
    const provider = await start(options);
    const error = await provider.create(inputs).then(
      () => undefined,
      (reason: Error) => reason,
    );
    assert.ok(error !== undefined, "the call succeeded");
    assert.doesNotMatch(`${error.message}${provider.stderr}`, /canary/);
    return error.message;
  }

  function writeProfiles(
    path: string,
    content = JSON.stringify({ current: "main", profiles: [profile("main")] }),
  ): void {
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, content);
  }

  function profile(name: string) {
    return { name, mode: "AK", access_key_id: "profile", access_key_secret: secret };
  }

  const pair = { "alicloud:accessKey": "plain", "alicloud:secretKey": secret };

  it("of a key pair", async () => {
    assert.equal(await keyUsed({ config: pair }), "plain");
  });

  it("of a key pair with an STS token", async () => {
    const env = {
      ALICLOUD_ACCESS_KEY: "STS.pair",
      ALICLOUD_SECRET_KEY: secret,
      ALICLOUD_SECURITY_TOKEN: "canary-token",
    };
    assert.equal(await keyUsed({ env }), "STS.pair");
  });

  it("of a profile of the aliyun command line", async () => {
    writeProfiles(join(home(), ".aliyun", "config.json"));
    assert.equal(await keyUsed({ config: { "alicloud:profile": "main" } }), "profile");
  });

  it("of a profile in a file of its own, the current one where none is named", async () => {
    writeProfiles(join(home(), "mine.json"));
    assert.equal(
      await keyUsed({ config: { "alicloud-ens:sharedCredentialsFile": "~/mine.json" } }),
      "profile",
    );
  });

  it("of a profile in the vendor's INI file", async () => {
    writeProfiles(
      join(home(), ".alibabacloud", "credentials"),
      `[legacy]\ntype = access_key\naccess_key_id = ini\naccess_key_secret = ${secret}\n`,
    );
    assert.equal(await keyUsed({ env: { ALICLOUD_PROFILE: "legacy" } }), "ini");
  });

  it("of a credentials URI, asked once for many calls", async () => {
    const provider = await start({ config: { "alicloud-ens:credentialsUri": `${serverUrl}/credentials` } });
    await Promise.all(Array.from({ length: 20 }, () => provider.create(inputs)));
    assert.ok(emulator().requests.every(({ accessKeyId }) => accessKeyId === "STS.uri"));
    assert.deepEqual(asked, ["/credentials"]);
  });

  it("of the role of an ECS instance", async () => {
    const preload = join(__dirname, "..", "support", "redirect-metadata.cjs");
    const env = {
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "false",
      NODE_OPTIONS: `--require ${preload}`,
      TEST_METADATA_URL: serverUrl,
    };
    assert.equal(await keyUsed({ config: { "alicloud:ecsRoleName": "uploader" }, env }), "STS.ecs");
  });

  it("of a RAM role to assume, asked of STS once for many calls", async () => {
    const role = JSON.stringify({ roleArn, externalId: "partner", sessionName: "deploy" });
    const provider = await start({ config: { ...pair, "alicloud:assumeRole": role } });
    await Promise.all(Array.from({ length: 20 }, () => provider.create(inputs)));
    const { requests } = emulator();
    assert.deepEqual(
      requests.filter(({ action }) => action === "AssumeRole").map(({ accessKeyId }) => accessKeyId),
      ["plain"],
    );
    const calls = requests.filter(({ action }) => action === "PrepareUpload");
    assert.equal(calls.length, 20);
    assert.ok(calls.every(({ accessKeyId }) => accessKeyId?.startsWith("STS.")));
  });

  it("of the default chain, for many first calls at once", async () => {
    writeProfiles(join(home(), ".aliyun", "config.json"));
    const provider = await start({});
    await Promise.all(Array.from({ length: 20 }, () => provider.create(inputs)));
    assert.ok(emulator().requests.every(({ accessKeyId }) => accessKeyId === "profile"));
  });

  it("missing altogether: says every place looked at and how to set them", async () => {
    const message = await failure({});
    for (const place of [
      "alicloud-ens:accessKey",
      "alicloud:secretKey",
      "ALICLOUD_ACCESS_KEY",
      "ALIBABA_CLOUD_ACCESS_KEY_ID",
      "alicloud:profile",
      "ALICLOUD_ECS_ROLE_NAME",
      "~/.aliyun/config.json",
      "~/.alibabacloud/credentials",
      "ALIBABA_CLOUD_CREDENTIALS_URI",
      "pulumi config set alicloud-ens:accessKey",
    ]) {
      assert.ok(message.includes(place), place);
    }
  });

  it("missing at first: are found by a later call of the same process", async () => {
    const provider = await start({});
    await assert.rejects(provider.create(inputs), /No credentials found/);
    writeProfiles(join(home(), ".aliyun", "config.json"));
    await provider.create(inputs);
  });

  it("in a malformed profile file: says so without showing any of it", async () => {
    writeProfiles(join(home(), ".aliyun", "config.json"), `{ "profiles": [ "${secret}" `);
    assert.match(
      await failure({ config: { "alicloud:profile": "main" } }),
      /is not a file of profiles.*aliyun configure/,
    );
    assert.match(await failure({}), /No credentials found/);
  });

  it("of a profile that is not there: says which there are", async () => {
    writeProfiles(join(home(), ".aliyun", "config.json"));
    const message = await failure({ config: { "alicloud:profile": "other" } });
    assert.match(
      message,
      /no profile "other" \(profile from stack configuration alicloud:profile\).*\(it has main\)/,
    );
  });

  it("of a profile whose file holds terminal escapes: prints none of them", async () => {
    const names = ["a\u001b[2J", "b\nc\u202e"].map(profile);
    writeProfiles(join(home(), ".aliyun", "config.json"), JSON.stringify({ profiles: names }));
    const message = await failure({ config: { "alicloud:profile": "other\u001b]0;title\u0007" } });
    assert.match(message, /no profile "other \]0;title"/);
    assert.doesNotMatch(message, /[\p{Cc}\p{Cf}]/u);
    const incomplete = JSON.stringify({
      current: "x\u001b[2J",
      profiles: [{ name: "x\u001b[2J", mode: "AK" }],
    });
    writeProfiles(join(home(), ".aliyun", "config.json"), incomplete);
    const file = { "alicloud-ens:sharedCredentialsFile": "~/.aliyun/config.json" };
    assert.doesNotMatch(await failure({ config: file }), /[\p{Cc}\p{Cf}]/u);
  });

  it("of a file that is not there: says which", async () => {
    const message = await failure({
      config: { "alicloud:sharedCredentialsFile": join(home(), "none.json") },
    });
    assert.match(
      message,
      /none\.json .*does not exist.*pulumi config set alicloud-ens:sharedCredentialsFile/,
    );
  });

  it("of a URI that gives none: says so without showing what it gave", async () => {
    assert.match(
      await failure({ config: { "alicloud:credentialsUri": `${serverUrl}/broken` } }),
      /credentials URI/,
    );
    assert.match(await failure({ config: { "alicloud:credentialsUri": `${serverUrl}/none` } }), /status 404/);
  });

  it("of a role that may not be assumed: says which, with what, and the policy it takes", async () => {
    const role = JSON.stringify({ roleArn, externalId: "stranger" });
    const message = await failure({ config: { ...pair, "alicloud:assumeRole": role } });
    assert.match(
      message,
      /role acs:ram::123456789012:role\/uploader .*NoPermission.*"Action":"sts:AssumeRole"/,
    );
  });

  for (const credentials of [
    null,
    "x",
    { AccessKeyId: "STS.a", AccessKeySecret: secret, SecurityToken: "t" },
    { AccessKeyId: "STS.a", AccessKeySecret: secret, SecurityToken: "t", Expiration: { toString: 1 } },
    {
      AccessKeyId: "STS.a\r\nX: y",
      AccessKeySecret: secret,
      SecurityToken: "t",
      Expiration: "2999-01-01T00:00:00Z",
    },
  ]) {
    const shown = JSON.stringify(credentials).replaceAll(secret, "…");
    it(`of a role for which STS answers ${shown}: says so, with the request id`, async () => {
      session = JSON.stringify({ RequestId: "REQ-1", Credentials: credentials });
      const config = {
        ...pair,
        "alicloud:assumeRole": JSON.stringify({ roleArn }),
        "alicloud:endpoints": JSON.stringify([{ sts: serverUrl }]),
      };
      assert.match(
        await failure({ config }),
        /answer to AssumeRole for .*role\/uploader .*request id REQ-1\) has no credentials.*sts entry of/,
      );
    });
  }

  it("refused by the gateway: says where each half came from", async () => {
    const message = await failure({
      config: { "alicloud:accessKey": "nobody" },
      env: { ALICLOUD_SECRET_KEY: secret },
    });
    assert.match(message, /InvalidAccessKeyId\.NotFound/);
    assert.match(
      message,
      /access key from stack configuration alicloud:accessKey, secret key from environment variable ALICLOUD_SECRET_KEY/,
    );
  });
});
