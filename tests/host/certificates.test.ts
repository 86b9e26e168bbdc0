import assert from "node:assert/strict";
import { join } from "node:path";
import { defaultAccount } from "../../emulator";
import { Authority, type Identity } from "../support/certificates";
import { useEmulator } from "../support/emulator";
import { ProviderProcess, stopProviderProcesses } from "../support/provider-process";
import { TestProxy } from "../support/test-proxy";
import { startTlsFront, type TlsFront } from "../support/tls-front";

const host = "ens.example.test";
const year = 365 * 24 * 3_600_000;

describe("a provider process and certificates", () => {
  stopProviderProcesses();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let authority: Authority;
  let proxy: TestProxy;
  let front: TlsFront | undefined;

  before(async () => {
    [authority, proxy] = await Promise.all([Authority.create(), TestProxy.start()]);
  });
  after(async () => {
    authority.remove();
    await proxy.stop();
  });
  beforeEach(() => {
    emulator().clearRequests();
  });
  afterEach(() => front?.stop());

  const trusting = () => ({ NODE_EXTRA_CA_CERTS: authority.file });

  async function start(
    identity: Promise<Identity>,
    env: Readonly<Record<string, string>>,
  ): Promise<ProviderProcess> {
    front = await startTlsFront(emulator().port, await identity);
    return ProviderProcess.start({
      config: {
        "alicloud-ens:endpoint": `${host}:${front.port}`,
        "alicloud-ens:accessKey": defaultAccount.accessKeyId,
        "alicloud-ens:secretKey": defaultAccount.accessKeySecret,
      },
      env: { NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "resolve-names.cjs")}`, ...env },
    });
  }

  const ways = [
    ["directly", () => ({})],
    ["through a proxy", () => ({ HTTPS_PROXY: proxy.host })],
  ] as const;

  for (const [how, way] of ways) {
    it(`trusts an authority in NODE_EXTRA_CA_CERTS, ${how}`, async () => {
      const provider = await start(authority.sign(host), { ...trusting(), ...way() });
      await provider.create({ bucketName: "media-assets" });
      assert.equal(emulator().requests.length, 1);
    });

    for (const [what, sign, env, expected] of [
      [
        "of an authority that is not trusted",
        () => authority.sign(host),
        () => ({}),
        /not one that this machine trusts.*`export NODE_EXTRA_CA_CERTS=<file\.pem>`/s,
      ],
      [
        "of an authority that is not trusted, whatever NODE_TLS_REJECT_UNAUTHORIZED says",
        () => authority.sign(host),
        () => ({ NODE_TLS_REJECT_UNAUTHORIZED: "0" }),
        /not one that this machine trusts/,
      ],
      ["for another host", () => authority.sign("portal.example.test"), trusting, /is for another host/],
      [
        "for another host, whatever NODE_TLS_REJECT_UNAUTHORIZED says",
        () => authority.sign("portal.example.test"),
        () => ({ ...trusting(), NODE_TLS_REJECT_UNAUTHORIZED: "0" }),
        /is for another host/,
      ],
      [
        "that has expired",
        () => authority.sign(host, new Date(Date.now() - year)),
        trusting,
        /has expired or is not valid yet/,
      ],
      [
        "that is not valid yet",
        () => authority.sign(host, new Date(Date.now() + year)),
        trusting,
        /has expired or is not valid yet/,
      ],
    ] as const) {
      it(`sends nothing, and does not try again, on a certificate ${what}, ${how}`, async () => {
        const provider = await start(sign(), { ...env(), ...way() });
        await assert.rejects(provider.create({ bucketName: "media-assets" }), ({ message }: Error) => {
          assert.match(message, expected);
          assert.doesNotMatch(message, /after \d+ attempts/);
          return true;
        });
        assert.deepEqual([front?.received, front?.handshakes, emulator().requests], [0, 1, []]);
      });
    }
  }
});
