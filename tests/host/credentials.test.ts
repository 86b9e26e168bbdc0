import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { useHome } from "../support/home";
import { profileKey, writeProfiles } from "../support/profiles";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startWithoutKeys } from "../support/start-provider";

const secret = "canary-secret";
const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };

describe("credentials", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: ["plain", "ini"]
      .map((accessKeyId) => ({ accessKeyId, accessKeySecret: secret }))
      .concat(
        profileKey,
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
      if (path === "/latest/api/token") response.end("metadata-token");
      else if (path.endsWith("/security-credentials/uploader"))
        response.end(JSON.stringify(temporary("STS.ecs")));
      else if (path === "/credentials") response.end(JSON.stringify(temporary("STS.uri")));
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

  const start = (options: ProviderProcessOptions) => startWithoutKeys(emulator(), home(), options);

  /** The key that the call was signed with. */
  async function keyUsed(options: ProviderProcessOptions): Promise<string | undefined> {
    await (await start(options)).create(inputs);
    return emulator().requests.at(-1)?.accessKeyId;
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
});
