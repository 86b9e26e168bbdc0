import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accessKey, pairs, problems, read } from "../../support/read-settings";

const roleArn = "acs:ram::123456789012:role/uploader";
const oidcProviderArn = "acs:ram::123456789012:oidc-provider/ci";

describe("settings of credentials", () => {
  ["own", "official", "short", "long"].forEach((expected, index) => {
    it(`are looked up in order: ${expected} wins over all that come after it`, () => {
      const config = Object.assign({}, ...pairs.slice(index).map((pair) => pair.config ?? {}));
      const env = Object.assign({}, ...pairs.slice(index).map((pair) => pair.env ?? {}));
      assert.equal(accessKey(config, env), expected);
    });
  });

  it("fall back to the default chain, and tell every place that was looked at", () => {
    const { credentials } = read();
    assert.equal(credentials.kind, "defaultChain");
    const places = credentials.kind === "defaultChain" ? credentials.lookedAt.join("\n") : "";
    for (const place of [
      "alicloud-ens:accessKey",
      "alicloud:secretKey",
      "ALICLOUD_PROFILE",
      "ALIBABA_CLOUD_ACCESS_KEY_ID",
    ]) {
      assert.ok(places.includes(place), place);
    }
  });

  it("are looked up one by one, as the official provider does", () => {
    assert.equal(accessKey({ "alicloud:accessKey": "a" }, { ALICLOUD_SECRET_KEY: "s" }), "a");
  });

  it("count an empty value as none", () => {
    assert.equal(
      accessKey({ "alicloud-ens:accessKey": " " }, { ALICLOUD_ACCESS_KEY: "b", ALICLOUD_SECRET_KEY: "s" }),
      "b",
    );
  });

  for (const [missing, config, command] of [
    ["secretKey", { "alicloud:accessKey": "a" }, "pulumi config set --secret alicloud:secretKey"],
    ["accessKey", { "alicloud-ens:secretKey": "canary" }, "pulumi config set alicloud-ens:accessKey"],
  ] as const) {
    it(`say that ${missing} is missing, where the other half came from and how to fix it`, () => {
      const [problem] = problems(config);
      assert.equal(problem?.setting, `alicloud-ens:${missing}`);
      assert.ok(problem?.reason.includes(`stack configuration ${Object.keys(config)[0]}`));
      assert.ok(problem?.reason.includes(command));
      assert.ok(!problem?.reason.includes("canary"));
    });
  }

  it("refuse parts of a key that no header can carry, each by its name, without showing it", () => {
    const reported = problems({
      "alicloud-ens:accessKey": "canary\r\nX-Header: y",
      "alicloud:secretKey": "can ary",
      "alicloud-ens:securityToken": "can\u00e4ry",
    });
    assert.deepEqual(
      reported.map(({ setting }) => setting),
      ["alicloud-ens:accessKey", "alicloud:secretKey", "alicloud-ens:securityToken"],
    );
    for (const { setting, reason } of reported) {
      assert.match(reason, /letters, digits and signs without a space.*\(stack configuration alicloud/);
      const flag = setting === "alicloud-ens:accessKey" ? "" : "--secret ";
      assert.ok(reason.includes(`pulumi config set ${flag}${setting} `));
      assert.doesNotMatch(reason, /can.?.?ry|X-Header/);
    }
  });

  it("refuse such parts of a Provider's key as its arguments", () => {
    const [problem] = problems({
      "alicloud-ens:provider": "eu",
      "alicloud-ens:accessKey": "a",
      "alicloud-ens:secretKey": "can ary",
    });
    assert.equal(problem?.setting, 'secretKey of the provider "eu"');
    assert.match(problem?.reason ?? "", /Set it: `new ens\.Provider\("eu", \{ secretKey: "<value>" \}\)`/);
    assert.doesNotMatch(problem?.reason ?? "", /can ary|pulumi config set/);
  });

  it("take a security token from the place of its access key only", () => {
    const env = { ALICLOUD_SECURITY_TOKEN: "stale" };
    const own = read({ "alicloud:accessKey": "a", "alicloud:secretKey": "s" }, env).credentials;
    assert.equal(own.kind === "keys" && own.keys.securityToken, undefined);
    const same = read({}, { ...pairs[2]?.env, ...env }).credentials;
    assert.equal(same.kind === "keys" && same.keys.securityToken, "stale");
    const temporary = read({ "alicloud:accessKey": "STS.a", "alicloud:secretKey": "s" }, env).credentials;
    assert.equal(temporary.kind === "keys" && temporary.keys.securityToken, "stale");
  });

  it("know profile, ECS role and credentials URI", () => {
    assert.equal(read({ "alicloud:profile": "p" }).credentials.kind, "profile");
    assert.equal(read({}, { ALICLOUD_PROFILE: "p" }).credentials.kind, "profile");
    assert.equal(read({ "alicloud:sharedCredentialsFile": "/f" }).credentials.kind, "profile");
    assert.equal(read({ "alicloud:ecsRoleName": "r" }).credentials.kind, "ecsRole");
    assert.equal(read({ "alicloud:credentialsUri": "http://127.0.0.1/c" }).credentials.kind, "uri");
  });

  describe("of several kinds at once", () => {
    const role = { roleArn, oidcProviderArn, oidcTokenFile: "/token" };
    /** The official provider's order, and how each kind is set in each family of places. */
    const kinds = [
      {
        kind: "keys",
        config: { accessKey: "a", secretKey: "s" },
        env: [
          { ALICLOUD_ACCESS_KEY: "a", ALICLOUD_SECRET_KEY: "s" },
          { ALIBABA_CLOUD_ACCESS_KEY_ID: "a", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" },
          { ALIBABACLOUD_ACCESS_KEY_ID: "a", ALIBABACLOUD_ACCESS_KEY_SECRET: "s" },
        ],
      },
      {
        kind: "profile",
        config: { profile: "p" },
        env: [{ ALICLOUD_PROFILE: "p" }, { ALIBABA_CLOUD_PROFILE: "p" }],
      },
      {
        kind: "uri",
        config: { credentialsUri: "http://127.0.0.1/c" },
        env: [
          { ALICLOUD_CREDENTIALS_URI: "http://127.0.0.1/c" },
          { ALIBABA_CLOUD_CREDENTIALS_URI: "http://127.0.0.1/c" },
        ],
      },
      {
        kind: "ecsRole",
        config: { ecsRoleName: "r" },
        env: [{ ALICLOUD_ECS_ROLE_NAME: "r" }, { ALIBABA_CLOUD_ECS_METADATA: "r" }],
      },
      {
        kind: "oidc",
        config: { assumeRoleWithOidc: JSON.stringify(role) },
        env: [
          {
            ALIBABA_CLOUD_ROLE_ARN: roleArn,
            ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProviderArn,
            ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
          },
        ],
      },
    ] as const;
    const inNamespace = (namespace: string, config: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(config).map(([name, value]) => [`${namespace}:${name}`, value]));

    kinds.forEach((stronger, index) => {
      it(`take ${stronger.kind} before all after it, wherever these are, as the official provider does`, () => {
        const ways = [
          { config: inNamespace("alicloud", stronger.config), env: {} },
          ...stronger.env.map((env) => ({ config: {}, env })),
        ];
        for (const { config, env } of ways) {
          for (const weaker of kinds.slice(index)) {
            const weakerWays = [
              { config: inNamespace("alicloud", weaker.config), env: {} },
              ...weaker.env.map((one) => ({ config: {}, env: one })),
            ];
            for (const other of weakerWays) {
              const { credentials } = read({ ...other.config, ...config }, { ...other.env, ...env });
              assert.equal(credentials.kind, stronger.kind, JSON.stringify({ config, env, other }));
            }
          }
        }
      });

      it(`take ${stronger.kind} of this package's own namespace before all that the official provider reads`, () => {
        for (const other of kinds) {
          const env = Object.assign({}, ...other.env) as Record<string, string>;
          const config = {
            ...inNamespace("alicloud", other.config),
            ...inNamespace("alicloud-ens", stronger.config),
          };
          assert.equal(read(config, env).credentials.kind, stronger.kind, other.kind);
        }
      });
    });
  });

  it("take ALIBABA_CLOUD_CREDENTIALS_FILE as the official provider does where it is JSON; an INI file is the chain's", () => {
    const folder = mkdtempSync(join(tmpdir(), "ens-files-"));
    const [json, ini] = [join(folder, "config.json"), join(folder, "credentials")];
    writeFileSync(json, '{ "profiles": [] }');
    writeFileSync(ini, "[default]\n");
    const kindOf = (file: string) => read({}, { ALIBABA_CLOUD_CREDENTIALS_FILE: file }).credentials.kind;
    assert.deepEqual([json, ini, join(folder, "none")].map(kindOf), [
      "profile",
      "defaultChain",
      "defaultChain",
    ]);
    rmSync(folder, { recursive: true });
  });

  it("know the role of an OIDC token: parts of the object, then those of variables, as the official provider does", () => {
    const { credentials, assumeRole } = read(
      { "alicloud:assumeRoleWithOidc": JSON.stringify([{ oidcProviderArn, sessionExpiration: "900" }]) },
      {
        ALIBABA_CLOUD_ROLE_ARN: roleArn,
        ALIBABA_CLOUD_OIDC_TOKEN: "canary-token",
        ALIBABA_CLOUD_ROLE_SESSION_NAME: "deploy",
      },
    );
    assert.ok(credentials.kind === "oidc");
    const { token, ...role } = credentials.role;
    assert.deepEqual(role, {
      roleArn,
      oidcProviderArn,
      sessionName: "deploy",
      sessionExpiration: 900,
      from: "stack configuration alicloud:assumeRoleWithOidc",
    });
    assert.deepEqual(token, {
      kind: "token",
      token: "canary-token",
      from: "environment variable ALIBABA_CLOUD_OIDC_TOKEN",
      howToReplace: "`export ALIBABA_CLOUD_OIDC_TOKEN=<token>`",
    });
    assert.equal(assumeRole, undefined, "ALIBABA_CLOUD_ROLE_ARN is that of the token");
  });

  it("assume a role with the session of the token where both are set, as the official provider does", () => {
    const { credentials, assumeRole } = read({
      "alicloud:assumeRoleWithOidc": JSON.stringify({ roleArn, oidcProviderArn, oidcTokenFile: "/token" }),
      "alicloud:assumeRole": JSON.stringify({ roleArn: `${roleArn}-2` }),
    });
    assert.equal(credentials.kind, "oidc");
    assert.equal(assumeRole?.roleArn, `${roleArn}-2`);
  });

  it("refuse what cannot be followed of assumeRoleWithOidc, with the place and the remedy there, and no token", () => {
    const reported = problems({
      "alicloud:assumeRoleWithOidc": JSON.stringify({
        rolArn: roleArn,
        oidcProviderArn: roleArn,
        oidcToken: "can ary",
        sessionExpiration: 5,
      }),
    });
    const label = "alicloud:assumeRoleWithOidc";
    assert.deepEqual(
      reported.map(({ setting }) => setting),
      ["rolArn", "roleArn", "oidcProviderArn", "sessionExpiration", "oidcToken"].map(
        (part) => `${label}.${part}`,
      ),
    );
    const [unknown, missing, , , token] = reported.map(({ reason }) => reason);
    assert.match(
      unknown ?? "",
      /is not known \(stack configuration alicloud:assumeRoleWithOidc\.rolArn\)\.\sDid you mean roleArn\?/,
    );
    assert.match(unknown ?? "", /`pulumi config rm --path alicloud:assumeRoleWithOidc\.rolArn`/);
    assert.match(
      missing ?? "",
      /got nothing .*`pulumi config set --path alicloud:assumeRoleWithOidc\.roleArn 'acs:ram:/s,
    );
    assert.match(
      token ?? "",
      /`pulumi config set --secret --path alicloud:assumeRoleWithOidc\.oidcToken <token>`/,
    );
    assert.doesNotMatch(reported.map(({ reason }) => reason).join(), /can ary/);
  });

  it("refuse a role without a token, one of variables too", () => {
    const [fromVariables] = problems(
      {},
      { ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProviderArn, ALIBABA_CLOUD_ROLE_ARN: roleArn },
    );
    assert.equal(fromVariables?.setting, "ALIBABA_CLOUD_OIDC_TOKEN_FILE");
    assert.match(
      fromVariables?.reason ?? "",
      /oidcToken or the path of a file that has it, got nothing \(environment variable ALIBABA_CLOUD_OIDC_PROVIDER_ARN\).*`export ALIBABA_CLOUD_OIDC_TOKEN_FILE=/s,
    );
  });

  it("refuse a credentials URI that is none, without showing it", () => {
    const [problem] = problems({ "alicloud-ens:credentialsUri": "canary" });
    assert.equal(problem?.setting, "alicloud-ens:credentialsUri");
    assert.ok(!problem?.reason.includes("canary"));
  });
});
