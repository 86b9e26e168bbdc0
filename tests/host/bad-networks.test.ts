import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { gzipSync } from "node:zlib";
import { startEmulator } from "../../emulator";
import { configurationFor } from "../support/emulator";
import { failing } from "../support/failing";
import { peakMemory } from "../support/peak-memory";
import { ProviderProcess, stopProviderProcesses } from "../support/provider-process";

function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((addresses) =>
    addresses?.some(({ address }) => address === "::1"),
  );
}

/** Servers that nobody would write on purpose. */
describe("a provider process on a bad network", () => {
  let server: Server;
  let running: ProviderProcess;
  let asked: number;
  let behave: (response: ServerResponse, request: IncomingMessage) => void;

  before(async () => {
    server = createServer((request, response) => {
      asked += 1;
      behave(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    asked = 0;
  });
  stopProviderProcesses();

  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function failure(config: Record<string, string> = {}): Promise<string> {
    running = await ProviderProcess.start({
      config: {
        "alicloud-ens:endpoint": url(),
        "alicloud-ens:accessKey": "key",
        "alicloud-ens:secretKey": "canary",
        "alicloud-ens:clientReadTimeout": "1000",
        "alicloud-ens:maxRetryTimeout": "0",
        ...config,
      },
    });
    const started = Date.now();
    const error = await failing(running.create({ bucketName: "media-assets" }));
    assert.ok(Date.now() - started < 10_000);
    assert.doesNotMatch(error.message + running.stderr + running.stdout, /canary/);
    return error.message;
  }

  it("ends a drip of a byte at a time by the wall clock", async () => {
    behave = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const timer = setInterval(() => response.write(" "), 100);
      response.on("close", () => clearInterval(timer));
    };
    assert.match(await failure(), /no answer within 1 s/);
  });

  it("ends headers of a byte at a time by the wall clock", async () => {
    behave = ({ socket }) => {
      socket?.write("HTTP/1.1 200 OK\r\nX: ");
      const timer = setInterval(() => socket?.write("x"), 100);
      socket?.on("close", () => clearInterval(timer));
    };
    assert.match(await failure(), /no answer within 1 s/);
  });

  it("cuts off an answer of 64 MB before it takes memory", async function () {
    behave = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const chunk = Buffer.alloc(1024 * 1024, " ");
      let left = 64;
      const more = () => {
        while (left > 0 && !response.destroyed) {
          left -= 1;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    };
    assert.match(
      await failure({ "alicloud-ens:clientReadTimeout": "9000" }),
      /the answer is longer than any that the API gives/,
    );
    const peak = peakMemory(this, running);
    assert.ok(peak < 250, `${peak} MB at most`);
  });

  it("refuses a compressed answer, which it did not ask for", async () => {
    behave = (response, { headers }) => {
      assert.equal(headers["accept-encoding"], "identity");
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(gzipSync("{}"));
    };
    assert.match(
      await failure({ "alicloud-ens:maxRetryTimeout": "60" }),
      /the answer is compressed, which nobody asked for/,
    );
    assert.equal(asked, 1);
  });

  it("does not unpack what a credentials URI answers, however much it would become", async function () {
    const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024, " "));
    assert.ok(bomb.length < 1024 * 1024);
    behave = (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(bomb);
    };
    assert.match(
      await failure({
        "alicloud-ens:accessKey": "",
        "alicloud-ens:secretKey": "",
        "alicloud-ens:credentialsUri": url(),
        "alicloud-ens:clientReadTimeout": "9000",
      }),
      /the credentials URI .*: the answer is compressed, which nobody asked for/s,
    );
    const peak = peakMemory(this, running);
    assert.ok(peak < 250, `${peak} MB at most`);
  });

  it("does not follow a redirect to another host, whatever it says", async () => {
    let followed = 0;
    const other = createServer((_request, response) => {
      followed += 1;
      response.end();
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    behave = (response) => {
      const location = `http://localhost:${(other.address() as AddressInfo).port}/`;
      response.writeHead(307, { location, "content-type": "application/json" });
      response.end('{"RequestId":"R","BucketName":"stolen-1","Endpoint":"eos.example.com"}');
    };
    const message = await failure({ "alicloud-ens:maxRetryTimeout": "60" });
    other.close();
    assert.match(message, /status 307, which the API never answers/);
    assert.deepEqual([asked, followed], [1, 0]);
  });

  it("takes a login page for what it is, though its status is 200", async () => {
    behave = (response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<html><body><form action='/login'>Log in to the network</form></body></html>");
    };
    assert.match(
      await failure(),
      /what came \(status 200\) is not JSON, so something other than the API answered/,
    );
  });

  it("sends nothing to what answers https in clear, as the page before a network does", async () => {
    let head = "";
    server.once("connection", (socket) => socket.prependListener("data", (chunk) => (head += chunk)));
    behave = (response) => response.end("<html>");
    const message = await failure({
      "alicloud-ens:endpoint": url().replace("http:", "https:"),
      "alicloud-ens:maxRetryTimeout": "60",
    });
    assert.match(message, /does not speak a TLS/);
    assert.doesNotMatch(message, /after \d+ attempts/);
    assert.doesNotMatch(head, /ACS3|media-assets/);
    assert.equal(asked, 0);
  });

  it("reaches a server that has an IPv6 address only", async function () {
    if (!hasIpv6()) {
      console.log("      skipped, this machine has no ::1");
      this.skip();
    }
    const emulator = await startEmulator({ host: "::1", buckets: ["media-assets"] });
    try {
      assert.match(emulator.url, /^http:\/\/\[::1\]:\d+$/);
      const provider = await ProviderProcess.start({
        config: configurationFor(emulator),
        env: { HTTP_PROXY: "127.0.0.1:1", HTTPS_PROXY: "127.0.0.1:1" },
      });
      await provider.create({ bucketName: "media-assets" });
      assert.equal(emulator.requests.length, 1);
    } finally {
      await emulator.stop();
    }
  });

  it("takes a reset in mid-answer for a failure of the network", async () => {
    behave = (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
      response.write('{"RequestId"');
      setTimeout(() => response.destroy(), 50);
    };
    assert.match(await failure(), /no usable answer from/);
  });

  it("lets nothing of an answer control the terminal", async () => {
    behave = (response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(
        JSON.stringify({
          Code: "Bad\u001b[2J",
          Message: "a\nb\u001b]0;title\u0007",
          RequestId: "R\u001b[31m",
        }),
      );
    };
    assert.doesNotMatch((await failure()).replaceAll("\n", ""), /\p{Cc}/u);
  });

  for (const [what, config] of [
    ["STS", () => ({ "alicloud:assumeRole": '{"roleArn":"acs:ram::1:role/uploader"}' })],
    ["a credentials URI", () => ({ "alicloud-ens:credentialsUri": `${url()}/` })],
  ] as const) {
    it(`lets nothing of an answer of ${what} control the terminal`, async () => {
      behave = (response) => {
        response.writeHead(400, "Bad", { "content-type": "application/json" });
        const hostile = "a\r\nb\u001b]0;title\u0007\u202e";
        response.end(
          JSON.stringify({ Code: hostile, Message: hostile, RequestId: hostile, HostId: hostile }),
        );
      };
      const keys: Record<string, string> =
        what === "STS" ? {} : { "alicloud-ens:accessKey": "", "alicloud-ens:secretKey": "" };
      const message = await failure({
        ...keys,
        ...config(),
        "alicloud:endpoints": JSON.stringify([{ sts: url() }]),
      });
      assert.match(message, what === "STS" ? /could not be assumed/ : /credentials URI.*status 400/);
      assert.doesNotMatch(message.replaceAll("\n", ""), /[\p{Cc}\p{Cf}]/u);
    });
  }
});
