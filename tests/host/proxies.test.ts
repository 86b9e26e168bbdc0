import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { defaultAccount } from "../../emulator";
import { Authority } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { peakMemory } from "../support/peak-memory";
import {
  ProviderProcess,
  type ProviderProcessOptions,
  stopProviderProcesses,
} from "../support/provider-process";
import { TestProxy } from "../support/test-proxy";
import { startTlsFront, type TlsFront } from "../support/tls-front";

const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };
const user = { name: "me@example.com", password: "canary:p@ss/word" };
const userInUrl = "me%40example.com:canary%3Ap%40ss%2Fword";
const support = join(__dirname, "..", "support");

describe("a provider process and proxies", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [
      defaultAccount,
      { accessKeyId: "STS.asked", accessKeySecret: "canary", securityToken: "canary-token" },
    ],
    roles: [{ roleArn }],
  });
  let authority: Authority;
  let front: TlsFront;
  let ens: string;
  let credentials: Server;
  let credentialsPort: number;
  const stops: (() => unknown)[] = [];

  before(async () => {
    authority = await Authority.create();
    front = await startTlsFront(emulator().port, await authority.sign("ens.example.test"));
    ens = `ens.example.test:${front.port}`;
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
    front.stop();
    authority.remove();
    credentials.close();
    credentials.closeAllConnections();
  });
  beforeEach(() => emulator().clearRequests());
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  const pair = {
    "alicloud-ens:accessKey": defaultAccount.accessKeyId,
    "alicloud-ens:secretKey": defaultAccount.accessKeySecret,
  };

  function start({ config = pair, env }: ProviderProcessOptions): Promise<ProviderProcess> {
    return ProviderProcess.start({
      config: {
        "alicloud-ens:endpoint": ens,
        "alicloud-ens:endpoints": JSON.stringify([{ sts: ens }]),
        "alicloud-ens:clientReadTimeout": "5000",
        ...config,
      },
      env: { NODE_EXTRA_CA_CERTS: authority.file, ...env },
    });
  }

  async function startProxy(options?: Parameters<typeof TestProxy.start>[0]): Promise<TestProxy> {
    const proxy = await TestProxy.start(options);
    stops.push(() => proxy.stop());
    return proxy;
  }

  /** A proxy that behaves as no proxy should. */
  async function startBadProxy(behave: (socket: Socket) => void): Promise<string> {
    const open = new Set<Socket>();
    const server = createTcpServer((socket) => {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
      behave(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => {
      server.close();
      for (const socket of open) socket.destroy();
    });
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async function failure(provider: ProviderProcess): Promise<string> {
    const started = Date.now();
    const error = await provider.create(inputs).then(
      () => assert.fail("the call succeeded"),
      (reason: Error) => reason,
    );
    assert.ok(Date.now() - started < 10_000);
    assert.doesNotMatch(error.message + provider.stderr + provider.stdout, /canary|me(@|%40)example/);
    assert.deepEqual(emulator().requests, []);
    return error.message;
  }

  for (const variable of ["HTTPS_PROXY", "https_proxy"]) {
    it(`reaches ENS through ${variable}`, async () => {
      const proxy = await startProxy();
      await (await start({ env: { [variable]: `http://${proxy.host}` } })).create(inputs);
      assert.deepEqual([proxy.asked, emulator().requests.length], [[ens], 1]);
    });

    it(`reaches ENS through ${variable} with a user and a password`, async () => {
      const proxy = await startProxy({ user });
      const provider = await start({ env: { [variable]: `http://${userInUrl}@${proxy.host}` } });
      await provider.create(inputs);
      assert.deepEqual([proxy.asked, emulator().requests.length], [[ens], 1]);
      assert.doesNotMatch(provider.stderr + provider.stdout, /canary/);
    });
  }

  it("keeps a connection through a proxy for later calls", async () => {
    const proxy = await startProxy();
    const provider = await start({ env: { HTTPS_PROXY: proxy.host } });
    for (let calls = 0; calls < 3; calls += 1) await provider.create(inputs);
    assert.deepEqual([proxy.asked, emulator().requests.length], [[ens], 3]);
  });

  it("reaches ENS through a proxy that is reached by TLS", async () => {
    const proxy = await startProxy({ user });
    const secure = await startTlsFront(Number(proxy.host.split(":")[1]), await authority.sign("127.0.0.1"));
    stops.push(() => secure.stop());
    const provider = await start({ env: { HTTPS_PROXY: `https://${userInUrl}@127.0.0.1:${secure.port}` } });
    await provider.create(inputs);
    assert.deepEqual(proxy.asked, [ens]);
  });

  it("reaches an address through a proxy, and checks that its certificate is for that address", async () => {
    const behind = await startTlsFront(emulator().port, await authority.sign("192.0.2.1"));
    stops.push(() => behind.stop());
    // A tunnel to where the address is not.
    const host = await startBadProxy((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        const target = connect(behind.port, "127.0.0.1");
        socket.pipe(target).pipe(socket);
        target.on("error", () => socket.destroy());
      });
    });
    const env = { HTTPS_PROXY: host };
    const provider = await start({ config: { ...pair, "alicloud-ens:endpoint": "192.0.2.1" }, env });
    await provider.create(inputs);
    emulator().clearRequests();
    const other = await start({ config: { ...pair, "alicloud-ens:endpoint": "192.0.2.2" }, env });
    assert.match(await failure(other), /is for another host/);
  });

  for (const [what, inUrl] of [
    ["a wrong password", "me%40example.com:canary-wrong@"],
    ["no password", ""],
  ] as const) {
    it(`says that the proxy wants a user, once, on ${what}`, async () => {
      const proxy = await startProxy({ user });
      const message = await failure(await start({ env: { HTTPS_PROXY: `http://${inUrl}${proxy.host}` } }));
      assert.match(message, /wants a user and a password \(407\).*http:\/\/user:password@/);
      assert.ok(message.includes(`through the proxy http://${proxy.host} (HTTPS_PROXY)`), message);
      assert.deepEqual(proxy.asked, [ens]);
    });
  }

  for (const [status, attempts] of [
    [403, 1],
    [502, 6],
  ] as const) {
    it(`asks ${attempts === 1 ? "once" : `${attempts} times`} where the proxy answers with ${status}`, async () => {
      const proxy = await startProxy({ refuseWith: status });
      const provider = await start({ env: { HTTPS_PROXY: `http://${userInUrl}@${proxy.host}` } });
      const message = await failure(provider);
      assert.ok(message.includes(`through the proxy http://${proxy.host} (HTTPS_PROXY)`), message);
      assert.match(message, new RegExp(`the proxy opened no connection \\(${status}\\)`));
      assert.equal(proxy.asked.length, attempts);
    });
  }

  const once = { ...pair, "alicloud-ens:maxRetryTimeout": "0", "alicloud-ens:clientReadTimeout": "1000" };

  it("names a proxy that is down", async () => {
    const provider = await start({ config: once, env: { https_proxy: `http://${userInUrl}@127.0.0.1:1` } });
    assert.match(
      await failure(provider),
      /through the proxy http:\/\/127\.0\.0\.1:1 \(https_proxy\): nothing listens there \(ECONNREFUSED\)/,
    );
  });

  it("ends with a proxy that never answers, and leaves no connection behind", async () => {
    let closed: Promise<void> | undefined;
    const host = await startBadProxy((socket) => {
      closed = new Promise((resolve) => socket.on("close", () => resolve()));
      socket.resume();
    });
    const provider = await start({ config: once, env: { HTTPS_PROXY: host } });
    assert.match(await failure(provider), /through the proxy .*: no answer within 1 s/);
    await closed;
  });

  it("ends with a proxy whose answer has no end, before it takes memory", async function () {
    const host = await startBadProxy((socket) => {
      const chunk = Buffer.from(`X: ${"y".repeat(1024 * 1024)}\r\n`);
      const more = () => {
        while (!socket.destroyed && socket.write(chunk));
        socket.once("drain", more);
      };
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\n");
        more();
      });
    });
    const config = { ...once, "alicloud-ens:clientReadTimeout": "9000" };
    const provider = await start({ config, env: { HTTPS_PROXY: host } });
    assert.match(await failure(provider), /through the proxy .*: what came is not HTTP/);
    const peak = peakMemory(this, provider);
    assert.ok(peak < 250, `${peak} MB at most`);
  });

  for (const [what, answer, expected] of [
    ["hangs up", "", /through the proxy .*: the connection was reset/],
    ["is none", "SSH-2.0-OpenSSH_9.6\r\n", /through the proxy .*: what came is not HTTP/],
    [
      "answers with a page in place of a connection",
      "HTTP/1.1 200 OK\r\n\r\n<html>log in</html>",
      /speaks no TLS/,
    ],
  ] as const) {
    it(`ends with a clear error where the proxy ${what}`, async () => {
      const host = await startBadProxy((socket) => socket.once("data", () => socket.end(answer)));
      const provider = await start({ config: once, env: { HTTPS_PROXY: host } });
      assert.match(await failure(provider), expected);
    });
  }

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
        [variable]: entry.replace("PORT", String(front.port)),
        NODE_OPTIONS: `--require ${join(support, "resolve-names.cjs")}`,
      };
      await (await start({ env })).create(inputs);
      assert.deepEqual([proxy.asked, emulator().requests.length], [[], 1]);
    });
  }

  it("goes through the proxy for what NO_PROXY does not name", async () => {
    const proxy = await startProxy();
    const env = { HTTPS_PROXY: proxy.host, NO_PROXY: "ens.example.test:1,example.com,192.0.2.0/24" };
    await (await start({ env })).create(inputs);
    assert.deepEqual(proxy.asked, [ens]);
  });

  it("asks STS for a role through the proxy", async () => {
    const proxy = await startProxy({ user });
    const config = { ...pair, "alicloud-ens:assumeRole": JSON.stringify({ roleArn }) };
    const provider = await start({ config, env: { HTTPS_PROXY: `http://${userInUrl}@${proxy.host}` } });
    await provider.create(inputs);
    assert.ok(proxy.asked.length > 0);
    assert.deepEqual(
      emulator().requests.map(({ action }) => action),
      ["AssumeRole", "PrepareUpload"],
    );
  });

  for (const [what, config, variable] of [
    ["a credentials URI", "alicloud-ens:credentialsUri", undefined],
    ["a credentials URI of the default chain", undefined, "ALIBABA_CLOUD_CREDENTIALS_URI"],
  ] as const) {
    it(`asks ${what} through HTTP_PROXY`, async () => {
      const proxy = await startProxy({ user });
      const uri = `http://credentials.example.test:${credentialsPort}/keys`;
      const url = `http://${userInUrl}@${proxy.host}`;
      const provider = await start({
        config: config === undefined ? {} : { [config]: uri },
        env: { HTTP_PROXY: url, HTTPS_PROXY: url, ...(variable === undefined ? {} : { [variable]: uri }) },
      });
      await provider.create(inputs);
      assert.deepEqual(proxy.asked, [`credentials.example.test:${credentialsPort}`, ens]);
      assert.equal(emulator().requests.at(-1)?.accessKeyId, "STS.asked");
    });
  }

  it("names the proxy that refuses the way to a credentials URI", async () => {
    const proxy = await startProxy({ user });
    for (const scheme of ["http", "https"]) {
      const provider = await start({
        config: { "alicloud-ens:credentialsUri": `${scheme}://credentials.example.test/keys?canary` },
        env: { HTTP_PROXY: proxy.host, HTTPS_PROXY: proxy.host },
      });
      const message = await failure(provider);
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
      NODE_OPTIONS: `--require ${join(support, "redirect-metadata.cjs")}`,
      TEST_METADATA_URL: `http://127.0.0.1:${credentialsPort}`,
    };
    await (await start({ config: { "alicloud-ens:ecsRoleName": "uploader" }, env })).create(inputs);
    assert.equal(emulator().requests.at(-1)?.accessKeyId, "STS.asked");
    assert.deepEqual(proxy.asked, [ens]);
  });

  it("never asks a proxy for this machine", async () => {
    const proxy = await startProxy();
    const env = { HTTP_PROXY: proxy.host, HTTPS_PROXY: proxy.host };
    const config = { ...pair, "alicloud-ens:endpoint": emulator().url };
    await (await start({ config, env })).create(inputs);
    assert.deepEqual([proxy.asked, emulator().requests.length], [[], 1]);
  });

  it("reports a proxy that cannot be used as a failure of check, without what the variable holds", async () => {
    const env = {
      HTTPS_PROXY: "socks5://me:canary@127.0.0.1:1080",
      http_proxy: "http://me:canary%@127.0.0.1",
    };
    const failures = await (await start({ env })).check(inputs);
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["HTTPS_PROXY", "http_proxy"],
    );
    for (const { property, reason } of failures) {
      assert.match(reason, /expected the URL of an HTTP proxy, such as http:\/\/proxy\.example\.com:3128/);
      assert.ok(reason.includes(`unset ${property}`) || reason.includes(`unset it`), reason);
      assert.doesNotMatch(reason, /canary/);
    }
  });
});
