import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Authority } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { StorageContent } from "../support/storage-content";
import { useProxies } from "../support/test-proxy";
import { startTlsFront, type TlsFront } from "../support/tls-front";

const run = promisify(execFile);

const physicalBucketName = "media-assets-1";
/** As the real storage is reached: the bucket is a label of the host. */
const host = `${physicalBucketName}.eos.example.test`;

describe("the object storage behind TLS", () => {
  const emulator = useEmulator();
  const startProxy = useProxies();
  let authority: Authority;
  let front: TlsFront;
  let content: StorageContent;

  before(async () => {
    authority = await Authority.create();
  });
  after(() => authority.remove());
  afterEach(() => front.stop());

  /** Puts the storage behind TLS, with a certificate for a name. */
  async function listen(name: string): Promise<void> {
    front = await startTlsFront(emulator().port, await authority.sign(name));
    const endpoint = `eos.example.test:${front.port}`;
    emulator().removeBucket("media-assets");
    emulator().addBucket({ name: "media-assets", physicalBucketName, endpoint });
    content = new StorageContent(emulator(), physicalBucketName);
    await content.put(["one", "two"]);
  }

  /** Empties the bucket, and says how that ended. */
  const empty = (env: Readonly<Record<string, string>>) => runScript("empty-a-bucket.ts", [], env);

  /** Runs a script of the tests on the bucket; gives what it prints. */
  async function runScript(
    name: string,
    more: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<string> {
    const args = ["-r", "ts-node/register/transpile-only", join("tests", "support", name)];
    const { PATH = "", HOME = "" } = process.env;
    const { stdout } = await run(process.execPath, [...args, "media-assets", ...more], {
      cwd: checkout,
      env: { PATH, HOME, ...emulator().environment, ...env },
    });
    return stdout.trim();
  }

  const trusting = () => ({ NODE_EXTRA_CA_CERTS: authority.file });
  const directly = { NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "resolve-names.cjs")}` };

  it("is reached directly, where the authority is trusted", async () => {
    await listen(host);
    assert.equal(await empty({ ...trusting(), ...directly }), "emptied");
    assert.deepEqual(await content.keys(), []);
    assert.ok(front.received > 0);
  });

  it("is reached through a proxy, which sees nothing but the host", async () => {
    await listen(host);
    const proxy = await startProxy();
    assert.equal(await empty({ ...trusting(), HTTPS_PROXY: proxy.host }), "emptied");
    assert.deepEqual(await content.keys(), []);
    assert.deepEqual([...new Set(proxy.asked)], [`${host}:${front.port}`]);
  });

  it("takes files, in parts too, directly and through a proxy", async () => {
    await listen(host);
    const folder = mkdtempSync(join(tmpdir(), "ens-upload-"));
    try {
      const path = join(folder, "file");
      // More than is put in one request.
      writeFileSync(path, "");
      truncateSync(path, 105 * 1024 ** 2);
      const proxy = await startProxy();
      for (const way of [directly, { HTTPS_PROXY: proxy.host }]) {
        const done = JSON.parse(
          await runScript("upload-a-file.ts", [path, "large"], { ...trusting(), ...way }),
        );
        assert.match(done.etag, /^[0-9a-f]{32}-11$/, JSON.stringify(done));
        assert.deepEqual(await content.keys(), ["first", "large", "one", "two"]);
        await content.delete(["first", "large"]);
      }
      assert.deepEqual([...new Set(proxy.asked)], [`${host}:${front.port}`]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("is named with the proxy that does not let one through", async () => {
    await listen(host);
    const proxy = await startProxy({ refusals: [403, 403, 403, 403, 403, 403] });
    assert.match(
      await empty({ ...trusting(), HTTPS_PROXY: proxy.host }),
      /^ListObjects got no usable answer from https:\/\/eos\.example\.test:\d+ through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\): the proxy opened no connection/,
    );
    assert.deepEqual(await content.keys(), ["one", "two"]);
  });

  it("gets nothing where its certificate is not trusted, whatever the machine allows others", async () => {
    await listen(host);
    for (const env of [{}, { NODE_TLS_REJECT_UNAUTHORIZED: "0" }]) {
      assert.match(
        await empty({ ...directly, ...env }),
        /certificate that came is not one that this machine trusts/,
      );
    }
    assert.equal(front.received, 0);
    assert.deepEqual(await content.keys(), ["one", "two"]);
  });

  it("gets nothing where its certificate is that of another host", async () => {
    await listen("other.example.test");
    const answer = await empty({ ...trusting(), ...directly });
    assert.match(answer, /the certificate that came is for another host/);
    assert.equal(front.received, 0);
  });
});
