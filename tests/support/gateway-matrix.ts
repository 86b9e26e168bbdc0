import assert from "node:assert/strict";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../emulator";
import type { GatewayAnswer, GatewayCall } from "./gateway-client";

const secret = "a-secret";
const token = "a-token";

const accounts = [
  { accessKeyId: "active", accessKeySecret: secret },
  { accessKeyId: "inactive", accessKeySecret: secret, status: "inactive" },
  { accessKeyId: "no-permission", accessKeySecret: secret, status: "noPermission" },
  { accessKeyId: "access-denied", accessKeySecret: secret, status: "accessDenied" },
  { accessKeyId: "arrears", accessKeySecret: secret, status: "arrears" },
  { accessKeyId: "STS.valid", accessKeySecret: secret, securityToken: token },
  { accessKeyId: "STS.expired", accessKeySecret: secret, securityToken: "old", expires: new Date(0) },
] as const;

const placements = [
  { clientIps: "203.0.113.0/24", physicalBucketName: "media-east" },
  { clientIps: "2001:db8::/32", physicalBucketName: "media-six", endpoint: "eos.example.com" },
];

type Change = Partial<GatewayCall>;

const accepted: readonly (readonly [string, Change, string])[] = [
  ["a plain key", {}, "media-assets-1"],
  ["temporary keys", { accessKeyId: "STS.valid", securityToken: token }, "media-assets-1"],
  ["a client elsewhere", { clientIp: "203.0.113.9" }, "media-east"],
  ["a client with an IPv6 address", { clientIp: "2001:db8::9" }, "media-six"],
];

const refused: readonly (readonly [string, Change, string, number])[] = [
  ["an unknown key", { accessKeyId: "nobody" }, "InvalidAccessKeyId.NotFound", 404],
  ["a disabled key", { accessKeyId: "inactive" }, "InvalidAccessKeyId.Inactive", 400],
  ["a wrong secret", { accessKeySecret: "guess" }, "SignatureDoesNotMatch", 400],
  [
    "an expired token",
    { accessKeyId: "STS.expired", securityToken: "old" },
    "InvalidSecurityToken.Expired",
    400,
  ],
  [
    "a malformed token",
    { accessKeyId: "STS.valid", securityToken: "x" },
    "InvalidSecurityToken.Malformed",
    400,
  ],
  ["another key's token", { securityToken: token }, "InvalidSecurityToken.MismatchWithAccessKey", 400],
  ["temporary keys without token", { accessKeyId: "STS.valid" }, "MissingSecurityToken", 400],
  ["a user without the permission", { accessKeyId: "no-permission" }, "NoPermission", 400],
  ["an account without access", { accessKeyId: "access-denied" }, "AccessDenied", 403],
  ["an account in arrears", { accessKeyId: "arrears" }, "UserDisable", 403],
  ["no such bucket", { bucketName: "nowhere" }, "NoSuchBucket", 404],
  ["a bucket name that is none", { bucketName: "Not_A_Bucket" }, "InvalidBucketName", 400],
  ["an address that is none", { clientIp: "nowhere" }, "InvalidClientIp", 400],
];

/** What every client of the gateway must be told, whoever wrote it. */
export function describeGateway(client: () => (request: GatewayCall) => Promise<GatewayAnswer>): void {
  let emulator: Emulator;
  let clock = () => new Date();

  before(async () => {
    const media = { name: "media-assets", physicalBucketName: "media-assets-1", placements };
    emulator = await startEmulator({ accounts, buckets: [media], clock: () => clock() });
  });
  afterEach(() => {
    clock = () => new Date();
    emulator.clearFaults();
  });
  after(() => emulator.stop());

  function call(change: Change = {}): Promise<GatewayAnswer> {
    return client()({
      endpoint: `127.0.0.1:${emulator.port}`,
      accessKeyId: "active",
      accessKeySecret: secret,
      bucketName: "media-assets",
      ...change,
    });
  }

  function lastCall() {
    return emulator.requests.filter(({ service }) => service === "ens").at(-1);
  }

  async function assertRefused(change: Change, code: string, status: number): Promise<void> {
    const answer = await call(change);
    assert.ok("code" in answer, "the call was answered");
    assert.equal(answer.code, code);
    if (answer.status !== undefined) assert.equal(answer.status, status);
    assert.equal(lastCall()?.code, code);
    assert.equal(lastCall()?.status, status);
  }

  for (const [what, change, physicalBucketName] of accepted) {
    it(`answers ${what}`, async () => {
      const answer = await call(change);
      assert.ok("physicalBucketName" in answer, JSON.stringify(answer));
      assert.equal(answer.physicalBucketName, physicalBucketName);
      assert.equal(
        answer.endpoint,
        change.clientIp?.includes(":") ? "eos.example.com" : emulator.objectEndpoint,
      );
      assert.equal(answer.requestId, lastCall()?.requestId);
    });
  }

  for (const [what, change, code, status] of refused) {
    it(`refuses ${what} with ${code}`, () => assertRefused(change, code, status));
  }

  it("refuses a call without bucket with MissingBucketName", async () => {
    const { bucketName: _, ...rest } = { bucketName: "" };
    await assertRefused({ ...rest, bucketName: undefined as unknown as string }, "MissingBucketName", 400);
  });

  for (const [what, minutes] of [
    ["behind", 16],
    ["ahead", -16],
  ] as const) {
    it(`refuses a clock 16 minutes ${what} with InvalidTimeStamp.Expired`, async () => {
      clock = () => new Date(Date.now() + minutes * 60_000);
      await assertRefused({}, "InvalidTimeStamp.Expired", 400);
    });
  }

  it("passes on what the gateway is told to fail with", async () => {
    emulator.fail({ kind: "error", code: "ServiceUnavailable", status: 503 });
    await assertRefused({}, "ServiceUnavailable", 503);
  });

  /** Asks an emulator of its own. */
  async function callOther(options: EmulatorOptions): Promise<GatewayAnswer> {
    const other = await startEmulator({ accounts, ...options });
    try {
      return await call({ endpoint: `127.0.0.1:${other.port}` });
    } finally {
      await other.stop();
    }
  }

  it("places a client that names no address by where it calls from", async () => {
    const here = [{ clientIps: "127.0.0.0/8", physicalBucketName: "media-here" }];
    const answer = await callOther({ buckets: [{ name: "media-assets", placements: here }] });
    assert.ok("physicalBucketName" in answer, JSON.stringify(answer));
    assert.equal(answer.physicalBucketName, "media-here");
  });

  for (const quotaStatus of [400, 429, 503] as const) {
    it(`refuses calls beyond the quota with Throttling.User, also as a ${quotaStatus}`, async () => {
      const answer = await callOther({ buckets: ["media-assets"], quotaPerSecond: 0, quotaStatus });
      assert.ok("code" in answer, JSON.stringify(answer));
      assert.equal(answer.code, "Throttling.User");
      if (answer.status !== undefined) assert.equal(answer.status, quotaStatus);
    });
  }

  it("answers with the new place once a bucket has moved", async () => {
    const moved = emulator.move("media-assets");
    const answer = await call();
    assert.ok("physicalBucketName" in answer);
    assert.equal(answer.physicalBucketName, moved.physicalBucketName);
    emulator.move("media-assets", { physicalBucketName: "media-assets-1" });
  });
}
