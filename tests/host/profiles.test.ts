import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { assertNoCanary, canaries } from "../support/canaries";
import { useEmulator } from "../support/emulator";
import { endOf, hangingCommand } from "../support/external-command";
import { failing } from "../support/failing";
import { useHome } from "../support/home";
import { oidcProvider, oidcProviderArn, oidcToken } from "../support/oidc";
import { writeProfiles } from "../support/profiles";
import {
  type ProviderProcess,
  type ProviderProcessOptions,
  stopProviderProcesses,
} from "../support/provider-process";
import { startWithoutKeys } from "../support/start-provider";

const { accessKeySecret: secret, securityToken: token, fileSecret, uriSecret } = canaries;
const roleArn = "acs:ram::123456789012:role/uploader";
const inputs = { bucketName: "media-assets" };
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const past = 1_750_000_000;
const pastText = "2025-06-15T15:06:40Z";

const pair = (accessKeyId: string) => ({ access_key_id: accessKeyId, access_key_secret: secret });
const session = (accessKeyId: string) => ({ ...pair(accessKeyId), sts_token: token });
const role = { ram_role_arn: roleArn, ram_session_name: "deploy", expired_seconds: 900 };
const signIn = {
  mode: "CloudSSO",
  cloud_sso_account_id: "1",
  cloud_sso_access_config: "ac-1",
  access_token: fileSecret,
};
const print = (keys: object) => `sh -c 'echo "$0"; echo ${fileSecret} >&2' '${JSON.stringify(keys)}'`;

type Fields = Readonly<Record<string, unknown>>;

