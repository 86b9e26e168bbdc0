import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { SettingsError } from "../../../provider/ens/errors";
import { readSettings } from "../../../provider/lifecycle/settings/settings";
import { checkout } from "../../support/paths";

/** The table of settings in docs/settings.md: a name and its variables a row. */
const documented = readFileSync(join(checkout, "docs", "settings.md"), "utf8")
  .split("\n## ")[0]
  ?.split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line.split("|").map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "")),
  )
  .map(([, names, variables]) => ({ name: names?.[0] ?? "", variables: variables ?? [] }));
const names = documented?.map(({ name }) => name) ?? [];
const places = [
  ...names.flatMap((name) => [`alicloud-ens:${name}`, `alicloud:${name}`]),
  ...(documented?.flatMap(({ variables }) => variables) ?? []),
  "HTTPS_PROXY",
  "HTTP_PROXY",
  "NO_PROXY",
  "ALIBABA_CLOUD_OIDC_TOKEN_FILE",
];

const role = "acs:ram::123456789012:role/uploader";
const values = fc.oneof(
  fc.constantFrom(
    "ens.aliyuncs.com",
    "http://127.0.0.1:80",
    "60000",
    "0",
    "constructor",
    "__proto__",
    "STS.x",
    `{"roleArn":"${role}"}`,
    role,
  ),
  fc.json(),
  fc.jsonValue().map((value) => JSON.stringify([{ ens: value, sts: value, roleArn: value, policy: value }])),
  fc.constant('{"roleArn":{"toString":1},"sessionExpiration":{"valueOf":1}}'),
  fc.webUrl(),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
);
const somePlaces = fc.dictionary(fc.constantFrom(...places), values, { maxKeys: 8, noNullPrototype: true });

function read(found: Readonly<Record<string, string>>) {
  return readSettings((key) => (key.includes(":") ? found[key] : undefined), found);
}

function problems(found: Readonly<Record<string, string>>) {
  try {
    read(found);
    return undefined;
  } catch (error) {
    assert.ok(SettingsError.isInstance(error), String(error));
    return error.problems;
  }
}

describe("settings of any kind", () => {
  it("are documented where they are looked up", () => {
    assert.ok(places.length > 40, `${places.length} places`);
  });

  it("give usable values, or one error that names settings of docs/settings.md or variables, each on a safe line", () => {
    fc.assert(
      fc.property(somePlaces, (found) => {
        const reported = problems(found);
        if (reported === undefined) {
          const { endpoint, stsEndpoint, clientReadTimeout, maxRetryTimeout } = read(found);
          for (const { protocol, host } of [endpoint, stsEndpoint]) {
            assert.equal(new URL(`${protocol}://${host}`).pathname, "/");
          }
          assert.ok(Number.isInteger(clientReadTimeout) && clientReadTimeout > 0);
          assert.ok(Number.isInteger(maxRetryTimeout) && maxRetryTimeout >= 0);
          return;
        }
        assert.ok(reported.length > 0);
        for (const { setting, reason } of reported) {
          const name = /^alicloud(?:-ens)?:(\w+)/.exec(setting)?.[1] ?? "";
          assert.ok(names.includes(name) || places.includes(setting.toUpperCase()), setting);
          assert.match(reason, /pulumi config (set|rm)|export|unset/);
          assert.doesNotMatch(reason.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          assert.ok(reason.length < 1000, `${reason.length} characters`);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("show no secret in what is wrong with them, nor in where the credentials come from", () => {
    const secret = "canary-5ecret";
    const user = fc.constantFrom(
      `user:${secret}@`,
      `${secret}@`,
      `u:a/${secret}@`,
      `u:a?${secret}@`,
      `u:#${secret}@`,
    );
    const scheme = fc.constantFrom(
      "https://",
      "http://",
      "https:/",
      "//",
      "HTTPS://",
      "ftp://",
      "x y://",
      "",
    );
    const tail = fc.constantFrom(
      "",
      "/",
      "/path",
      "\n",
      `/?token=${secret}`,
      `?${secret}`,
      `#${secret}`,
      " @b",
    );
    const url = fc
      .tuple(scheme, user, fc.constantFrom("ens.aliyuncs.com", "h", "[::1]", ""), tail)
      .map((parts) => parts.join(""));
    const secrets = fc.record(
      {
        "alicloud-ens:accessKey": fc.constantFrom("a", "STS.a", ""),
        "alicloud:secretKey": fc.constantFrom(secret, `${secret}\n`, ""),
        ALICLOUD_SECURITY_TOKEN: fc.constant(secret),
        ALIBABA_CLOUD_OIDC_TOKEN: fc.constantFrom(secret, `${secret} x`),
        "alicloud:assumeRoleWithOidc": fc.constantFrom(
          secret,
          JSON.stringify({ roleArn: role, oidcToken: `${secret} x` }),
          JSON.stringify({ roleArn: role, oidcProviderArn: 1, oidcToken: { secret } }),
        ),
        ALIBABA_CLOUD_ACCESS_KEY_SECRET: fc.constant(secret),
        "alicloud:credentialsUri": fc.oneof(url, fc.constant(secret)),
        "alicloud-ens:endpoint": url,
        "alicloud:endpoints": url.map((sts) => JSON.stringify([{ sts }])),
        https_proxy: url,
        HTTP_PROXY: url,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(secrets, somePlaces, (planted, others) => {
        const found = { ...others, ...planted } as Readonly<Record<string, string>>;
        const reported = problems(found);
        const said =
          reported?.map(({ setting, reason }) => setting + reason).join("\n") ??
          read(found).credentials.origin;
        assert.ok(!said.includes("5ecret"), said);
      }),
      { numRuns: 2000 },
    );
  });
});
