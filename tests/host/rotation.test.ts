import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { useHome } from "../support/home";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startWithoutKeys } from "../support/start-provider";

const secret = "canary-secret";
const token = "canary-token";
const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };
const minute = 60_000;

describe("credentials that change while a deployment runs", () => {
  stopProviderProcesses();
  /** How far the emulator's clock is ahead; signatures allow 15 minutes. */
  let ahead = 0;
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [{ accessKeyId: "plain", accessKeySecret: secret }],
    roles: [{ roleArn }],
    clock: () => new Date(Date.now() + ahead),
  });
  const home = useHome();
  let server: Server;
  let serverUrl: string;
  /** How many keys the server has handed out: `STS.1`, `STS.2`. */
  let handedOut: number;
  /** How long the server says they last. */
  let lasting: number;
  let status: number;

  before(async () => {
    // A credentials URI and an ECS metadata service in one; every answer has new keys.
    server = createServer((request, response) => {
      if (request.url === "/latest/api/token") return void response.end("metadata-token");
      if (status !== 200) return void response.writeHead(status).end();
      handedOut += 1;
      const keys = { accessKeyId: `STS.${handedOut}`, accessKeySecret: secret, securityToken: token };
      emulator().setAccount(keys);
      response.end(
        JSON.stringify({
          Code: "Success",
          AccessKeyId: keys.accessKeyId,
          AccessKeySecret: secret,
          SecurityToken: token,
          Expiration: new Date(Date.now() + lasting).toISOString(),
        }),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  beforeEach(() => {
    [handedOut, lasting, status, ahead] = [0, 6 * 60 * minute, 200, 0];
    emulator().clearFaults();
    emulator().clearRequests();
  });

  const start = (options: ProviderProcessOptions) => startWithoutKeys(emulator(), home(), options);

  const withRole = () =>
    start({
      config: {
        "alicloud:accessKey": "plain",
        "alicloud:secretKey": secret,
        "alicloud:assumeRole": JSON.stringify({ roleArn, sessionExpiration: 900 }),
      },
    });
  const withUri = () => start({ config: { "alicloud:credentialsUri": `${serverUrl}/credentials` } });
  const withEcsRole = () =>
    start({
      config: { "alicloud:ecsRoleName": "uploader" },
      env: {
        ALIBABA_CLOUD_ECS_METADATA_DISABLED: "false",
        NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "redirect-metadata.cjs")}`,
        TEST_METADATA_URL: serverUrl,
      },
    });

  function expire(accessKeyId: string): void {
    emulator().setAccount({
      accessKeyId,
      accessKeySecret: secret,
      securityToken: token,
      expires: new Date(0),
    });
  }

  /** Everything that was asked, as `PrepareUpload 200`. */
  function asked(): readonly string[] {
    return emulator().requests.map(({ action, code, status: answered }) => `${action} ${code ?? answered}`);
  }

  function keysUsed(): readonly (string | undefined)[] {
    return emulator().requests.map(({ accessKeyId }) => accessKeyId);
  }

  it("a role's session is renewed minutes before it expires", async () => {
    // It then expires five minutes and a bit from now by the provider's clock.
    ahead = -10 * minute + 3000;
    const provider = await withRole();
    await provider.create(inputs);
    await provider.create(inputs);
    await sleep(3500);
    await provider.create(inputs);
    assert.deepEqual(asked(), [
      "AssumeRole 200",
      "PrepareUpload 200",
      "PrepareUpload 200",
      "AssumeRole 200",
      "PrepareUpload 200",
    ]);
  });

  it("a role's session that expires unexpectedly is renewed, and the call made again", async () => {
    ahead = -5 * minute;
    const provider = await withRole();
    await provider.create(inputs);
    // The clock of ENS runs away: what should last ten more minutes has expired.
    ahead = 14 * minute;
    await provider.create(inputs);
    assert.deepEqual(asked(), [
      "AssumeRole 200",
      "PrepareUpload 200",
      "PrepareUpload InvalidSecurityToken.Expired",
      "AssumeRole 200",
      "PrepareUpload 200",
    ]);
  });

  it("40 calls that an expiry hits together renew the session once, and none fails", async () => {
    const provider = await withRole();
    await provider.create(inputs);
    emulator().clearRequests();
    emulator().fail({ kind: "error", code: "InvalidSecurityToken.Expired", times: 40, delayMs: 300 });
    await Promise.all(Array.from({ length: 40 }, () => provider.create(inputs)));
    const count = (what: string) => asked().filter((one) => one === what).length;
    assert.deepEqual([count("PrepareUpload InvalidSecurityToken.Expired"), count("AssumeRole 200")], [40, 1]);
    assert.equal(count("PrepareUpload 200"), 40);
  });

  it("a session that is refused however new it is ends in an error, after one renewal", async () => {
    const provider = await withRole();
    emulator().fail({ kind: "error", code: "InvalidSecurityToken.Expired", times: 99 });
    await assert.rejects(provider.create(inputs), /InvalidSecurityToken\.Expired.* after 2 attempts/s);
    assert.equal(asked().filter((one) => one.startsWith("AssumeRole")).length, 2);
  });

  it("a role is assumed with the new keys of a URI once the old ones have expired", async () => {
    const provider = await start({
      config: {
        "alicloud:credentialsUri": `${serverUrl}/credentials`,
        "alicloud:assumeRole": JSON.stringify({ roleArn }),
      },
    });
    await provider.create(inputs);
    expire("STS.1");
    emulator().clearRequests();
    emulator().fail({ kind: "error", code: "InvalidSecurityToken.Expired" });
    await provider.create(inputs);
    assert.deepEqual(asked(), [
      "PrepareUpload InvalidSecurityToken.Expired",
      "AssumeRole InvalidSecurityToken.Expired",
      "AssumeRole 200",
      "PrepareUpload 200",
    ]);
  });

  for (const [what, begin] of [
    ["a credentials URI", withUri],
    ["the role of an ECS instance", withEcsRole],
  ] as const) {
    it(`keys of ${what} that last are kept, those about to expire asked for again`, async () => {
      const kept = await begin();
      await kept.create(inputs);
      await kept.create(inputs);
      lasting = 10 * minute;
      const renewed = await begin();
      await renewed.create(inputs);
      await renewed.create(inputs);
      assert.deepEqual(keysUsed(), ["STS.1", "STS.1", "STS.2", "STS.3"]);
    });

    it(`keys of ${what} that expire unexpectedly are asked for again, once for 40 calls`, async () => {
      const provider = await begin();
      await provider.create(inputs);
      expire("STS.1");
      await Promise.all(Array.from({ length: 40 }, () => provider.create(inputs)));
      assert.equal(handedOut, 2);
    });
  }

  it("keys that expire where no new ones are to be had end in an error that names the source", async () => {
    const provider = await withUri();
    await provider.create(inputs);
    expire("STS.1");
    status = 503;
    await assert.rejects(
      provider.create(inputs),
      /No credentials from the credentials URI \(stack configuration alicloud:credentialsUri\): it answered with status 503/,
    );
    status = 200;
    await provider.create(inputs);
  });

  for (const [what, config] of [
    ["a profile", { "alicloud:profile": "main" }],
    ["the default chain", {}],
  ] as const) {
    const write = (accessKeyId: string) => {
      const profile = {
        name: "main",
        mode: "StsToken",
        access_key_id: accessKeyId,
        access_key_secret: secret,
        sts_token: token,
      };
      mkdirSync(join(home(), ".aliyun"), { recursive: true });
      writeFileSync(
        join(home(), ".aliyun", "config.json"),
        JSON.stringify({ current: "main", profiles: [profile] }),
      );
    };

    it(`keys of ${what} are read again when the file was written again and the old ones are refused`, async () => {
      for (const one of ["STS.old", "STS.new"])
        emulator().setAccount({ accessKeyId: one, accessKeySecret: secret, securityToken: token });
      write("STS.old");
      const provider = await start({ config });
      await provider.create(inputs);
      write("STS.new");
      expire("STS.old");
      await provider.create(inputs);
      assert.deepEqual(keysUsed(), ["STS.old", "STS.old", "STS.new"]);
    });

    it(`keys of ${what} are not tried again when the file still holds those refused`, async () => {
      expire("STS.old");
      write("STS.old");
      const provider = await start({ config });
      await assert.rejects(provider.create(inputs), /InvalidSecurityToken\.Expired/);
      assert.equal(emulator().requests.length, 1);
    });
  }

  it("a key pair that was disabled in favour of another is replaced by what the file now holds", async () => {
    const write = (accessKeyId: string) => {
      const profile = {
        name: "main",
        mode: "AK",
        access_key_id: accessKeyId,
        access_key_secret: secret,
      };
      writeFileSync(join(home(), "mine.json"), JSON.stringify({ current: "main", profiles: [profile] }));
    };
    emulator().setAccount({ accessKeyId: "retired", accessKeySecret: secret });
    write("retired");
    const provider = await start({ config: { "alicloud:sharedCredentialsFile": "~/mine.json" } });
    await provider.create(inputs);
    write("plain");
    emulator().setAccount({ accessKeyId: "retired", accessKeySecret: secret, status: "inactive" });
    await provider.create(inputs);
    assert.deepEqual(keysUsed(), ["retired", "retired", "plain"]);
  });

  it("keys that were set by hand and have expired are an error after one attempt", async () => {
    expire("STS.set");
    const provider = await start({
      config: {
        "alicloud:accessKey": "STS.set",
        "alicloud:secretKey": secret,
        "alicloud:securityToken": token,
      },
    });
    await assert.rejects(
      provider.create(inputs),
      /The keys from stack configuration alicloud:accessKey have expired.*alicloud:securityToken/s,
    );
    assert.equal(emulator().requests.length, 1);
  });
});
