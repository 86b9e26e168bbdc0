import assert from "node:assert/strict";
import { join } from "node:path";
import { keyPair, useEnsBehindTls } from "../support/ens-behind-tls";
import { stopProviderProcesses } from "../support/provider-process";
import { proxyUser, useProxies } from "../support/test-proxy";
import { startTlsFront } from "../support/tls-front";

const inputs = { bucketName: "media-assets" };

describe("a provider process and the proxies of its environment", () => {
  stopProviderProcesses();
  const ens = useEnsBehindTls({ buckets: ["media-assets"] });
  const startProxy = useProxies();

  for (const variable of ["HTTPS_PROXY", "https_proxy"]) {
    it(`reaches ENS through ${variable}`, async () => {
      const proxy = await startProxy();
      await (await ens().start({ env: { [variable]: `http://${proxy.host}` } })).create(inputs);
      assert.deepEqual([proxy.asked, ens().emulator.requests.length], [[ens().endpoint], 1]);
    });

    it(`reaches ENS through ${variable} with a user and a password`, async () => {
      const proxy = await startProxy({ user: proxyUser });
      const provider = await ens().start({ env: { [variable]: `http://${proxyUser.inUrl}@${proxy.host}` } });
      await provider.create(inputs);
      assert.deepEqual([proxy.asked, ens().emulator.requests.length], [[ens().endpoint], 1]);
      assert.doesNotMatch(provider.stderr + provider.stdout, /canary/);
    });
  }

  it("keeps a connection through a proxy for later calls", async () => {
    const proxy = await startProxy();
    const provider = await ens().start({ env: { HTTPS_PROXY: proxy.host } });
    for (let calls = 0; calls < 3; calls += 1) await provider.create(inputs);
    assert.deepEqual([proxy.asked, ens().emulator.requests.length], [[ens().endpoint], 3]);
  });

  it("reaches ENS through a proxy that is reached by TLS", async () => {
    const proxy = await startProxy({ user: proxyUser });
    const secure = await startTlsFront(
      Number(proxy.host.split(":")[1]),
      await ens().authority.sign("127.0.0.1"),
    );
    try {
      const env = { HTTPS_PROXY: `https://${proxyUser.inUrl}@127.0.0.1:${secure.port}` };
      await (await ens().start({ env })).create(inputs);
    } finally {
      secure.stop();
    }
    assert.deepEqual(proxy.asked, [ens().endpoint]);
  });

  for (const [variable, entry] of [
    ["NO_PROXY", "ens.example.test"],
    ["no_proxy", "other.test, .example.test"],
    ["NO_PROXY", "ENS.example.test:PORT"],
    ["NO_PROXY", "*"],
  ] as const) {
    it(`reaches ENS directly for ${variable}=${entry}`, async () => {
      const proxy = await startProxy();
      const env = {
        HTTPS_PROXY: proxy.host,
        [variable]: entry.replace("PORT", String(ens().endpoint.split(":")[1])),
        NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "resolve-names.cjs")}`,
      };
      await (await ens().start({ env })).create(inputs);
      assert.deepEqual([proxy.asked, ens().emulator.requests.length], [[], 1]);
    });
  }

  it("goes through the proxy for what NO_PROXY does not name", async () => {
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: proxy.host, NO_PROXY: "ens.example.test:1,example.com,192.0.2.0/24" };
    await (await ens().start({ env })).create(inputs);
    assert.deepEqual(proxy.asked, [ens().endpoint]);
  });

  it("never asks a proxy for this machine", async () => {
    const proxy = await startProxy();
    const env = { HTTP_PROXY: proxy.host, HTTPS_PROXY: proxy.host };
    const config = { ...keyPair, "alicloud-ens:endpoint": ens().emulator.url };
    await (await ens().start({ config, env })).create(inputs);
    assert.deepEqual([proxy.asked, ens().emulator.requests.length], [[], 1]);
  });

  it("reports a proxy that cannot be used as a failure of check, without what the variable holds", async () => {
    const env = {
      HTTPS_PROXY: "socks5://me:canary@127.0.0.1:1080",
      http_proxy: "http://me:canary%@127.0.0.1",
    };
    const failures = await (await ens().start({ env })).check(inputs);
    assert.deepEqual(
      failures.map(({ property, reason }) => [property, reason.split(": ")[0]]),
      [
        ["", "HTTPS_PROXY"],
        ["", "http_proxy"],
      ],
    );
    for (const { reason } of failures) {
      const [variable] = reason.split(": ");
      assert.match(reason, /expected the URL of an HTTP proxy, such as http:\/\/proxy\.example\.com:3128/);
      assert.ok(reason.includes(`unset ${variable}`) || reason.includes(`unset it`), reason);
      assert.doesNotMatch(reason, /canary/);
    }
  });
});
