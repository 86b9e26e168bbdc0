import assert from "node:assert/strict";
import { SettingsError } from "../../../provider/ens/errors";
import { readSettings } from "../../../provider/lifecycle/settings/settings";
import { stackConfiguration } from "../../../provider/lifecycle/settings/source";

type Values = Readonly<Record<string, string>>;

const pairs = [
  { config: { "alicloud-ens:accessKey": "own", "alicloud-ens:secretKey": "s" } },
  { config: { "alicloud:accessKey": "official", "alicloud:secretKey": "s" } },
  { env: { ALICLOUD_ACCESS_KEY: "short", ALICLOUD_SECRET_KEY: "s" } },
  { env: { ALIBABA_CLOUD_ACCESS_KEY_ID: "long", ALIBABA_CLOUD_ACCESS_KEY_SECRET: "s" } },
] satisfies { config?: Values; env?: Values }[];

function read(config: Values = {}, env: Values = {}) {
  return readSettings((key) => config[key], env);
}

function problems(config: Values, env: Values = {}) {
  try {
    read(config, env);
  } catch (error) {
    assert.ok(SettingsError.isInstance(error));
    return error.problems;
  }
  throw new Error("the settings were taken");
}

function accessKey(config: Values, env: Values): string | undefined {
  const { credentials } = read(config, env);
  return credentials.kind === "keys" ? credentials.keys.accessKeyId : undefined;
}

