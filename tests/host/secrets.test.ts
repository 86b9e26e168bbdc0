import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { inspect } from "node:util";
import type { AccountStatus, EmulatorFault } from "../../emulator";
import { assertNoCanary, canaries, proxyUser } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { useHome } from "../support/home";
import {
  ProviderProcess,
  type ProviderProcessOptions,
  stopProviderProcesses,
} from "../support/provider-process";

const { accessKeyId, accessKeySecret, securityToken, proxyPassword, uriSecret, fileSecret } = canaries;
const roleArn = "acs:ram::123456789012:role/uploader";
const temporary = { accessKeySecret, securityToken };
const pair = (id: string) => ({ ALICLOUD_ACCESS_KEY: id, ALICLOUD_SECRET_KEY: accessKeySecret });
const session = (id: string) => ({
  ...pair(`STS.${id}${accessKeyId}`),
  ALICLOUD_SECURITY_TOKEN: securityToken,
});
const role = (arn: string) => ({ ...pair(accessKeyId), ALICLOUD_ASSUME_ROLE_ARN: arn });

/** An answer of the gateway that is a failure, and what of it the user is told. */
interface Refused {
  readonly account?: AccountStatus;
  readonly fault?: EmulatorFault;
  readonly bucketName?: string;
  readonly expected: RegExp;
}

/** An environment that fails, and what of it the user is told. */
interface Broken {
  readonly env: Readonly<Record<string, string>>;
  readonly expected: RegExp;
}

