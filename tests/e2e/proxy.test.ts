import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Authority } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { proxyUser, TestProxy } from "../support/test-proxy";
import { startTlsFront, type TlsFront } from "../support/tls-front";

/** As `Proxy-Authorization` has it. */
const encoded = Buffer.from(`${proxyUser.name}:${proxyUser.password}`).toString("base64");
const program = `
import * as ens from "pulumi-alicloud-ens";
export const target = new ens.PreparedUpload("media", { bucketName: "media-assets" }).target;
`;

describe("a network behind a proxy, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let authority: Authority;
  let front: TlsFront;
  let proxy: TestProxy;
  let project: PulumiProject;

  before(async () => {
    authority = await Authority.create();
    front = await startTlsFront(emulator().port, await authority.sign("ens.example.test"));
    proxy = await TestProxy.start({ user: proxyUser });
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: behind-a-proxy\nruntime: nodejs\n", "index.ts": program },
      env: {
        ...emulator().environment,
        ALIBABA_CLOUD_ENDPOINT_ENS: `ens.example.test:${front.port}`,
        NODE_EXTRA_CA_CERTS: authority.file,
      },
    });
  });
  after(async () => {
    project?.remove();
    await proxy?.stop();
    front?.stop();
    authority?.remove();
  });

  it("is deployed from, with the proxy's password and the authority in the environment only", async () => {
    const url = `http://${proxyUser.inUrl}@${proxy.host}`;
    const talkative = ["--logtostderr", "-v=9"];
    Object.assign(project.env, { HTTPS_PROXY: url, HTTP_PROXY: url });
    const up = await project.run([...talkative, "up", "--yes", "--skip-preview"]);
    assert.deepEqual(counts(up), { created: 2 });
    for (const name of ["HTTPS_PROXY", "HTTP_PROXY"]) delete project.env[name];
    // Pulumi's own SDK reads these for what it says to 127.0.0.1 too.
    Object.assign(project.env, { https_proxy: url, http_proxy: url, no_proxy: "127.0.0.1" });
    const refresh = await project.run([...talkative, "refresh", "--yes", "--skip-preview"]);
    assert.deepEqual(counts(refresh), { unchanged: 2 });
    assert.equal(emulator().requests.length, 2);
    const ens = `ens.example.test:${front.port}`;
    assert.deepEqual(proxy.asked, [ens, ens]);
    const folder = join(project.folder, "..");
    const left = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((path) => statSync(join(folder, path)).isFile())
      .map((path) => readFileSync(join(folder, path), "utf8"));
    for (const text of [up.stdout, up.stderr, refresh.stdout, refresh.stderr, ...left]) {
      assert.doesNotMatch(text, /canary[:%]/);
      assert.doesNotMatch(text, new RegExp(encoded));
    }
  });
});