describe("profiles of aliyun", () => {
  stopProviderProcesses();
  const emulator = useEmulator({
    buckets: ["media-assets"],
    accounts: [
      { accessKeyId: "plain", accessKeySecret: secret },
      ...["STS.kept", "STS.printed", "STS.uri", "STS.ecs", "STS.sso"].map((accessKeyId) => ({
        accessKeyId,
        accessKeySecret: secret,
        securityToken: token,
      })),
    ],
    roles: [{ roleArn, oidcProviderArn }],
    oidcProviders: [oidcProvider],
  });
  const home = useHome();
  let server: Server;
  let url: string;

  /** A credentials URI, the metadata of ECS and CloudSSO in one. */
  before(async () => {
    const answer = (accessKeyId: string) => ({
      Code: "Success",
      AccessKeyId: accessKeyId,
      AccessKeySecret: secret,
      SecurityToken: token,
      Expiration: new Date(Date.now() + 6 * 3_600_000).toISOString().replace(/\.\d+/, ""),
    });
    server = createServer((request, response) => {
      const path = request.url ?? "";
      if (path === "/latest/api/token") response.end("metadata-token");
      else if (path.endsWith("/security-credentials/uploader"))
        response.end(JSON.stringify(answer("STS.ecs")));
      else if (path === "/keys") response.end(JSON.stringify(answer("STS.uri")));
      else if (path === "/cloud-credentials" && request.headers.authorization === `Bearer ${fileSecret}`)
        response.end(JSON.stringify({ CloudCredential: answer("STS.sso") }));
      else if (path.startsWith("/odd")) response.end(`{ "AccessKeySecret": "${fileSecret}" }`);
      else response.writeHead(403).end(fileSecret);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());
  beforeEach(() => emulator().clearRequests());

  const start = (options: ProviderProcessOptions) => startWithoutKeys(emulator(), home(), options);
  const named = { "alicloud:profile": "main" };

  function write(main: Fields, ...others: readonly Fields[]): void {
    const profiles = [{ name: "main", ...main }, ...others];
    writeProfiles(join(home(), ".aliyun", "config.json"), JSON.stringify({ current: "main", profiles }));
  }

  async function failure(provider: ProviderProcess): Promise<string> {
    const error = await failing(provider.create(inputs));
    assertNoCanary({ message: error.message, stderr: provider.stderr });
    return error.message;
  }

  describe("that work give the key that a call is signed with", () => {
    const metadata = () => ({
      ALIBABA_CLOUD_ECS_METADATA_DISABLED: "false",
      NODE_OPTIONS: `--require ${join(__dirname, "..", "support", "redirect-metadata.cjs")}`,
      TEST_METADATA_URL: url,
    });
    const rows: readonly (readonly [
      what: string,
      key: RegExp,
      profiles: () => readonly [Fields, ...Fields[]],
      env?: () => Record<string, string>,
    ])[] = [
      ["StsToken", /^STS\.kept$/, () => [{ mode: "StsToken", ...session("STS.kept") }]],
      ["RamRoleArn", /^STS\./, () => [{ mode: "RamRoleArn", ...pair("plain"), ...role }]],
      [
        "RamRoleArnWithRoleName",
        /^STS\.(?!ecs)/,
        () => [{ mode: "RamRoleArnWithRoleName", ram_role_name: "uploader", ...role }],
        metadata,
      ],
      ["EcsRamRole", /^STS\.ecs$/, () => [{ mode: "EcsRamRole", ram_role_name: "uploader" }], metadata],
      [
        "ChainableRamRoleArn",
        /^STS\./,
        () => [
          { mode: "ChainableRamRoleArn", source_profile: "base", ...role },
          { name: "base", mode: "External", process_command: print({ mode: "AK", ...pair("plain") }) },
        ],
      ],
      [
        "External",
        /^STS\.printed$/,
        () => [{ mode: "External", process_command: print({ mode: "StsToken", ...session("STS.printed") }) }],
      ],
      [
        "OIDC",
        /^STS\./,
        () => {
          const file = join(home(), "token");
          writeFileSync(file, oidcToken());
          return [{ mode: "OIDC", oidc_provider_arn: oidcProviderArn, oidc_token_file: file, ...role }];
        },
      ],
      ["CredentialsURI", /^STS\.uri$/, () => [{ mode: "CredentialsURI", credentials_uri: `${url}/keys` }]],
      [
        "CloudSSO, signed in",
        /^STS\.sso$/,
        () => [
          {
            ...signIn,
            cloud_sso_sign_in_url: `${url}/start/login`,
            cloud_sso_access_token_expire: inSeconds(3600),
            ...session("STS.gone"),
            sts_expiration: past,
          },
        ],
      ],
      [
        "CloudSSO, whose last keys are still valid",
        /^STS\.kept$/,
        () => [{ ...signIn, ...session("STS.kept"), sts_expiration: inSeconds(600) }],
      ],
      [
        "OAuth, whose last keys are still valid",
        /^STS\.kept$/,
        () => [{ mode: "OAuth", ...session("STS.kept"), sts_expiration: inSeconds(600) }],
      ],
    ];
    for (const [what, key, profiles, env = () => ({})] of rows) {
      it(`${what}, by the default chain`, async () => {
        write(...profiles());
        await (await start({ env: env() })).create(inputs);
        assert.match(emulator().requests.at(-1)?.accessKeyId ?? "", key);
      });
    }
  });

  it("run a command once for many calls, and again when its keys are refused", async () => {
    const runs = join(home(), "runs");
    const keys = JSON.stringify({ mode: "StsToken", ...session("STS.printed") });
    write({ mode: "External", process_command: `sh -c 'echo >> ${runs}; echo "$0"' '${keys}'` });
    const provider = await start({ config: named });
    await Promise.all(Array.from({ length: 20 }, () => provider.create(inputs)));
    assert.equal(readFileSync(runs, "utf8"), "\n");
    const account = { accessKeyId: "STS.printed", accessKeySecret: secret, securityToken: token };
    emulator().setAccount({ ...account, status: "inactive" });
    await assert.rejects(provider.create(inputs), /InvalidAccessKeyId\.Inactive/);
    assert.equal(readFileSync(runs, "utf8"), "\n\n");
    emulator().setAccount(account);
  });

  const broken = (): readonly (readonly [
    what: string,
    says: RegExp,
    main: Fields,
    ...others: Fields[],
  ])[] => [
    [
      "AK without its secret",
      /mode AK \(an access key\), but it is incomplete: it lacks access_key_secret\.\s+Complete it: `aliyun configure --profile main --mode AK`\./,
      { mode: "AK", access_key_id: fileSecret },
    ],
    [
      "AK with half a line",
      /but its access_key_secret is no part of a key.*--mode AK`/s,
      { mode: "AK", access_key_id: "a", access_key_secret: `x ${fileSecret}` },
    ],
    [
      "no mode",
      /has no mode, so it was never configured\.\s+Configure it: `aliyun configure --profile main`/,
      {},
    ],
    [
      "a mode that nobody knows",
      /has a mode that this package does not know \(it knows AK, StsToken, .*\)\.\s+Configure it/s,
      { mode: fileSecret },
    ],
    [
      "StsToken that has expired",
      new RegExp(
        `mode StsToken \\(temporary keys\\), but they expired at ${pastText}\\.\\sSet new ones: .*--mode StsToken`,
        "s",
      ),
      { mode: "StsToken", ...session("STS.kept"), sts_expiration: past },
    ],
    [
      "RamRoleArn without a role",
      /it lacks ram_role_arn.*--mode RamRoleArn`/s,
      { mode: "RamRoleArn", ...pair("plain") },
    ],
    [
      "RamRoleArn with a role of another form",
      /its ram_role_arn is not of the form acs:ram::/,
      { mode: "RamRoleArn", ...pair("plain"), ram_role_arn: fileSecret },
    ],
    [
      "RamRoleArn that may not be assumed",
      /The role acs:ram::1:role\/other could not be assumed with the keys from profile "main"/,
      { mode: "RamRoleArn", ...pair("plain"), ram_role_arn: "acs:ram::1:role/other" },
    ],
    [
      "EcsRamRole, while the metadata is switched off",
      /mode EcsRamRole \(the role of an ECS instance\), but the instance gives no keys: the environment variable ALIBABA_CLOUD_ECS_METADATA_DISABLED switches the metadata of ECS off\.\s+.*`unset ALIBABA_CLOUD_ECS_METADATA_DISABLED`/s,
      { mode: "EcsRamRole", ram_role_name: "uploader" },
    ],
    [
      "RamRoleArnWithEcs, while the metadata is switched off",
      /mode RamRoleArnWithRoleName \(a RAM role, assumed with the role of an ECS instance\).*METADATA_DISABLED/s,
      { mode: "RamRoleArnWithEcs", ram_role_name: "uploader", ...role },
    ],
    [
      "ChainableRamRoleArn without its source",
      /its source_profile "gone" is not in the file \(it has main, other\)\.\s+Make it: `aliyun configure --profile gone`, or name another: `aliyun configure --profile main --mode ChainableRamRoleArn`/,
      { mode: "ChainableRamRoleArn", source_profile: "gone", ...role },
      { name: "other", mode: "AK" },
    ],
    [
      "ChainableRamRoleArn in a circle",
      /its source profiles come back to itself: main → other → main/,
      { mode: "ChainableRamRoleArn", source_profile: "other", ...role },
      { name: "other", mode: "ChainableRamRoleArn", source_profile: "main", ...role },
    ],
    [
      "ChainableRamRoleArn whose source is broken",
      /The profile "other" of .*mode StsToken.*it lacks sts_token/s,
      { mode: "ChainableRamRoleArn", source_profile: "other", ...role },
      { name: "other", mode: "StsToken", ...pair("plain") },
    ],
    [
      "External that fails",
      /mode External \(the output of a command\), but its command ended with status 3\.\s+Run the process_command/,
      { mode: "External", process_command: `sh -c 'echo ${fileSecret}; echo ${fileSecret} >&2; exit 3'` },
    ],
    [
      "External that is killed",
      /its command was ended by SIGTERM/,
      { mode: "External", process_command: `sh -c 'echo ${fileSecret}; kill $$'` },
    ],
    [
      "External that is not there",
      /its command ended with status 127: there is no such program/,
      { mode: "External", process_command: `/nowhere/${fileSecret}` },
    ],
    [
      "External with an open quote",
      /its command has a quote without an end/,
      { mode: "External", process_command: `sh -c 'echo ${fileSecret}` },
    ],
    [
      "External that prints something else",
      /its command printed no keys in the form that is expected: \{"mode":"StsToken"/,
      { mode: "External", process_command: `echo { "mode": "AK", "access_key_id": "${fileSecret}"` },
    ],
    [
      "External that prints what has expired",
      new RegExp(`its command printed keys that expired at ${pastText}`, "s"),
      { mode: "External", process_command: print({ ...session("STS.printed"), expiration: pastText }) },
    ],
    ["External without a command", /it lacks process_command/, { mode: "External" }],
    [
      "CredentialsURI that answers an error",
      /mode CredentialsURI \(the answer of a URL\), but the URL gives no keys: it answered with status 403/,
      { mode: "CredentialsURI", credentials_uri: `${url}/none?key=${uriSecret}` },
    ],
    [
      "CredentialsURI that answers something else",
      /the URL gives no keys: its answer is not of the form that is expected/,
      { mode: "CredentialsURI", credentials_uri: `${url}/odd?key=${uriSecret}` },
    ],
    [
      "CredentialsURI that is down",
      /the URL gives no keys: nothing listens there \(ECONNREFUSED\)/,
      { mode: "CredentialsURI", credentials_uri: `http://127.0.0.1:1/?key=${uriSecret}` },
    ],
    [
      "CredentialsURI that is no URL",
      /what it has is no http or https URL/,
      { mode: "CredentialsURI", credentials_uri: `file:///${uriSecret}` },
    ],
    [
      "OIDC whose token file is gone",
      /The file of the OIDC token, \/nowhere\/token \(oidc_token_file of the profile "main" of .*config\.json, mode OIDC\), does not exist\..*`aliyun configure --profile main --mode OIDC`/s,
      { mode: "OIDC", oidc_provider_arn: oidcProviderArn, oidc_token_file: "/nowhere/token", ...role },
    ],
    [
      "OIDC whose token file is a folder",
      /, \/ \(oidc_token_file .*, mode OIDC\), is a folder, not a file/s,
      { mode: "OIDC", oidc_provider_arn: oidcProviderArn, oidc_token_file: "/", ...role },
    ],
    [
      "CloudSSO that has expired",
      new RegExp(
        `mode CloudSSO \\(a sign-in with CloudSSO\\), but that expired at ${pastText}\\.\\sSign in again: .aliyun configure --profile main --mode CloudSSO`,
        "s",
      ),
      { ...signIn, cloud_sso_sign_in_url: url, cloud_sso_access_token_expire: past },
    ],
    [
      "CloudSSO that is refused",
      /CloudSSO gives no keys for it: it answered with status 403\.\s+Sign in again/,
      {
        ...signIn,
        access_token: `${fileSecret}2`,
        cloud_sso_sign_in_url: url,
        cloud_sso_access_token_expire: inSeconds(3600),
      },
    ],
    [
      "CloudSSO where nobody has signed in",
      /but nobody has signed in\.\s+Sign in again/,
      { ...signIn, cloud_sso_sign_in_url: url, access_token: "" },
    ],
    [
      "OAuth that has expired",
      new RegExp(
        `mode OAuth \\(a sign-in with OAuth\\), but its keys expired at ${pastText}\\.\\nRenew them: .aliyun sts GetCallerIdentity --profile main., or sign in again: .*--mode OAuth`,
        "s",
      ),
      { mode: "OAuth", ...session("STS.kept"), sts_expiration: past, oauth_refresh_token: fileSecret },
    ],
    [
      "RsaKeyPair",
      /mode RsaKeyPair \(an RSA key pair\), which aliyun calls deprecated and this package does not support\.\s+Give the profile an access key: `aliyun configure --profile main --mode AK`/,
      { mode: "RsaKeyPair", private_key: fileSecret, key_pair_name: "k" },
    ],
    [
      "BearerToken",
      /mode BearerToken \(a bearer token\), but ENS takes calls that are signed with keys only/,
      { mode: "BearerToken", bearer_token: fileSecret },
    ],
    ["Anonymous", /mode Anonymous \(nothing\), but ENS takes calls/, { mode: "Anonymous" }],
  ];

  for (const [how, config] of [
    ["named by a setting", named],
    ["found by the default chain", {}],
  ] as const) {
    it(`that are broken say what they are, what is wrong and what helps: ${how}`, async () => {
      const provider = await start({ config });
      for (const [what, says, ...profiles] of broken()) {
        write(...(profiles as [Fields, ...Fields[]]));
        const message = await failure(provider);
        assert.match(message, says, what);
        assert.match(message, how.startsWith("found") ? /^2 UNKNOWN: No credentials found\. \S/ : /./, what);
        assert.equal(message.match(/Docs:/g)?.length, 1, what);
      }
    });
  }

  it("in a file that cannot be read say what the file is, named, by the default chain and by sharedCredentialsFile", async () => {
    const file = join(home(), ".aliyun", "config.json");
    const providers = await Promise.all(
      [named, {}, { "alicloud:sharedCredentialsFile": "~/.aliyun/config.json" }].map((config) =>
        start({ config }),
      ),
    );
    for (const [content, says] of [
      [
        `\uFEFF{ "profiles": [ "${fileSecret}" ] }`,
        /config\.json \(.*\) begins with a byte order mark \(BOM\)/s,
      ],
      ["", /config\.json \(.*\) is empty/s],
    ] as const) {
      writeProfiles(file, content);
      for (const provider of providers) assert.match(await failure(provider), says);
    }
    rmSync(file);
    mkdirSync(file);
    for (const provider of providers)
      assert.match(await failure(provider), /config\.json \(.*\) is a folder/);
  });

  it("that are switched off say by what", async () => {
    write({ mode: "External", process_command: print(pair("plain")) });
    const env = { ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS: "1", ALIBABA_CLOUD_CLI_PROFILE_DISABLED: "true" };
    assert.match(
      await failure(await start({ config: named, env })),
      /`unset ALIBABA_CLOUD_DISABLE_EXTERNAL_PROCESS`/,
    );
    assert.match(await failure(await start({ env })), /No credentials found\.\n/);
  });

  it("aside, an ECS role whose metadata is switched off says by what: set, and in the default chain", async () => {
    const off =
      /No credentials from .*: the environment variable ALIBABA_CLOUD_ECS_METADATA_DISABLED switches the metadata of ECS off\.\s+.*`unset ALIBABA_CLOUD_ECS_METADATA_DISABLED`/s;
    const options = [
      { config: { "alicloud:ecsRoleName": "uploader" } },
      { env: { ALIBABA_CLOUD_ECS_METADATA: "uploader" } },
    ];
    for (const provider of await Promise.all(options.map(start))) assert.match(await failure(provider), off);
  });

  it("that are current and not there: the chain says which there are", async () => {
    const profiles = [{ name: "other", mode: "AK", ...pair("plain") }];
    writeProfiles(join(home(), ".aliyun", "config.json"), JSON.stringify({ current: "gone", profiles }));
    assert.match(
      await failure(await start({})),
      /There is no profile "gone" in .*config\.json \(it has other\)\.\s+.*`pulumi config set alicloud-ens:profile <name>`/s,
    );
  });

  it("of the INI file work, by the default chain: comments, quotes and a role", async () => {
    writeProfiles(
      join(home(), ".alibabacloud", "credentials"),
      `; mine\r\n[default] \r\ntype = ram_role_arn # a role\r\naccess_key_id=plain\r\naccess_key_secret = "${secret}"\r\nrole_arn = ${roleArn}\r\n[other]\r\n`,
    );
    await (await start({})).create(inputs);
    assert.deepEqual(
      emulator().requests.map(({ action }) => action),
      ["AssumeRole", "PrepareUpload"],
    );
  });

  it("of the INI file that are broken say so in its words, named and by the default chain", async () => {
    const ini = join(home(), ".alibabacloud", "credentials");
    const provider = await start({ config: { "alicloud:profile": "default" } });
    const chain = await start({});
    for (const [content, says] of [
      [
        `[default]\ntype = access_key\naccess_key_secret = ${fileSecret}\n`,
        /credentials .*has type access_key \(an access key\), but it is incomplete: it lacks access_key_id\.\s+Complete it: edit the section \[default\]/s,
      ],
      [`[default]\ntype=ram_role_arn\naccess_key_id=a\naccess_key_secret=b`, /it lacks role_arn/],
      [`\uFEFF[default]\ntype = ${fileSecret}`, /begins with a byte order mark/],
      ["[other]\ntype = access_key\n", /no profile "default".*\(it has other\)/s],
    ] as const) {
      writeProfiles(ini, content);
      assert.match(await failure(provider), says);
      assert.match(await failure(chain), says);
    }
  });

  it("end a command that hangs when its time is over, with all that it started", async () => {
    const { command, pids } = hangingCommand(home());
    write({ mode: "External", process_command: command });
    const config = { ...named, "alicloud-ens:clientReadTimeout": "1000" };
    const message = await failure(await start({ config }));
    assert.match(message, /its command took longer than 1 s \(clientReadTimeout\)/);
    await endOf(pids());
  });

  it("end what a command that fails leaves running", async () => {
    const { command, pids } = hangingCommand(home(), "exit 4");
    write({ mode: "External", process_command: command });
    assert.match(await failure(await start({ config: named })), /ended with status 4/);
    await endOf(pids());
  });

  for (const [how, end] of [
    ["the deployment is cancelled", (provider: ProviderProcess) => provider.cancel()],
    [
      "the provider process is killed",
      async (provider: ProviderProcess) => process.kill(provider.pid ?? 0, "SIGKILL"),
    ],
  ] as const) {
    it(`end a command that hangs when ${how}`, async () => {
      const { command, pids, started } = hangingCommand(home());
      write({ mode: "External", process_command: command });
      const provider = await start({});
      const calls = Promise.allSettled([provider.create(inputs), provider.create(inputs)]);
      await started();
      await end(provider);
      for (const call of await calls) assert.equal(call.status, "rejected");
      await endOf(pids());
    });
  }
});
