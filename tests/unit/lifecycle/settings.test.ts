import assert from "node:assert/strict";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";
import { accessKey, pairs, problems, read } from "../../support/read-settings";

describe("settings", () => {
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

  it("warn of a region that is probably misspelt, with the place and what was meant, and ask where most regions are asked", () => {
    const meant = {
      hangzhou: "cn-hangzhou",
      "cn-hangzou": "cn-hangzhou",
      "cn-hangzhuo": "cn-hangzhou",
      "cn-hangzhou-b": "cn-hangzhou",
      cn_hangzhou: "cn-hangzhou",
      "CN-Hangzhou": "cn-hangzhou",
      "ap-southeast1": "ap-southeast-1",
      "ap-southeast-1a": "ap-southeast-1",
      "ap-southest-1": "ap-southeast-1",
    };
    for (const [region, nearest] of Object.entries(meant)) {
      const { warnings, endpoint } = read({ "alicloud:region": region });
      assert.deepEqual(warnings, [
        `"${region}" is no region that is known (stack configuration alicloud:region), so ENS is asked at ens.aliyuncs.com. ` +
          `Did you mean ${nearest}? Set it: \`pulumi config set alicloud:region ${nearest}\`.`,
      ]);
      assert.equal(endpoint.host, "ens.aliyuncs.com");
    }
    assert.deepEqual(read({}, { ALICLOUD_REGION: "here" }).warnings, [
      '"here" is no region that is known (environment variable ALICLOUD_REGION), so ENS is asked at ens.aliyuncs.com. ' +
        "A region is written like cn-hangzhou. Set it: `export ALICLOUD_REGION=cn-hangzhou`.",
    ]);
  });

  it("say nothing of regions that are known, or may be new, or choose nothing", () => {
    for (const region of ["cn-hangzhou", "ap-southeast-1", "ap-southeast-9", "eu-north-1", "cn-xian"]) {
      assert.deepEqual(read({ "alicloud:region": region }).warnings, [], region);
    }
    assert.deepEqual(read().warnings, []);
    assert.deepEqual(
      read({ "alicloud:region": "hangzhou", "alicloud-ens:endpoint": "a.example" }).warnings,
      [],
    );
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
    assert.equal(problems({ "alicloud:endpoints": "ens.aliyuncs.com" })[0]?.setting, "alicloud:endpoints");
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

  it("take parts that the object of a role lacks from variables, as the official provider does", () => {
    const role = JSON.stringify({ sessionName: "deploy" });
    const env = {
      ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::1:role/x",
      ALICLOUD_ASSUME_ROLE_SESSION_NAME: "weaker",
      ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "900",
    };
    const { assumeRole } = read({ "alicloud:assumeRole": role }, env);
    assert.deepEqual(
      [assumeRole?.roleArn, assumeRole?.sessionName, assumeRole?.sessionExpiration],
      ["acs:ram::1:role/x", "deploy", 900],
    );
  });

  it("refuse a part of a role or of endpoints that there is not, with the name that was meant", () => {
    const [part] = problems({
      "alicloud:assumeRole": JSON.stringify({ roleArn: "acs:ram::1:role/x", role_session_name: "x" }),
    });
    assert.equal(part?.setting, "alicloud:assumeRole.role_session_name");
    assert.match(
      part?.reason ?? "",
      /is not known .*The parts of assumeRole are roleArn, sessionName, policy/s,
    );
    const [endpoint] = problems({ "alicloud:endpoints": '[{"Ens":"a.example","ecs":"b.example"}]' });
    assert.match(endpoint?.reason ?? "", /"Ens" is not known .*\nDid you mean ens\?/);
  });

  describe("are fixed where they were found", () => {
    for (const [name, config, env, setting, remedy] of [
      [
        "maxRetryTimeout",
        {},
        { MAX_RETRY_TIMEOUT: "x" },
        "MAX_RETRY_TIMEOUT",
        "`export MAX_RETRY_TIMEOUT=300`",
      ],
      [
        "maxConcurrency",
        { "alicloud:maxConcurrency": "x" },
        {},
        "alicloud:maxConcurrency",
        "`pulumi config set alicloud:maxConcurrency 8`",
      ],
      [
        "consistencyTimeout",
        {},
        { ALIBABA_CLOUD_CONSISTENCY_TIMEOUT: "0" },
        "ALIBABA_CLOUD_CONSISTENCY_TIMEOUT",
        "`export ALIBABA_CLOUD_CONSISTENCY_TIMEOUT=120`",
      ],
      [
        "endpoint",
        {},
        { ALIBABA_CLOUD_ENDPOINT_ENS: "http://a.example" },
        "ALIBABA_CLOUD_ENDPOINT_ENS",
        "`export ALIBABA_CLOUD_ENDPOINT_ENS=ens.aliyuncs.com`, or to use the usual one unset it: `unset ALIBABA_CLOUD_ENDPOINT_ENS`",
      ],
      [
        "endpoints",
        { "alicloud:endpoints": '[{"ecs":"a"},{"ens":"http://a.example"}]' },
        {},
        "alicloud:endpoints[1].ens",
        "`pulumi config set --path 'alicloud:endpoints[1].ens' ens.aliyuncs.com`, or to use the usual one remove it: `pulumi config rm --path 'alicloud:endpoints[1].ens'`",
      ],
      [
        "role",
        {},
        { ALICLOUD_ASSUME_ROLE_ARN: "x" },
        "ALICLOUD_ASSUME_ROLE_ARN",
        "`export ALICLOUD_ASSUME_ROLE_ARN='acs:ram:",
      ],
      [
        "URI",
        {},
        { ALICLOUD_CREDENTIALS_URI: "x" },
        "ALICLOUD_CREDENTIALS_URI",
        "`export ALICLOUD_CREDENTIALS_URI=<url>`",
      ],
      [
        "half a pair",
        {},
        { ALICLOUD_ACCESS_KEY: "a" },
        "alicloud-ens:secretKey",
        "`export ALICLOUD_SECRET_KEY=<secret>`",
      ],
      [
        "a broken key",
        {},
        { ALICLOUD_ACCESS_KEY: "a", ALIBABACLOUD_ACCESS_KEY_SECRET: "a b" },
        "ALIBABACLOUD_ACCESS_KEY_SECRET",
        "`export ALIBABACLOUD_ACCESS_KEY_SECRET=<value>`",
      ],
    ] as const) {
      it(`${name}: ${setting}`, () => {
        const [problem] = problems(config, env);
        assert.equal(problem?.setting, setting);
        assert.ok(problem?.reason.includes(remedy), problem?.reason);
      });
    }

    it("a key pair: each half at its place, and what comes from elsewhere there", () => {
      const pair = { accessKey: "<id>", secretKey: "<secret>" };
      const howToSet = (
        config: Readonly<Record<string, string>>,
        env: Readonly<Record<string, string>> = {},
      ) => read(config, env).howToSet(pair);
      assert.equal(
        howToSet({ "alicloud:accessKey": "a" }, { ALICLOUD_SECRET_KEY: "s" }),
        "`pulumi config set alicloud:accessKey <id>` and `export ALICLOUD_SECRET_KEY=<secret>`",
      );
      assert.equal(
        howToSet({}, { ALICLOUD_ACCESS_KEY: "a", ALICLOUD_SECRET_KEY: "s" }),
        "`export ALICLOUD_ACCESS_KEY=<id>` and `export ALICLOUD_SECRET_KEY=<secret>`",
      );
      assert.equal(howToSet({ "alicloud:profile": "main" }), "`aliyun configure --profile main`");
      assert.equal(
        howToSet({ "alicloud:ecsRoleName": "r" }),
        "`pulumi config set alicloud:ecsRoleName <role>`",
      );
      assert.equal(
        howToSet({}),
        "`pulumi config set alicloud-ens:accessKey <id>` and `pulumi config set --secret alicloud-ens:secretKey <secret>`",
      );
      assert.equal(
        howToSet({
          "alicloud-ens:provider": "eu",
          "alicloud-ens:accessKey": "a",
          "alicloud-ens:secretKey": "s",
        }),
        '`new ens.Provider("eu", { accessKey: "<id>", secretKey: "<secret>" })`',
      );
    });

    it("a number that nothing sets: in this package's own namespace", () => {
      assert.equal(
        read().howToSet({ maxRetryTimeout: 900 }),
        "`pulumi config set alicloud-ens:maxRetryTimeout 900`",
      );
    });
  });

  it("report everything wrong with a role, and everything wrong with the settings, at once", () => {
    const reported = problems({
      "alicloud:assumeRole": JSON.stringify({ roleArn: "nobody", sessionExpiration: 5 }),
      "alicloud:accessKey": "a",
      "alicloud-ens:clientReadTimeout": "soon",
    }).map(({ setting }) => setting);
    assert.deepEqual(reported.sort(), [
      "alicloud-ens:clientReadTimeout",
      "alicloud-ens:secretKey",
      "alicloud:assumeRole.roleArn",
      "alicloud:assumeRole.sessionExpiration",
    ]);
  });

  it("refuse parts of a role that no text can be made of", () => {
    const hostile = { toString: 1, valueOf: 1 };
    const role = JSON.stringify({ roleArn: hostile, sessionExpiration: hostile });
    assert.deepEqual(
      problems({ "alicloud:assumeRole": role }).map(({ setting }) => setting),
      ["alicloud:assumeRole.roleArn", "alicloud:assumeRole.sessionExpiration"],
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

    it("are called arguments of that provider, and fixed there", () => {
      const reported = problems({
        ...eu,
        "alicloud-ens:accessKey": "a",
        "alicloud-ens:assumeRole": JSON.stringify({ roleArn: "nobody" }),
        "alicloud-ens:endpoints": '[{"sts":"http://sts.aliyuncs.com"}]',
        "alicloud-ens:maxRetryTimeout": "soon",
      });
      assert.deepEqual(
        reported.map(({ setting }) => setting),
        ["secretKey", "assumeRole.roleArn", "endpoints[0].sts", "maxRetryTimeout"].map(
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
    const commands = new Lookup(() => undefined, {}).howToSet({
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

  it("read consistencyTimeout in seconds, two minutes by default, and refuse what is no time to wait", () => {
    assert.equal(read().consistencyTimeout, 120);
    assert.equal(read({ "alicloud:consistencyTimeout": "600" }).consistencyTimeout, 600);
    assert.equal(read({}, { ALICLOUD_CONSISTENCY_TIMEOUT: "3600" }).consistencyTimeout, 3600);
    for (const value of ["0", "3601", "2.5", "-1", "long"]) {
      assert.throws(
        () => read({ "alicloud-ens:consistencyTimeout": value }),
        /whole seconds from 1 to 3600, got .*`pulumi config set alicloud-ens:consistencyTimeout 120`/s,
      );
    }
  });
});
