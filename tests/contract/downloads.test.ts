import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ConnectionError } from "../../provider";
import { bucketCall } from "../support/bucket-call";
import { Authority } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { checkout } from "../support/paths";
import { useSilentServer } from "../support/silent-server";
import { useProxies } from "../support/test-proxy";
import { startTlsFront, type TlsFront } from "../support/tls-front";

const run = promisify(execFile);

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const text = "from afar";
const whole: Answer = (response) => response.end(text);
const status =
  (code: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(code, headers).end();
/** A part of it, and then nothing more. */
const part: Answer = (response) => response.writeHead(200, { "content-length": text.length }).write("from");
const reset: Answer = (response) => response.socket?.resetAndDestroy();
const cut: Answer = (response, request) => {
  part(response, request);
  setTimeout(() => response.destroy(), 50);
};

describe("a download", () => {
  const emulator = useEmulator();
  const silent = useSilentServer();
  const startProxy = useProxies();
  let folder: string;
  let path: string;
  let server: Server;
  let url: string;
  let answers: Answer[];
  let asked: string[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "downloads-"));
    path = join(folder, "file");
    server = createServer((request, response) => {
      asked.push(request.url ?? "");
      (answers.shift() ?? whole)(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => {
    answers = [];
    asked = [];
    rmSync(path, { force: true });
  });
  after(() => {
    rmSync(folder, { recursive: true });
    server.closeAllConnections();
    server.close();
  });

  const quickly = { clientReadTimeout: "1000" };
  const call = (settings: Readonly<Record<string, string>> = quickly) => bucketCall(emulator(), settings);
  const failed = (from: string, by = call()) => failing(by.download(from, path));
  const content = () => readFileSync(path, "utf8");

  const overcome: Readonly<Record<string, readonly Answer[]>> = {
    "a reset": [reset],
    "a reset after a part": [cut],
    "a status 503": [status(503), status(503)],
    "a status 429": [status(429)],
    "a stop after a part": [part],
  };
  for (const [name, first] of Object.entries(overcome)) {
    it(`is tried again after ${name}`, async () => {
      answers = [...first];
      await call().download(`${url}/a?token=abc`, path);
      assert.equal(content(), text);
      assert.deepEqual(
        asked,
        [...first, whole].map(() => "/a?token=abc"),
      );
    });
  }

  it("follows again where it led before", async () => {
    answers = [status(302, { location: "/b" }), status(503), status(302, { location: "/b" })];
    await call().download(`${url}/a`, path);
    assert.deepEqual([asked, content()], [["/a", "/b", "/a", "/b"], text]);
  });

  it("waits as long as it is told, and says so", async () => {
    answers = [status(429, { "retry-after": "1" })];
    const by = call();
    const started = performance.now();
    await by.download(url, path);
    assert.ok(performance.now() - started > 950);
    assert.match(by.lines.join("\n"), /^127\.0\.0\.1:\d+ is throttling; 1 call waits, next try in /);
  });

  for (const code of [403, 404]) {
    it(`ends with a status ${code} at once`, async () => {
      answers = [status(code)];
      const error = await failed(`${url}/a?token=abc`);
      assert.ok(ConnectionError.isInstance(error));
      assert.match(
        error.message,
        new RegExp(`^http://127\\.0\\.0\\.1:\\d+/a could not be read: status ${code}\\.\nCheck`),
      );
      assert.equal(asked.length, 1);
    });
  }

  it("says how often and how long it was tried", async () => {
    answers = Array.from({ length: 9 }, () => status(503));
    const error = await failed(url, call({ ...quickly, maxRetryTimeout: "1" }));
    assert.match(
      error.message,
      /could not be read after \d attempts in \d\.\d s: status 503\.\sCheck the source/,
    );
  });

  it("names where it led to, and nothing of a URL that is a secret", async () => {
    answers = [status(302, { location: "/canary?token=abc" }), status(404)];
    const { message } = await failed(`${url}/a`);
    assert.match(
      message,
      /\/a could not be read: it leads to http:\/\/127\.0\.0\.1:\d+\/canary, status 404\.\sCheck/,
    );
    answers = [status(302, { location: "/canary?token=abc" }), status(429), reset, status(404)];
    const by = call();
    const secret = await failing(by.download(`${url}/a`, path, new Set([`${url}/a`])));
    assert.match(
      secret.message,
      /^\[secret\] could not be read after 3 attempts in \d\.\d s: status 404\.\sCheck/,
    );
    const shown = `${secret.stack} ${secret.cause} ${by.lines.join()}`;
    assert.doesNotMatch(shown, /127\.0\.0\.1|canary|abc/);
    assert.match(by.lines.join(), /^\[secret\] is throttling/);
  });

  it("ends when nothing comes for as long as a call may wait", async () => {
    const error = await failed(silent().url, call({ ...quickly, maxRetryTimeout: "1" }));
    assert.match(error.message, /could not be read: no answer within 1 s\./);
  });

  it("goes on for as long as something comes", async () => {
    answers = [
      (response) => {
        const letters = [...text];
        const timer = setInterval(() => {
          response.write(letters.shift() ?? "");
          if (letters.length > 0) return;
          clearInterval(timer);
          response.end();
        }, 300);
      },
    ];
    await call({ ...quickly, maxRetryTimeout: "1" }).download(url, path);
    assert.deepEqual([content(), asked.length], [text, 1]);
  });

  it("ends at once when the deployment is cancelled, and leaves no connection", async () => {
    const by = call({});
    const download = failing(by.download(silent().url, path));
    while (silent().waiting() === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const cancelled = performance.now();
    by.cancel();
    assert.match((await download).message, /^Cancelled by the test\./);
    assert.ok(performance.now() - cancelled < 200);
    while (silent().waiting() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  it("is not repeated where the disk is what fails", async () => {
    const error = await failing(call().download(url, join(folder, "none", "file")));
    assert.match(error.message, /could not be read: it cannot be written to the temporary folder \(ENOENT\)/);
    assert.equal(asked.length, 1);
  });

  describe("behind TLS", () => {
    let authority: Authority;
    let front: TlsFront;

    before(async () => {
      authority = await Authority.create();
      const { port } = server.address() as AddressInfo;
      front = await startTlsFront(port, await authority.sign("files.example.test"));
    });
    after(() => {
      front.stop();
      authority.remove();
    });

    async function download(env: Readonly<Record<string, string>>): Promise<string> {
      const script = join("tests", "support", "download-a-file.ts");
      const from = `https://files.example.test:${front.port}/a`;
      const { PATH = "", HOME = "" } = process.env;
      const args = ["-r", "ts-node/register/transpile-only", script, from, path];
      const { stdout } = await run(process.execPath, args, {
        cwd: checkout,
        env: { PATH, HOME, ...emulator().environment, ...env },
      });
      return stdout.trim();
    }

    const trusting = () => ({ NODE_EXTRA_CA_CERTS: authority.file });

    it("goes through the proxy, with an authority of one's own, and after a refusal of the proxy again", async () => {
      const proxy = await startProxy({ refusals: [503] });
      assert.equal(await download({ ...trusting(), HTTPS_PROXY: proxy.host }), text);
      const host = `files.example.test:${front.port}`;
      assert.deepEqual(proxy.asked, [host, host]);
    });

    it("is not tried again where the certificate is not trusted, and says what to do", async () => {
      const proxy = await startProxy();
      const message = await download({ HTTPS_PROXY: proxy.host, NODE_TLS_REJECT_UNAUTHORIZED: "0" });
      assert.match(
        message,
        /^https:\/\/files\.example\.test:\d+\/a could not be read through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\): the certificate that came is not one that this machine trusts .*NODE_EXTRA_CA_CERTS/s,
      );
      assert.equal(proxy.asked.length, 1);
    });
  });
});
