import assert from "node:assert/strict";
import Rpc from "@alicloud/pop-core";
import { defaultAccount, startEmulator } from "../../emulator";
import { ens } from "../../emulator/ens";
import type { Service } from "../../emulator/gateway/service";
import { sts } from "../../emulator/sts";
import { useEmulator } from "../support/emulator";

const { accessKeyId, accessKeySecret } = defaultAccount;

/** Calls without parameters, refused before the action looks for them. */
for (const service of [ens, sts]) {
  for (const { name } of service.actions.filter(({ unsigned }) => !unsigned)) {
    describe(`the emulator's ${name}`, () => {
      const emulator = useEmulator();
      afterEach(() => emulator().setAccount(defaultAccount));

      it("takes no signature made with another secret", async () => {
        assert.equal(await refusedWith(service, name, emulator().url, "guess"), "SignatureDoesNotMatch");
      });

      for (const [status, code] of [
        ["inactive", "InvalidAccessKeyId.Inactive"],
        ["noPermission", "NoPermission"],
        ["accessDenied", service === ens ? "AccessDenied" : "NoPermission"],
        ["arrears", service === ens ? "UserDisable" : "NoPermission"],
      ] as const) {
        it(`refuses an account that is ${status} with ${code}`, async () => {
          emulator().setAccount({ ...defaultAccount, status });
          assert.equal(await refusedWith(service, name, emulator().url), code);
          const { action, service: seen } = emulator().requests.at(-1) ?? {};
          assert.deepEqual([seen, action], [service.name, name]);
        });
      }

      if (service === ens) {
        it("is allowed by the policy that names it alone, and by no other", async () => {
          for (const [allowed, refused] of [
            [name, false],
            ["Other", true],
          ] as const) {
            const Statement = [{ Effect: "Allow", Action: [`ens:${allowed}`], Resource: "*" }];
            emulator().setAccount({ ...defaultAccount, policy: JSON.stringify({ Version: "1", Statement }) });
            const code = await refusedWith(service, name, emulator().url);
            assert.equal(code === "NoPermission", refused, allowed);
          }
        });
      }

      it(service.hasQuota ? "is within the quota" : "is not counted by the quota", async () => {
        const throttled = await startEmulator({ quotaPerSecond: 0 });
        const code = await refusedWith(service, name, throttled.url);
        await throttled.stop();
        assert.equal(code === "Throttling.User", service.hasQuota);
      });
    });
  }
}

async function refusedWith(
  { version: apiVersion }: Service,
  name: string,
  endpoint: string,
  secret = accessKeySecret,
): Promise<string | undefined> {
  const client = new Rpc({ accessKeyId, accessKeySecret: secret, endpoint, apiVersion });
  return client.request(name, {}).then(
    () => undefined,
    ({ code }: { code: string }) => code,
  );
}
