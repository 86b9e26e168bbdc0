import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { defaultAccount } from "../../emulator";
import { keyPair, useEnsBehindTls } from "../support/ens-behind-tls";
import { stopProviderProcesses } from "../support/provider-process";
import { proxyUser, useProxies } from "../support/test-proxy";

const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };

describe("credentials behind a proxy", () => {
  stopProviderProcesses();
  const ens = useEnsBehindTls({
    buckets: ["media-assets"],
    accounts: [
      defaultAccount,
      { accessKeyId: "STS.asked", accessKeySecret: "canary", securityToken: "canary-token" },
    ],
    roles: [{ roleArn }],
  });
  const startProxy = useProxies();

  let credentials: Server;
  let credentialsPort: number;
  before(async () => {
    // A credentials URI and an ECS metadata service in one.
    credentials = createServer((request, response) => {
      if (request.url === "/latest/api/token") response.end("metadata-token");
      else {
        const Expiration = new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+/, "");
        response.end(
          JSON.stringify({
            Code: "Success",
            AccessKeyId: "STS.asked",
            AccessKeySecret: "canary",
            SecurityToken: "canary-token",
            Expiration,
          }),
        );
      }
    });
    await new Promise<void>((resolve) => credentials.listen(0, "127.0.0.1", resolve));
    credentialsPort = (credentials.address() as AddressInfo).port;
  });
  after(() => {
    credentials.close();
    credentials.closeAllConnections();
  });

  it("asks STS for a role through the proxy", async () => {
    const proxy = await startProxy({ user: proxyUser });
    const config = { ...keyPair, "alicloud-ens:assumeRole": JSON.stringify({ roleArn }) };
    const provider = await ens().start({
      config,
      env: { HTTPS_PROXY: `http://${proxyUser.inUrl}@${proxy.host}` },
    });
    await provider.create(inputs);
    assert.ok(proxy.asked.length > 0);
    assert.deepEqual(
      ens().emulator.requests.map(({ action }) => action),
      ["AssumeRole", "PrepareUpload"],
    );
  });

  for (const [what, config, variable] of [
    ["a credentials URI", "alicloud-ens:credentialsUri", undefined],
    ["a credentials URI of the default chain", undefined, "ALIBABA_CLOUD_CREDENTIALS_URI"],
  ] as const) {
    it(`asks ${what} through HTTP_PROXY`, async () => {
      const proxy = await startProxy({ user: proxyUser });
      const uri = `http://credentials.example.test:${credentialsPort}/keys`;
      const url = `http://${proxyUser.inUrl}@${proxy.host}`;
      const provider = await ens().start({
        config: config === undefined ? {} : { [config]: uri },
        env: { HTTP_PROXY: url, HTTPS_PROXY: url, ...(variable === undefined ? {} : { [variable]: uri }) },
      });
      await provider.create(inputs);
      assert.deepEqual(proxy.asked, [`credentials.example.test:${credentialsPort}`, ens().endpoint]);
      assert.equal(ens().emulator.requests.at(-1)?.accessKeyId, "STS.asked");
    });
  }

  it("names the proxy that refuses the way to a credentials URI", async () => {
    const proxy = await startProxy({ user: proxyUser });
    for (const scheme of ["http", "https"]) {
      const provider = await ens().start({
        config: { "alicloud-ens:credentialsUri": `${scheme}://credentials.example.test/keys?canary` },
        env: { HTTP_PROXY: proxy.host, HTTPS_PROXY: proxy.host },
      });
      const { message } = await provider.create(inputs).then(
        () => assert.fail("the call succeeded"),
        (reason: Error) => reason,
      );
      assert.doesNotMatch(message, /canary/);
      assert.ok(
        message.includes(`through the proxy http://${proxy.host} (${scheme.toUpperCase()}_PROXY)`),
        message,
      );
      assert.match(message, /wants a user and a password \(407\)/);
    }
  });

  it("never asks a proxy for the role of an ECS instance, which would be the proxy's own", async () => {
    const proxy = await startProxy();
    const env = {
      HTTP_PROXY: proxy.host,
      HTTPS_PROXY: proxy.host,
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "false",
      NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "redirect-metadata.cjs")}`,
      TEST_METADATA_URL: `http://127.0.0.1:${credentialsPort}`,
    };
    await (await ens().start({ config: { "alicloud-ens:ecsRoleName": "uploader" }, env })).create(inputs);
    assert.equal(ens().emulator.requests.at(-1)?.accessKeyId, "STS.asked");
    assert.deepEqual(proxy.asked, [ens().endpoint]);
  });
});