describe("secrets, in the provider process", () => {
  stopProviderProcesses();
  const logged: string[] = [];
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [
      { accessKeyId, accessKeySecret },
      { accessKeyId: `STS.${accessKeyId}`, ...temporary },
      { accessKeyId: `STS.old-${accessKeyId}`, ...temporary, expires: new Date(0) },
    ],
    roles: [{ roleArn }],
    log: (line) => logged.push(line),
  });
  const home = useHome();
  let server: Server;
  let url: string;
  /** What the proxy says. */
  let refusal = `Who is ${proxyPassword}`;

  before(async () => {
    // Credentials that are broken, a gateway that repeats what it was sent, and a proxy that wants a password.
    server = createServer((request, response) => {
      if (request.url?.startsWith("/broken"))
        return void response.end(`{ "AccessKeySecret": "${fileSecret}"`);
      if (request.url?.startsWith("/none")) return void response.writeHead(404).end(`no ${fileSecret}`);
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ Code: "Odd", Message: JSON.stringify(request.headers), RequestId: "R" }));
    });
    server.on("connect", (_request, socket) =>
      socket.end(`HTTP/1.1 407 ${refusal}\r\nProxy-Authenticate: Basic\r\n\r\n`),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  beforeEach(() => {
    emulator().clearFaults();
    logged.length = 0;
  });

  function start({ env, config }: ProviderProcessOptions): Promise<ProviderProcess> {
    return ProviderProcess.start({
      config: { "alicloud-ens:clientReadTimeout": "1000", "alicloud-ens:maxRetryTimeout": "0", ...config },
      env: {
        HOME: home(),
        ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url,
        ALIBABA_CLOUD_ENDPOINT_STS: emulator().url,
        HTTP_PROXY: proxyAt("127.0.0.1:1"),
        ...env,
      },
    });
  }

  function proxyAt(host: string): string {
    return `http://${proxyUser}:${encodeURIComponent(proxyPassword)}@${host}`;
  }

  /** Fails in every way a call can be made, and searches all that comes of it. */
  async function assertFailsWithoutSecrets({ env, expected }: Broken): Promise<void> {
    await assertNothingLeaks(await start({ env }), expected);
  }

  async function assertNothingLeaks(
    provider: ProviderProcess,
    expected: RegExp,
    bucketName = "media-assets",
  ): Promise<void> {
    const inputs = { bucketName };
    const state = { ...inputs, physicalBucketName: "p-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const caught = await Promise.all(
      [provider.create(inputs), provider.update(state, inputs), provider.read(state)].map((call) =>
        call.then(inspect, (error: Error) =>
          [error.message, error.stack, inspect(error, { depth: 9, showHidden: true })].join("\n"),
        ),
      ),
    );
    const checks = JSON.stringify(await provider.check(inputs));
    assert.match(`${caught[0]}${checks}`, expected);
    const { stdout, stderr } = provider;
    assertNoCanary({ caught: caught.join("\n"), checks, stdout, stderr, emulator: logged.join("\n") });
  }

  const error = (code: string, status = 400) => ({ kind: "error", code, status }) as const;
  const answers: Readonly<Record<string, Refused>> = {
    "no such bucket": { bucketName: "nowhere", expected: /NoSuchBucket/ },
    "no permission": { account: "noPermission", expected: /NoPermission/ },
    "no access": { account: "accessDenied", expected: /AccessDenied/ },
    arrears: { account: "arrears", expected: /UserDisable/ },
    "a disabled key": { account: "inactive", expected: /InvalidAccessKeyId\.Inactive/ },
    "a wrong clock": { fault: error("InvalidTimeStamp.Expired"), expected: /InvalidTimeStamp/ },
    throttling: { fault: error("Throttling.User", 429), expected: /Throttling/ },
    "a server error": { fault: error("InternalError", 500), expected: /InternalError/ },
    "a malformed answer": { fault: { kind: "body", body: '{"RequestId":7}' }, expected: /cannot be used/ },
    "a page": { fault: { kind: "body", body: "<html>", contentType: "text/html" }, expected: /not JSON/ },
    "a hang": { fault: { kind: "hang" }, expected: /no answer/ },
    "a reset": { fault: { kind: "reset" }, expected: /ECONNRESET/ },
  };
  it("do not leak from whatever the gateway answers", async () => {
    const provider = await start({ env: pair(accessKeyId) });
    for (const { account, fault, bucketName, expected } of Object.values(answers)) {
      emulator().clearFaults();
      emulator().setAccount({ accessKeyId, accessKeySecret, ...(account ? { status: account } : {}) });
      if (fault !== undefined) emulator().fail({ ...fault, times: 99 });
      await assertNothingLeaks(provider, expected, bucketName);
    }
  });

  const environments: Readonly<Record<string, Broken>> = {
    "an unknown key": { env: pair(`x-${accessKeyId}`), expected: /InvalidAccessKeyId\.NotFound/ },
    "a wrong secret": {
      env: { ALICLOUD_ACCESS_KEY: accessKeyId, ALICLOUD_SECRET_KEY: `${accessKeySecret}x` },
      expected: /SignatureDoesNotMatch/,
    },
    "an expired token": { env: session("old-"), expected: /InvalidSecurityToken\.Expired/ },
    "a malformed token": {
      env: { ...session(""), ALICLOUD_SECURITY_TOKEN: `${securityToken}x` },
      expected: /InvalidSecurityToken\.Malformed/,
    },
    "half a key pair": { env: { ALICLOUD_SECRET_KEY: accessKeySecret }, expected: /accessKey.*is missing/s },
    "an endpoint with a password": {
      env: { ...pair(accessKeyId), ALICLOUD_ENDPOINT_ENS: `https://me:${fileSecret}@ens.aliyuncs.com` },
      expected: /expected a host/,
    },
    "a role that is refused": { env: role(`${roleArn}-not`), expected: /could not be assumed/ },
    "a proxy that is down": {
      env: {
        ...session(""),
        ALICLOUD_ENDPOINT_ENS: "https://ens.example.test",
        HTTPS_PROXY: proxyAt("127.0.0.1:1"),
      },
      expected: /through the proxy/,
    },
    "a proxy variable that is malformed": {
      env: { ...pair(accessKeyId), HTTPS_PROXY: `http://me:${encodeURIComponent(proxyPassword)}@proxy:port` },
      expected: /expected the URL of an HTTP proxy/,
    },
  };
  for (const [what, one] of Object.entries(environments)) {
    it(`do not leak from ${what}`, () => assertFailsWithoutSecrets(one));
  }

  it("do not leak from a proxy that refuses its password", () =>
    assertFailsWithoutSecrets({
      env: {
        ...session(""),
        ALICLOUD_ENDPOINT_ENS: "https://ens.example.test",
        HTTPS_PROXY: proxyAt(new URL(url).host),
      },
      expected: /407/,
    }));

  it("do not leak from a gateway that repeats what it was sent", () =>
    assertFailsWithoutSecrets({ env: { ...session(""), ALICLOUD_ENDPOINT_ENS: url }, expected: /Odd/ }));

  for (const [what, path, expected] of [
    ["that is down", "http://127.0.0.1:1/", /credentials URI.*ECONNREFUSED/s],
    ["that has none", "/none", /status 404/],
    ["whose answer is malformed", "/broken", /credentials URI/],
  ] as const) {
    it(`do not leak from a credentials URI ${what}`, () =>
      assertFailsWithoutSecrets({
        env: { ALICLOUD_CREDENTIALS_URI: `${new URL(path, url)}?key=${uriSecret}` },
        expected,
      }));
  }

  for (const [what, file, content, env, expected] of [
    [
      "a malformed profile file",
      ".aliyun/config.json",
      `{ "profiles": [ "${fileSecret}" `,
      { ALICLOUD_PROFILE: "main" },
      /is not a file of profiles/,
    ],
    [
      "a malformed profile file, by the default chain",
      ".aliyun/config.json",
      `{ "profiles": [ "${fileSecret}" `,
      {},
      /No credentials found/,
    ],
    [
      "a profile that lacks a part",
      ".aliyun/config.json",
      JSON.stringify({ profiles: [{ name: "main", mode: "AK", access_key_secret: fileSecret }] }),
      { ALICLOUD_PROFILE: "main" },
      /incomplete/,
    ],
    [
      "a malformed INI file",
      ".alibabacloud/credentials",
      `[main]\n${fileSecret}\ntype = ${fileSecret}\n`,
      { ALICLOUD_PROFILE: "main" },
      /has a type that this package does not know/,
    ],
    [
      "a malformed INI file, by the default chain",
      ".alibabacloud/credentials",
      `[default]\ntype = ${fileSecret}\n`,
      {},
      /No credentials found/,
    ],
  ] as const) {
    it(`do not leak from ${what}`, async () => {
      mkdirSync(join(home(), file, ".."));
      writeFileSync(join(home(), file), content);
      await assertFailsWithoutSecrets({ env, expected });
    });
  }

  it("of inputs are taken out of errors and failures of check, and out of the id", async () => {
    const provider = await start({ env: pair(accessKeyId) });
    const secretInputs = ["bucketName", "clientIp", "triggers"];
    const failures = await provider.check({
      bucketName: `${fileSecret}_Bad`,
      clientIp: fileSecret,
      triggers: fileSecret,
      secretInputs,
    });
    assert.deepEqual(
      failures.map(({ property, reason }) => [property, /^\w+: expected .*\[secret\]/.exec(reason)?.length]),
      [
        ["", 1],
        ["", 1],
        ["", 1],
      ],
    );
    const inputs = { bucketName: "canary-bucket", clientIp: "198.51.100.77", secretInputs };
    emulator().fail({ kind: "error", code: "InvalidClientIp", message: "198.51.100.77 of canary-bucket" });
    const refused = await provider.create(inputs).catch((reason: Error) => reason.message);
    assert.match(
      String(refused),
      /bucket "\[secret\]" failed with InvalidClientIp \(\[secret\] of \[secret\]\)/,
    );
    assert.doesNotMatch(`${JSON.stringify(failures)}${refused}${provider.stderr}`, /canary|198\.51/);
  });

  it("that are common words are hidden where they are meant, and nothing else of an error is", async () => {
    const provider = await start({ env: pair(accessKeyId) });
    for (const word of ["eos", "ens", "not", "bucket", "the-failed"]) {
      emulator().fail({ kind: "error", code: "SomethingOdd", message: `No ${word}-3f9a1c of ${word}.` });
      const inputs = { bucketName: word, triggers: ["a", "1"], secretInputs: ["bucketName", "triggers"] };
      const refused = await provider.create(inputs).catch(({ message }: Error) => message);
      const { requestId } = emulator().requests.at(-1) ?? {};
      assert.equal(
        String(refused).replace(/^\d+ UNKNOWN: /, ""),
        'PrepareUpload for bucket "[secret]" failed with SomethingOdd (No [secret] of [secret].), ' +
          `request id ${requestId}.\n` +
          "If the account has never used buckets of ENS, activate EOS, its object storage, in the ENS console under Edge " +
          "Object Storage. Otherwise give Alibaba Cloud's support the request id: this package does not know the code.\n" +
          "Docs: pulumi-alicloud-ens/docs/errors.md#other",
      );
    }
  });

  it("do not leak into the debug output of the libraries that we pass them to", async () => {
    refusal = "No";
    const env = { ...pair(accessKeyId), DEBUG: "*", HTTPS_PROXY: proxyAt(new URL(url).host) };
    const direct = await start({ env });
    await direct.create({ bucketName: "media-assets" });
    const proxied = await start({ env: { ...env, ALICLOUD_ENDPOINT_ENS: "https://ens.example.test" } });
    await assert.rejects(proxied.create({ bucketName: "media-assets" }));
    // A request's own headers are what the switch is for: the key id and the signature.
    assert.match(direct.stderr, /httpx:header/);
    assertNoCanary({ direct: direct.stderr, proxied: proxied.stderr }, [accessKeyId]);
  });
});