describe("settings", () => {
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
    ["secretKey", { "alicloud:accessKey": "a" }, "pulumi config set --secret alicloud-ens:secretKey"],
    ["accessKey", { "alicloud-ens:secretKey": "canary" }, "pulumi config set alicloud-ens:accessKey"],
  ] as const) {
    it(`say that ${missing} is missing, where the other half came from, where was looked and how to mend it`, () => {
      const [problem] = problems(config);
      assert.equal(problem?.setting, `alicloud-ens:${missing}`);
      assert.ok(problem?.reason.includes(`stack configuration ${Object.keys(config)[0]}`));
      for (const place of [`alicloud-ens:${missing}`, `alicloud:${missing}`, "ALICLOUD_", "ALIBABA_CLOUD_"]) {
        assert.ok(problem?.reason.includes(place), place);
      }
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
      ["alicloud-ens:accessKey", "alicloud-ens:secretKey", "alicloud-ens:securityToken"],
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

  it("let the stronger place decide between kinds, and a key pair within one", () => {
    const env = pairs[2]?.env ?? {};
    assert.equal(read({ "alicloud:profile": "p" }, env).credentials.kind, "profile");
    assert.equal(read({}, { ...env, ALICLOUD_PROFILE: "p" }).credentials.kind, "keys");
  });

  it("leave ALIBABA_CLOUD_PROFILE and its like to the default chain, whose order they belong to", () => {
    assert.equal(read({}, { ALIBABA_CLOUD_PROFILE: "p" }).credentials.kind, "defaultChain");
  });

  it("refuse a credentials URI that is none, without showing it", () => {
    const [problem] = problems({ "alicloud-ens:credentialsUri": "canary" });
    assert.equal(problem?.setting, "alicloud-ens:credentialsUri");
    assert.ok(!problem?.reason.includes("canary"));
  });

  it("take the endpoint from endpoint, from the list of the official provider, or from a variable", () => {
    assert.equal(read({ "alicloud-ens:endpoint": "a.example" }).endpoint.host, "a.example");
    assert.equal(read({ "alicloud:endpoints": '[{"ens":"b.example"}]' }).endpoint.host, "b.example");
    assert.equal(read({ "alicloud-ens:endpoints": '{"ens":"b.example"}' }).endpoint.host, "b.example");
    assert.equal(read({}, { ALIBABA_CLOUD_ENDPOINT_ENS: "c.example" }).endpoint.host, "c.example");
    assert.equal(read({}, { ENS_ENDPOINT: "d.example" }).endpoint.host, "d.example");
    assert.equal(
      read({ "alicloud:endpoint": "e.example", "alicloud-ens:endpoints": '[{"ens":"f.example"}]' }).endpoint
        .host,
      "f.example",
    );
    assert.equal(read({ "alicloud:endpoints": '[{"sts":"g.example"}]' }).stsEndpoint.host, "g.example");
  });

  it("choose the endpoint of the region when none is set", () => {
    assert.equal(
      read({ "alicloud:region": "ap-southeast-1" }).endpoint.host,
      "ens.ap-southeast-1.aliyuncs.com",
    );
    assert.equal(
      read({}, { ALICLOUD_REGION: "ap-southeast-1" }).endpoint.host,
      "ens.ap-southeast-1.aliyuncs.com",
    );
    assert.equal(read().endpoint.host, "ens.aliyuncs.com");
  });

  it("refuse an unusable endpoint, with the place, the remedy, and no password", () => {
    const [problem] = problems({
      "alicloud-ens:endpoint": "https://user:canary@ens.aliyuncs.com/x?y=canary",
    });
    assert.equal(problem?.setting, "alicloud-ens:endpoint");
    assert.match(problem?.reason ?? "", /stack configuration alicloud-ens:endpoint/);
    assert.match(problem?.reason ?? "", /pulumi config set alicloud-ens:endpoint/);
    assert.ok(!problem?.reason.includes("canary"));
  });

  for (const endpoint of [
    "https://user:can/canary@host/x",
    "https:/user:canary@host",
    "//user:canary@host/",
  ]) {
    it(`show nothing before the last @ of ${endpoint.replaceAll("canary", "…")}`, () => {
      assert.doesNotMatch(problems({ "alicloud-ens:endpoint": endpoint })[0]?.reason ?? "", /canary/);
    });
  }

  it("refuse a list of endpoints that is none", () => {
    assert.equal(
      problems({ "alicloud:endpoints": "ens.aliyuncs.com" })[0]?.setting,
      "alicloud-ens:endpoints",
    );
  });

  it("know a role to assume, from an object, from a list of one, and from variables", () => {
    const roleArn = "acs:ram::123456789012:role/uploader";
    assert.deepEqual(
      read({ "alicloud:assumeRole": JSON.stringify({ roleArn, externalId: "x" }) }).assumeRole,
      {
        roleArn,
        externalId: "x",
        sessionName: "pulumi-alicloud-ens",
        sessionExpiration: 3600,
        from: "stack configuration alicloud:assumeRole",
      },
    );
    assert.equal(read({ "alicloud:assumeRole": JSON.stringify([{ roleArn }]) }).assumeRole?.roleArn, roleArn);
    assert.equal(read({}, { ALICLOUD_ASSUME_ROLE_ARN: roleArn }).assumeRole?.roleArn, roleArn);
    assert.equal(read({}, { ALIBABA_CLOUD_ROLE_ARN: roleArn }).assumeRole?.roleArn, roleArn);
  });

  it("leave ALIBABA_CLOUD_ROLE_ARN to the default chain's OIDC where that is set up", () => {
    const env = { ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/x", ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token" };
    assert.equal(read({}, env).assumeRole, undefined);
  });

  it("report everything wrong with a role, and everything wrong with the settings, at once", () => {
    const reported = problems({
      "alicloud:assumeRole": JSON.stringify({ roleArn: "nobody", sessionExpiration: 5 }),
      "alicloud:accessKey": "a",
      "alicloud-ens:clientReadTimeout": "soon",
    }).map(({ setting }) => setting);
    assert.deepEqual(reported.sort(), [
      "alicloud-ens:assumeRole.roleArn",
      "alicloud-ens:assumeRole.sessionExpiration",
      "alicloud-ens:clientReadTimeout",
      "alicloud-ens:secretKey",
    ]);
  });

  it("refuse parts of a role that no text can be made of", () => {
    const hostile = { toString: 1, valueOf: 1 };
    const role = JSON.stringify({ roleArn: hostile, sessionExpiration: hostile });
    assert.deepEqual(
      problems({ "alicloud:assumeRole": role }).map(({ setting }) => setting),
      ["alicloud-ens:assumeRole.roleArn", "alicloud-ens:assumeRole.sessionExpiration"],
    );
  });

  describe("of an explicit provider", () => {
    const eu = { "alicloud-ens:provider": "eu" };

    it("are its arguments, then the environment, and never the official provider's configuration", () => {
      const official = { ...eu, ...pairs[1]?.config };
      assert.equal(read(official).credentials.kind, "defaultChain");
      assert.equal(accessKey(official, pairs[2]?.env ?? {}), "short");
      assert.equal(accessKey({ ...official, ...pairs[0]?.config }, pairs[2]?.env ?? {}), "own");
      assert.equal(
        read({ ...eu, "alicloud-ens:profile": "p" }, pairs[2]?.env).credentials.kind,
        "profile",
        "an argument goes before a key pair of the environment",
      );
    });

    it("are called arguments of that provider, and mended there", () => {
      const reported = problems({
        ...eu,
        "alicloud-ens:accessKey": "a",
        "alicloud-ens:assumeRole": JSON.stringify({ roleArn: "nobody" }),
        "alicloud-ens:endpoints": '[{"sts":"http://sts.aliyuncs.com"}]',
        "alicloud-ens:maxRetryTimeout": "soon",
      });
      assert.deepEqual(
        reported.map(({ setting }) => setting),
        ["secretKey", "assumeRole.roleArn", "endpoints", "maxRetryTimeout"].map(
          (name) => `${name} of the provider "eu"`,
        ),
      );
      const reasons = reported.map(({ reason }) => reason).join("\n");
      for (const remedy of [
        '{ secretKey: "<secret>" }',
        '{ assumeRole: { roleArn: "acs:ram::<account id>:role/<role name>" } }',
        '{ endpoints: [{ sts: "sts.aliyuncs.com" }] }',
        "{ maxRetryTimeout: 300 }",
      ]) {
        assert.ok(reasons.includes(`\`new ens.Provider("eu", ${remedy})\``), remedy);
      }
      assert.doesNotMatch(reasons, /stack configuration|pulumi config|alicloud/);
    });
  });

  it("are set in the stack configuration by commands with the flags they need", () => {
    const commands = stackConfiguration.set({
      accessKey: "<id>",
      secretKey: "<secret>",
      assumeRole: { roleArn: "<arn>" },
      endpoints: [{ ens: "<host>" }],
    });
    assert.deepEqual(commands.split(" and "), [
      "`pulumi config set alicloud-ens:accessKey <id>`",
      "`pulumi config set --secret alicloud-ens:secretKey <secret>`",
      "`pulumi config set --path alicloud-ens:assumeRole.roleArn <arn>`",
      "`pulumi config set --path 'alicloud-ens:endpoints[0].ens' <host>`",
    ]);
  });

  it("read clientReadTimeout in milliseconds, a minute by default", () => {
    assert.equal(read().clientReadTimeout, 60_000);
    assert.equal(read({ "alicloud:clientReadTimeout": "1500" }).clientReadTimeout, 1500);
  });

  it("read maxConcurrency, 8 by default, and refuse what is no number of calls", () => {
    assert.equal(read().maxConcurrency, 8);
    assert.equal(read({ "alicloud-ens:maxConcurrency": "32" }).maxConcurrency, 32);
    for (const value of ["0", "257", "2.5", "many"]) {
      assert.throws(
        () => read({ "alicloud-ens:maxConcurrency": value }),
        /a whole number from 1 to 256, got/,
      );
    }
  });
});
