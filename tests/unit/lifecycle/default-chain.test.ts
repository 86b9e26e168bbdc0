import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CredentialsError } from "../../../provider/ens/errors";
import { Slots } from "../../../provider/ens/retry/slots";
import { systemTiming } from "../../../provider/ens/retry/timing";
import { Agents } from "../../../provider/ens/transport/agents";
import { keySource } from "../../../provider/lifecycle/credentials";
import { readSettings } from "../../../provider/lifecycle/settings/settings";

describe("the error of credentials that are nowhere", () => {
  const variables = {
    ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true",
    ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true",
  };
  const before = { ...process.env };
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "ens-chain-"));
    const file = join(home, "credentials");
    Object.assign(process.env, variables, { HOME: home, ALIBABA_CLOUD_CREDENTIALS_FILE: file });
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
    rmSync(home, { recursive: true });
  });

  async function failure(): Promise<CredentialsError> {
    const cancelled = new AbortController().signal;
    const transport = { agents: new Agents({ except: "" }), cancelled };
    const retry = { budgetMs: 0, slots: new Slots(1), timing: systemTiming, tell: () => {}, cancelled };
    const source = keySource(
      readSettings(() => undefined, {}),
      transport,
      retry,
    );
    const error = await source.getKeys().catch((reason: unknown) => reason);
    return CredentialsError.isInstance(error) ? error : assert.fail("there were keys");
  }

  it("has every place that was looked at, for the doctor, and not in its message", async () => {
    const { message, places = [] } = await failure();
    const looked = places.map(({ place }) => place).join("\n");
    for (const place of [
      "alicloud-ens:accessKey",
      "alicloud:secretKey",
      "ALICLOUD_ACCESS_KEY",
      "ALIBABA_CLOUD_CREDENTIALS_URI",
      "~/.aliyun/config.json (switched off by ALIBABA_CLOUD_CLI_PROFILE_DISABLED)",
      "~/.alibabacloud/credentials",
      "the metadata of an ECS instance",
    ]) {
      assert.ok(looked.includes(place), place);
    }
    assert.doesNotMatch(message, /ALIBABA_CLOUD_CREDENTIALS_URI|metadata/);
    assert.match(message, /^No credentials found\.\nSet a key pair: /);
  });

  it("says of a place that has something broken what is wrong, and nothing that it holds", async () => {
    writeFileSync(join(home, "credentials"), "[default]\ntype = access_key\naccess_key_id = canary\n");
    const { message, places = [] } = await failure();
    assert.match(
      message,
      /^No credentials found\. The profile "default" of .* it lacks access_key_secret\.\nComplete it: /,
    );
    const [{ place, problem = "" } = { place: "" }] = places.filter((one) => one.problem !== undefined);
    assert.equal(place, "~/.alibabacloud/credentials");
    assert.match(problem, /it lacks access_key_secret/);
    assert.doesNotMatch(message + problem, /canary/);
  });
});
