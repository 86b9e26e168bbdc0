import assert from "node:assert/strict";
import { accessKey, pairs, problems, read } from "../../support/read-settings";

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
    ["secretKey", { "alicloud:accessKey": "a" }, "pulumi config set --secret alicloud-ens:secretKey"],
    ["accessKey", { "alicloud-ens:secretKey": "canary" }, "pulumi config set alicloud-ens:accessKey"],
  ] as const) {
    it(`say that ${missing} is missing, where the other half came from, where was looked and how to fix it`, () => {
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
});
