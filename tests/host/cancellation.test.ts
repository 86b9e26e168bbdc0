import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { numberSettings } from "../../provider/lifecycle/settings/settings";
import { useEmulator } from "../support/emulator";
import { ProviderProcess, stopProviderProcesses } from "../support/provider-process";
import { useSilentServer } from "../support/silent-server";

const role = { roleArn: "acs:ram::1234567890123456:role/uploader" };

describe("a provider process whose deployment is cancelled", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const silent = useSilentServer();
  stopProviderProcesses();

  const upload = { bucketName: "media-assets" };
  const state = { ...upload, physicalBucketName: "p-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
  const keys = {
    "alicloud-ens:accessKey": defaultAccount.accessKeyId,
    "alicloud-ens:secretKey": defaultAccount.accessKeySecret,
  };

  /** Lets twenty calls wait, cancels, calls once more: all must end now, by the one reason. */
  async function cancelAmid(
    config: Readonly<Record<string, string>>,
    waiting: (provider: ProviderProcess) => boolean,
  ): Promise<void> {
    const provider = await ProviderProcess.start({ config });
    const calls = Array.from({ length: 20 }, (_, n) => {
      if (n % 3 === 0) return provider.read(state);
      return n % 3 === 1 ? provider.update(state, upload) : provider.create(upload);
    });
    const ends = Promise.allSettled(calls);
    while (!waiting(provider)) await new Promise((resolve) => setTimeout(resolve, 20));
    const began = Date.now();
    await provider.cancel();
    const all = [...(await ends), ...(await Promise.allSettled([provider.create(upload)]))];
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
    for (const end of all) {
      assert.equal(end.status, "rejected");
      assert.match(String(end.reason), /The deployment was cancelled before ENS had answered\. Nothing was/);
    }
    assert.doesNotMatch(provider.stderr, /Warning|\n\s+at /);
  }

  it("ends all calls that wait while ENS throttles, and those that come after", async () => {
    const headers = { "x-acs-retry-after": "60000" };
    emulator().fail({ kind: "error", code: "Throttling.User", headers, times: 99 });
    await cancelAmid({ ...keys, "alicloud-ens:endpoint": emulator().url }, ({ stdout }) =>
      stdout.includes("ENS is throttling"),
    );
    emulator().clearFaults();
  });

  it("ends all calls that wait for an answer of ENS", () =>
    cancelAmid(
      { ...keys, "alicloud-ens:endpoint": silent().url },
      () => silent().waiting() === numberSettings.maxConcurrency.byDefault,
    ));

  it("ends all calls that wait for the session of a role", () =>
    cancelAmid(
      {
        ...keys,
        "alicloud-ens:assumeRole": JSON.stringify(role),
        "alicloud-ens:endpoints": JSON.stringify([{ ens: emulator().url, sts: silent().url }]),
      },
      () => silent().waiting() === 1,
    ));

  it("ends all calls that wait for a credentials URI", () =>
    cancelAmid(
      { "alicloud-ens:credentialsUri": silent().url, "alicloud-ens:endpoint": emulator().url },
      () => silent().waiting() === 1,
    ));
});
