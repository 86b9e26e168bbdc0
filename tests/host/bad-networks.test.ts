import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ProviderProcess, stopProviderProcesses } from "../support/provider-process";

/** Servers that nobody would write on purpose. */
describe("a provider process on a bad network", () => {
  let server: Server;
  let running: ProviderProcess | undefined;
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
    const error = await running.create({ bucketName: "media-assets" }).then(
      () => assert.fail("the call succeeded"),
      (reason: Error) => reason,
    );
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

  it("cuts off an answer of 64 MB before it takes memory", async function () {
    if (process.platform !== "linux") {
      console.log("      skipped, the peak of memory is read from /proc, which this machine lacks");
      this.skip();
    }
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
      /the answer is longer than any of the API/,
    );
    const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${running?.pid}/status`, "utf8"))?.[1]);
    assert.ok(peak < 250 * 1024, `${peak} kB at most`);
  });

  it("does not follow a redirect, whatever it says", async () => {
    let followed = false;
    behave = (response, request) => {
      if (request.url?.startsWith("/elsewhere")) followed = true;
      response.writeHead(302, { location: `${url()}/elsewhere`, "content-type": "application/json" });
      response.end('{"RequestId":"R","BucketName":"stolen-1","Endpoint":"eos.example.com"}');
    };
    assert.match(
      await failure({ "alicloud-ens:maxRetryTimeout": "60" }),
      /status 302, which the API never answers/,
    );
    assert.deepEqual([asked, followed], [1, false]);
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
    assert.doesNotMatch(await failure(), /\p{Cc}/u);
  });
});
