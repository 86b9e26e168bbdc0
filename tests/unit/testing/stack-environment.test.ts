import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { readSettings } from "../../../provider/lifecycle/settings/settings";
import { stackEnvironment } from "../../../testing";
import { useEmulator } from "../../support/emulator";

describe("the environment of a stack that asks the emulator", () => {
  const emulator = useEmulator();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-environment-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  it("lets no account or endpoint of the machine through", () => {
    const machine = {
      ALICLOUD_ENDPOINT_ENS: "ens.aliyuncs.com",
      ALICLOUD_SECURITY_TOKEN: "a token",
      ALICLOUD_PROFILE: "production",
      ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/production",
      ALIBABA_CLOUD_ACCESS_KEY_ID: "an-id",
      ALIBABACLOUD_SECURITY_TOKEN: "a token",
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
    };
    const environment = stackEnvironment(emulator(), folder);
    const read = (env: NodeJS.ProcessEnv) => {
      const { howToSet, ...values } = readSettings(() => undefined, env);
      return { ...values, remedy: howToSet({ accessKey: "<id>", endpoint: "<host>" }) };
    };
    assert.deepEqual(read({ ...machine, ...environment }), read(emulator().environment));
  });

  it("keeps the state in the folder, which it makes", () => {
    const state = join(folder, "a", "state");
    assert.equal(stackEnvironment(emulator(), state).PULUMI_BACKEND_URL, pathToFileURL(state).href);
    assert.ok(existsSync(state));
  });
});
