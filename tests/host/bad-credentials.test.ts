import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { useHome } from "../support/home";
import { profile, profileKey, writeProfiles } from "../support/profiles";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startWithoutKeys } from "../support/start-provider";

const secret = "canary-secret";
const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };
const pair = { "alicloud:accessKey": "plain", "alicloud:secretKey": secret };

describe("credentials that are missing, broken or refused", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [{ accessKeyId: "plain", accessKeySecret: secret }, profileKey],
    roles: [{ roleArn, externalId: "partner" }],
  });
  const home = useHome();
  /** A credentials URI that gives none, and an STS whose answer is `session`. */
  let server: Server;
  let serverUrl: string;
  let session = "";

  before(async () => {
    server = createServer((request, response) => {
      if (request.headers["x-acs-action"] === "AssumeRole") response.end(session);
      else if (request.url === "/broken") response.end(`{ "AccessKeySecret": "${secret}"`);
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const start = (options: ProviderProcessOptions) => startWithoutKeys(emulator(), home(), options);

  async function failure(options: ProviderProcessOptions): Promise<string> {
    const provider = await start(options);
    const error = await failing(provider.create(inputs));
    assert.doesNotMatch(`${error.message}${provider.stderr}`, /canary/);
    return error.message;
  }

  it("missing altogether: says how to set them, and what shows every place looked at", async () => {
    assert.match(
      await failure({}),
      /^2 UNKNOWN: No credentials found\.\n.*`pulumi config set alicloud-ens:accessKey <id>`.*`npx pulumi-alicloud-ens doctor`/,
    );
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
      /is not a file of profiles.*aliyun configure/s,
    );
    assert.match(await failure({}), /No credentials found/);
  });

  it("of a profile that is not there: says which there are", async () => {
    writeProfiles(join(home(), ".aliyun", "config.json"));
    const message = await failure({ config: { "alicloud:profile": "other" } });
    assert.match(message, /no profile "other" \(stack configuration alicloud:profile\).*\(it has main\)/s);
  });

  it("of a profile whose file holds terminal escapes: prints none of them", async () => {
    const names = ["a\u001b[2J", "b\nc\u202e"].map(profile);
    writeProfiles(join(home(), ".aliyun", "config.json"), JSON.stringify({ profiles: names }));
    const message = await failure({ config: { "alicloud:profile": "other\u001b]0;title\u0007" } });
    assert.match(message, /no profile "other \]0;title"/);
    assert.doesNotMatch(message.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    const incomplete = JSON.stringify({
      current: "x\u001b[2J",
      profiles: [{ name: "x\u001b[2J", mode: "AK" }],
    });
    writeProfiles(join(home(), ".aliyun", "config.json"), incomplete);
    const file = { "alicloud-ens:sharedCredentialsFile": "~/.aliyun/config.json" };
    assert.doesNotMatch((await failure({ config: file })).replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
  });

  it("of a file that is not there: says which", async () => {
    const message = await failure({
      config: { "alicloud:sharedCredentialsFile": join(home(), "none.json") },
    });
    assert.match(message, /none\.json .*does not exist.*pulumi config set alicloud:sharedCredentialsFile/s);
  });

  it("of a URI that gives none: says so without showing what it gave", async () => {
    assert.match(
      await failure({ config: { "alicloud:credentialsUri": `${serverUrl}/broken` } }),
      /credentials URI/,
    );
    assert.match(await failure({ config: { "alicloud:credentialsUri": `${serverUrl}/none` } }), /status 404/);
  });

  it("of a role that may not be assumed: says which, with what, and the permission it takes", async () => {
    const role = JSON.stringify({ roleArn, externalId: "stranger" });
    const message = await failure({ config: { ...pair, "alicloud:assumeRole": role } });
    assert.match(
      message,
      /role acs:ram::123456789012:role\/uploader .*NoPermission.*allows the user sts:AssumeRole on it\./s,
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
        /answer to AssumeRole for .*role\/uploader .*request id REQ-1\) has no credentials: .*the setting endpoints\[\]\.sts \(stack configuration alicloud:endpoints\[0\]\.sts\)\./s,
      );
    });
  }

  it("refused by the gateway: says where the access key came from", async () => {
    const message = await failure({
      config: { "alicloud:accessKey": "nobody" },
      env: { ALICLOUD_SECRET_KEY: secret },
    });
    assert.match(message, /InvalidAccessKeyId\.NotFound/);
    assert.match(
      message,
      /The access key from stack configuration alicloud:accessKey does not exist\.\nSet one that does, with its secretKey: `pulumi config set alicloud:accessKey <id>`/,
    );
  });
});
