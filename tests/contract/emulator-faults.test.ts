import assert from "node:assert/strict";
import Rpc from "@alicloud/pop-core";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";

const roleArn = "acs:ram::1:role/uploader";

describe("a fault of the emulator's APIs", () => {
  let time = 0;
  const emulator = useEmulator({
    buckets: ["media-assets"],
    roles: [{ roleArn }],
    quotaPerSecond: 1,
    clock: () => new Date(time),
  });

  beforeEach(() => {
    // A second of its own: one call is within the quota.
    time = Math.max(Date.now(), time + 1000);
  });
  afterEach(() => {
    emulator().clearFaults();
    emulator().clearRequests();
  });

  /** The code that a call is refused with, or the error that the client made of having no answer. */
  async function failureOf(apiVersion: string, action: string, parameters: Record<string, string>) {
    const client = new Rpc({ ...defaultAccount, endpoint: emulator().url, apiVersion });
    return client.request(action, parameters).then(
      () => undefined,
      ({ code }: { code: string }) => code,
    );
  }
  const prepareUpload = () => failureOf("2017-11-10", "PrepareUpload", { BucketName: "media-assets" });
  const assumeRole = () =>
    failureOf("2015-04-01", "AssumeRole", { RoleArn: roleArn, RoleSessionName: "session" });

  it("hits ENS, not STS, when it names no service", async () => {
    emulator().fail({ kind: "error", code: "InternalError", status: 500 });
    assert.equal(await assumeRole(), undefined);
    assert.equal(await prepareUpload(), "InternalError");
  });

  it("hits STS when it says so", async () => {
    emulator().fail({ service: "sts", kind: "error", code: "ServiceUnavailable", status: 503 });
    assert.equal(await prepareUpload(), undefined);
    assert.equal(await assumeRole(), "ServiceUnavailable");
    assert.equal(await assumeRole(), undefined);
    const { service, action, status, code } = emulator().requests.at(1) ?? {};
    assert.deepEqual([service, action, status, code], ["sts", "AssumeRole", 503, "ServiceUnavailable"]);
  });

  it("hits the action that it names", async () => {
    emulator().fail({ service: "sts", action: "AssumeRole", kind: "error", code: "InternalError" });
    emulator().fail({ action: "PrepareUpload", kind: "error", code: "ServiceUnavailable", status: 503 });
    assert.equal(await prepareUpload(), "ServiceUnavailable");
    assert.equal(await assumeRole(), "InternalError");
    assert.deepEqual([await prepareUpload(), await assumeRole()], [undefined, undefined]);
  });

  it("is refused for an action that its service does not have", () => {
    assert.throws(
      () => emulator().fail({ action: "AssumeRole", kind: "hang" }),
      /action should be one of .*PrepareUpload.* for the service ens, got "AssumeRole"/,
    );
  });

  for (const [kind, what, next] of [
    ["reset", "leaves undone what was asked", undefined],
    ["lostAnswer", "does what was asked", "Throttling.User"],
  ] as const) {
    it(`that is a ${kind} gives no answer, and ${what}`, async () => {
      emulator().fail({ kind });
      assert.equal(await prepareUpload(), "ECONNRESET");
      const { status, code } = emulator().requests.at(-1) ?? {};
      assert.deepEqual([status, code], [0, kind]);
      // Only a call that was done is counted.
      assert.equal(await prepareUpload(), next);
    });
  }

  it("that loses an answer loses a refusal too, after the time it is to wait", async () => {
    emulator().setAccount({ ...defaultAccount, status: "arrears" });
    emulator().fail({ kind: "lostAnswer", delayMs: 150 });
    const begun = performance.now();
    assert.equal(await prepareUpload(), "ECONNRESET");
    assert.ok(performance.now() - begun >= 149);
    emulator().setAccount(defaultAccount);
  });
});
