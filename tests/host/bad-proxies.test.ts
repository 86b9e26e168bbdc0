import assert from "node:assert/strict";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { keyPair, useEnsBehindTls } from "../support/ens-behind-tls";
import { failing } from "../support/failing";
import { peakMemory } from "../support/peak-memory";
import { type ProviderProcess, stopProviderProcesses } from "../support/provider-process";
import { proxyUser, useProxies } from "../support/test-proxy";
import { startTlsFront } from "../support/tls-front";

const inputs = { bucketName: "media-assets" };
const once = { ...keyPair, "alicloud-ens:maxRetryTimeout": "0", "alicloud-ens:clientReadTimeout": "1000" };

describe("a provider process behind a proxy that is no help", () => {
  stopProviderProcesses();
  const ens = useEnsBehindTls({ buckets: ["media-assets"] });
  const startProxy = useProxies();
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  /** A proxy that behaves as no proxy should. */
  async function startBadProxy(behave: (socket: Socket) => void): Promise<string> {
    const open = new Set<Socket>();
    const server = createServer((socket) => {
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
    const error = await failing(provider.create(inputs));
    assert.ok(Date.now() - started < 10_000);
    assert.doesNotMatch(error.message + provider.stderr + provider.stdout, /canary|me(@|%40)example/);
    assert.deepEqual(ens().emulator.requests, []);
    return error.message;
  }

  for (const [what, inUrl] of [
    ["a wrong password", "me%40example.com:canary-wrong@"],
    ["no password", ""],
  ] as const) {
    it(`says that the proxy wants a user, once, on ${what}`, async () => {
      const proxy = await startProxy({ user: proxyUser });
      const message = await failure(
        await ens().start({ env: { HTTPS_PROXY: `http://${inUrl}${proxy.host}` } }),
      );
      assert.match(message, /wants a user and a password \(407\).*http:\/\/user:password@/);
      assert.ok(message.includes(`through the proxy http://${proxy.host} (HTTPS_PROXY)`), message);
      assert.deepEqual(proxy.asked, [ens().endpoint]);
    });
  }

  it("asks once where the proxy refuses", async () => {
    const proxy = await startProxy({ refusals: [403] });
    const message = await failure(
      await ens().start({ env: { HTTPS_PROXY: `http://${proxyUser.inUrl}@${proxy.host}` } }),
    );
    assert.ok(message.includes(`through the proxy http://${proxy.host} (HTTPS_PROXY)`), message);
    assert.match(message, /the proxy opened no connection \(403\)/);
    assert.equal(proxy.asked.length, 1);
  });

  it("says which proxy cannot reach ENS", async () => {
    const proxy = await startProxy({ refusals: [502] });
    const provider = await ens().start({
      config: once,
      env: { HTTPS_PROXY: `http://${proxyUser.inUrl}@${proxy.host}` },
    });
    const message = await failure(provider);
    assert.ok(message.includes(`through the proxy http://${proxy.host} (HTTPS_PROXY)`), message);
    assert.match(message, /the proxy opened no connection \(502\)/);
  });

  it("gets through a proxy that cannot reach ENS for a moment by asking again", async () => {
    const proxy = await startProxy({ refusals: [502, 504] });
    await (await ens().start({ env: { HTTPS_PROXY: proxy.host } })).create(inputs);
    assert.equal(proxy.asked.length, 3);
  });

  it("names a proxy that is down", async () => {
    const provider = await ens().start({
      config: once,
      env: { https_proxy: `http://${proxyUser.inUrl}@127.0.0.1:1` },
    });
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
    const provider = await ens().start({ config: once, env: { HTTPS_PROXY: host } });
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
    const provider = await ens().start({ config, env: { HTTPS_PROXY: host } });
    assert.match(await failure(provider), /through the proxy .*: what came is not HTTP/);
    const peak = peakMemory(this, provider);
    assert.ok(peak < 250, `${peak} MB at most`);
  });

  for (const [what, answer, expected] of [
    ["hangs up", "", /through the proxy .*: the connection was reset/s],
    ["is none", "SSH-2.0-OpenSSH_9.6\r\n", /through the proxy .*: what came is not HTTP/s],
    [
      "answers with a page in place of a connection",
      "HTTP/1.1 200 OK\r\n\r\n<html>log in</html>",
      /does not speak a TLS/,
    ],
  ] as const) {
    it(`ends with a clear error where the proxy ${what}`, async () => {
      const host = await startBadProxy((socket) => socket.once("data", () => socket.end(answer)));
      const provider = await ens().start({ config: once, env: { HTTPS_PROXY: host } });
      assert.match(await failure(provider), expected);
    });
  }

  it("reaches an address through a proxy, and checks that its certificate is for that address", async () => {
    const behind = await startTlsFront(ens().emulator.port, await ens().authority.sign("192.0.2.1"));
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
    const provider = await ens().start({ config: { ...keyPair, "alicloud-ens:endpoint": "192.0.2.1" }, env });
    await provider.create(inputs);
    ens().emulator.clearRequests();
    const other = await ens().start({ config: { ...keyPair, "alicloud-ens:endpoint": "192.0.2.2" }, env });
    assert.match(await failure(other), /is for another host/);
  });
});
