import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { useHome } from "../support/home";
import { oidcProvider, oidcProviderArn, oidcToken } from "../support/oidc";
import { profileKey, writeProfiles } from "../support/profiles";
import { type ProviderProcessOptions, stopProviderProcesses } from "../support/provider-process";
import { startWithoutKeys } from "../support/start-provider";

const roleArn = "acs:ram::123456789012:role/ci";
const inputs = { bucketName: "media-assets" };

describe("a RAM role with an OIDC token", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [profileKey],
    roles: [{ roleArn, oidcProviderArn }, { roleArn: `${roleArn}-2` }, { roleArn: `${roleArn}-stranger` }],
    oidcProviders: [oidcProvider],
  });
  const home = useHome();
  let tokenFile: string;

  beforeEach(() => {
    emulator().clearRequests();
    emulator().clearFaults();
    // The machine has an account of its own, which nobody may ask.
    writeProfiles(join(home(), ".aliyun", "config.json"));
    tokenFile = join(home(), "token");
    writeFileSync(tokenFile, `${oidcToken()}\n`);
  });

  const start = (options: ProviderProcessOptions) => startWithoutKeys(emulator(), home(), options);
  const role = (parts: Readonly<Record<string, unknown>> = {}) => ({
    "alicloud:assumeRoleWithOidc": JSON.stringify({
      roleArn,
      oidcProviderArn,
      oidcTokenFile: tokenFile,
      ...parts,
    }),
  });

  /** Who asked for what. */
  const asked = () =>
    emulator().requests.map(
      ({ action, accessKeyId, code, status }) =>
        `${action} ${accessKeyId?.replace(/^STS\..*/, "session") ?? "nobody"} ${code ?? status}`,
    );

  async function failure(options: ProviderProcessOptions): Promise<string> {
    const provider = await start(options);
    const error = await failing(provider.create(inputs));
    assert.ok(!asked().some((one) => one.includes(profileKey.accessKeyId)), asked().join());
    assert.doesNotMatch(`${error.message}${provider.stderr}`, /canary|eyJ/);
    return error.message;
  }

  it("is asked of STS once for many calls, without keys, and never the machine's own profile", async () => {
    const provider = await start({ config: role() });
    await Promise.all(Array.from({ length: 20 }, () => provider.create(inputs)));
    assert.deepEqual(asked(), [
      "AssumeRoleWithOIDC nobody 200",
      ...Array.from({ length: 20 }, () => "PrepareUpload session 200"),
    ]);
  });

  it("takes the token itself, also from the variables that pods and pipelines have", async () => {
    const config = role({ oidcTokenFile: undefined, oidcToken: oidcToken(), roleSessionName: "deploy" });
    await (await start({ config })).create(inputs);
    const env = {
      ALIBABA_CLOUD_ROLE_ARN: roleArn,
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProviderArn,
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: tokenFile,
    };
    await (await start({ env })).create(inputs);
    const once = ["AssumeRoleWithOIDC nobody 200", "PrepareUpload session 200"];
    assert.deepEqual(asked(), [...once, ...once]);
  });

  it("gives the session that a role in assumeRole is taken on with", async () => {
    const second = { "alicloud:assumeRole": JSON.stringify({ roleArn: `${roleArn}-2` }) };
    await (await start({ config: { ...role(), ...second } })).create(inputs);
    assert.deepEqual(asked(), [
      "AssumeRoleWithOIDC nobody 200",
      "AssumeRole session 200",
      "PrepareUpload session 200",
    ]);
  });

  it("is asked for again when its session is refused, with what the file has by then", async () => {
    const provider = await start({ config: role() });
    await provider.create(inputs);
    const end = () => {
      const used = emulator().requests.at(-1)?.accessKeyId ?? "";
      emulator().setAccount({
        accessKeyId: used,
        accessKeySecret: "x",
        securityToken: "x",
        expires: new Date(0),
      });
      emulator().clearRequests();
    };
    end();
    await provider.create(inputs);
    assert.deepEqual(asked().slice(1), ["AssumeRoleWithOIDC nobody 200", "PrepareUpload session 200"]);
    end();
    writeFileSync(tokenFile, oidcToken({ exp: 1 }));
    await assert.rejects(provider.create(inputs), /AuthenticationFail\.OIDCToken\.Expired/);
    writeFileSync(tokenFile, oidcToken());
    await provider.create(inputs);
  });

  for (const [what, content, told] of [
    ["is not there", undefined, /\/token \(stack configuration .*\.oidcTokenFile\), does not exist\./s],
    ["is empty", " \n", /is empty\./],
    ["has something else", "canary is no token\n", /does not have an OIDC token of 4 to 20000 characters/],
    ["is a folder", "folder", /is a folder, not a file\.\s+Name a file/],
  ] as const) {
    it(`whose file ${what}: says so, and how to name another`, async () => {
      const file = join(home(), "other", "token");
      mkdirSync(content === "folder" ? file : join(home(), "other"), { recursive: true });
      if (content !== undefined && content !== "folder") writeFileSync(file, content);
      const message = await failure({ config: role({ oidcTokenFile: file }) });
      assert.match(message, told);
      assert.match(message, /`pulumi config set --path alicloud:assumeRoleWithOidc\.oidcTokenFile <path>`/);
      assert.deepEqual(asked(), []);
    });
  }

  for (const [what, parts, code] of [
    ["has expired", { oidcToken: oidcToken({ exp: 1 }) }, "AuthenticationFail.OIDCToken.Expired"],
    ["is for another", { oidcToken: oidcToken({ aud: "somebody" }) }, "AuthenticationFail.OIDCToken.Invalid"],
    [
      "is for a role that trusts another",
      { oidcToken: oidcToken(), roleArn: `${roleArn}-stranger` },
      "NoPermission",
    ],
    [
      "is for a role that is not there",
      { oidcToken: oidcToken(), roleArn: `${roleArn}-none` },
      "EntityNotExist.Role",
    ],
  ] as const) {
    it(`that ${what}: says what STS said and what to check`, async () => {
      const message = await failure({ config: role(parts) });
      assert.match(message, /^\d UNKNOWN: The role acs:ram::.*could not be assumed with the OIDC token: /);
      assert.ok(message.includes(code), message);
      assert.match(message, /request id [\w-]+\.\sSet another: .*The role must trust its provider/s);
      assert.match(
        message,
        /`pulumi config set --secret --path alicloud:assumeRoleWithOidc\.oidcToken <token>`/,
      );
    });
  }

  for (const [key, nearest] of [
    ["alicloud:assumeRoleWithSaml", "assumeRoleWithOidc"],
    ["alicloud:acessKey", "accessKey"],
  ] as const) {
    it(`is not replaced by the machine's profile where ${key} would choose an account and is not known`, async () => {
      const message = await failure({ config: { [key]: "x" } });
      assert.match(
        message,
        new RegExp(`${key}: it is not known.*\nDid you mean ${nearest}\\?.*pulumi config rm ${key}`),
      );
      assert.deepEqual(asked(), []);
    });
  }

  it("that STS repeats in its words is not shown", async () => {
    const token = oidcToken();
    emulator().fail({
      service: "sts",
      kind: "error",
      code: "AuthenticationFail.OIDCToken.Invalid",
      message: `Got ${token}.`,
    });
    assert.match(await failure({ config: role({ oidcToken: token }) }), /Invalid \(Got \[secret\]\.\)/);
  });
});
