import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { CheckName } from "../../cli/doctor/finding";
import type { Report } from "../../cli/doctor/report";
import type { AccountStatus } from "../../emulator";
import { canaries } from "../support/canaries";
import {
  askDoctor,
  askDoctorTwice,
  type DoctorRun,
  doctorAccount,
  find,
  proxyLogin,
  statuses,
  unwrapped,
  useDoctorsPlace,
} from "../support/doctor";
import { useSilentServer } from "../support/silent-server";
import { useProxies } from "../support/test-proxy";

const { fileSecret, uriSecret } = canaries;

describe("what pulumi-alicloud-ens doctor says is wrong", () => {
  const here = useDoctorsPlace();
  const startProxy = useProxies();
  const silentServer = useSilentServer();

  /** Asks, and expects one problem, told alike as text and as JSON, with what to do at the end. */
  async function expectProblem(
    name: CheckName,
    message: RegExp,
    remedy: RegExp,
    args: readonly string[] = ["media-assets"],
  ): Promise<DoctorRun & { readonly report: Report }> {
    const asked = await askDoctorTwice(args, here());
    const { code, stdout, stderr, report } = asked;
    assert.deepEqual({ code, stderr, ok: report.ok }, { code: 1, stderr: "", ok: false });
    const wrong = report.checks.filter(({ status }) => status === "problem");
    assert.deepEqual(
      wrong.map((one) => one.name),
      [name],
    );
    const [first] = wrong;
    assert.ok(first !== undefined && "remedy" in first);
    assert.match(first.message, message);
    const details = first.details?.flatMap(({ title, lines }) => [`${title}:`, ...lines]) ?? [];
    assert.match(unwrapped([first.remedy, ...details].join(" ")), remedy);
    const end = unwrapped(stdout.slice(stdout.indexOf("\n1 problem")));
    const [, told] = new RegExp(` PROBLEM ${name}: (.*)`).exec(end) ?? [];
    // The message of one run and that of the other differ in times and ids.
    assert.match(told?.slice(0, unwrapped(first.message).length) ?? "", message);
    assert.match(end, remedy);
    return asked;
  }

  it("says that there are no credentials, and where it looked", async () => {
    here().withoutKeys();
    const { report } = await expectProblem(
      "credentials",
      /^no credentials were found$/,
      /(^|found )Set a key pair: export .* `aliyun configure`\. .*`npx pulumi-alicloud-ens emulator`/,
    );
    const finding = find(report, "credentials");
    const [looked] = ("details" in finding ? finding.details : undefined) ?? [];
    assert.match(looked?.title ?? "", /^Looked at/);
    assert.match(looked?.lines[0] ?? "", /^accessKey: alicloud-ens:accessKey, .*ALICLOUD_ACCESS_KEY, /);
    assert.match(looked?.lines.at(-1) ?? "", /^the metadata of an ECS instance/);
    // The network is looked at all the same.
    assert.match(statuses(report), /proxy ok, endpoint ok, clock ok, permission skipped/);
  });

  it("gives the commands of Pulumi for credentials in a project, where they can be run", async () => {
    here().withoutKeys();
    writeFileSync(join(here().cwd, "Pulumi.yaml"), "name: project\nruntime: yaml\n");
    const { report } = await askDoctor(["--no-stack"], here());
    const finding = find(report, "credentials");
    assert.match(
      "remedy" in finding ? finding.remedy : "",
      /^Set a key pair: `pulumi config set alicloud-ens:accessKey <id>` and .*; or export ALICLOUD_ACCESS_KEY/,
    );
  });

  it("names all problems that keep a check from being tried, and none that does not", async () => {
    here().withoutKeys();
    here().env.ALIBABA_CLOUD_ENDPOINT_ENS = "http://127.0.0.1:1";
    const { report } = await askDoctor(["media-assets"], here());
    assert.equal(find(report, "clock").message, "not tried, because of the problem with endpoint");
    assert.equal(
      find(report, "bucket").message,
      "not tried, because of the problems with credentials and endpoint",
    );
  });

  it("says what is wrong with all settings that cannot be used, at once", async () => {
    delete here().env.ALICLOUD_ACCESS_KEY;
    Object.assign(here().env, {
      ALIBABA_CLOUD_ENDPOINT_ENS: `https://me:${fileSecret}@ens.example.test/x?token=${uriSecret}`,
      ALICLOUD_MAX_RETRY_TIMEOUT: "soon",
      HTTPS_PROXY: `socks5://${proxyLogin.inUrl}@127.0.0.1:1`,
    });
    await expectProblem(
      "settings",
      /alicloud-ens:accessKey.*ALIBABA_CLOUD_ENDPOINT_ENS.*ALICLOUD_MAX_RETRY_TIMEOUT.*HTTPS_PROXY/,
      /other half of the key pair comes from environment variable ALICLOUD_SECRET_KEY.*Fix HTTPS_PROXY/,
    );
  });

  it("says that the secret key is another's", async () => {
    here().env.ALICLOUD_SECRET_KEY = fileSecret;
    await expectProblem(
      "credentials",
      /ENS refuses them \(SignatureDoesNotMatch\)/,
      /secret key.* access key.*The credentials: .*secret key from environment variable ALICLOUD_SECRET_KEY/,
    );
  });

  it("says that the role cannot be assumed", async () => {
    here().env.ALICLOUD_ASSUME_ROLE_ARN = "acs:ram::1:role/other";
    await expectProblem(
      "credentials",
      /^a RAM role gives no keys/,
      /role\/other.*it trusts their user.*A policy that allows it: .*"sts:AssumeRole"/,
    );
  });

  it("reads a malformed file of profiles without repeating it", async () => {
    here().withoutKeys();
    here().writeProfiles(`{ "access_key_secret": "${fileSecret}", `);
    here().env.ALICLOUD_PROFILE = "me";
    await expectProblem(
      "credentials",
      /a profile of `aliyun configure` gives no keys/,
      /config\.json.*is not a file of profiles/,
    );
    delete here().env.ALICLOUD_PROFILE;
    await expectProblem(
      "credentials",
      /no credentials were found/,
      /config\.json.*is not a file of profiles.*Set a key pair/,
    );
  });

  it("says which profile the default chain could not use, and why", async () => {
    here().withoutKeys();
    here().writeProfiles(
      JSON.stringify({
        current: "me",
        profiles: [{ name: "me", mode: "RsaKeyPair", private_key: fileSecret }],
      }),
    );
    await expectProblem(
      "credentials",
      /no credentials were found/,
      /The profile "me" of .*config\.json .*has mode RsaKeyPair .*`aliyun configure --profile me --mode AK`.*Set a key pair/,
    );
  });

  for (const [status, code, remedy] of [
    [
      "noPermission",
      "NoPermission",
      /AliyunEnsEOSFullAccess.*A policy that allows it: \{.*"Action":"ens:PrepareUpload"/,
    ],
    ["arrears", "UserDisable", /unpaid bill.*Expenses and Costs/],
  ] as const satisfies readonly (readonly [AccountStatus, string, RegExp])[]) {
    it(`says what to do about ${code}, with a bucket and without`, async () => {
      here().ens.emulator.setAccount({ ...doctorAccount, status });
      const message = new RegExp(`^PrepareUpload fails with ${code}$`);
      await expectProblem("permission", message, remedy);
      await expectProblem("permission", message, remedy, []);
    });
  }

  it("says by how much the clock is off, before and after it matters", async () => {
    here().setClock(20 * 60_000);
    await expectProblem(
      "clock",
      /^1[12]\d\d s behind the clock of ENS, which allows 900 s$/,
      /Set this machine's clock/,
    );
    here().setClock(-10 * 60_000);
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    assert.equal(find(report, "clock").status, "warning");
  });

  it("says that there is no such bucket", async () => {
    await expectProblem("bucket", /no bucket other-assets \(NoSuchBucket\)/, /aliyun ens ListBuckets/, [
      "other-assets",
    ]);
  });

  it("says that nothing listens at the endpoint", async () => {
    here().env.ALIBABA_CLOUD_ENDPOINT_ENS = "http://127.0.0.1:1";
    const { report } = await expectProblem(
      "endpoint",
      /nothing listens there/,
      /endpoint \(environment variable ALIBABA_CLOUD_ENDPOINT_ENS\).*`npx pulumi-alicloud-ens emulator --port 1`.*`unset ALIBABA_CLOUD_ENDPOINT_ENS`/,
    );
    assert.match(
      statuses(report),
      /credentials ok, .*clock skipped, permission skipped, bucket skipped, management skipped, storage skipped, write skipped/,
    );
  });

  it("says that something else than ENS answers", async () => {
    const page = createServer((_request, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").end("<h1>Welcome</h1>");
    }).listen(0, "127.0.0.1");
    await once(page, "listening");
    here().env.ALIBABA_CLOUD_ENDPOINT_ENS = `http://127.0.0.1:${(page.address() as AddressInfo).port}`;
    await expectProblem("endpoint", /answers with a web page/, /something other than ENS/);
    page.close();
    here().env.ALIBABA_CLOUD_ENDPOINT_ENS = here().ens.emulator.url;
    here().ens.emulator.fail({ kind: "body", body: "hello", times: 4 });
    await expectProblem("endpoint", /gives no usable answer/, /not JSON/);
  });

  it("gives up on an endpoint that never answers, in the time that it is given", async () => {
    const silent = silentServer();
    here().env.ALIBABA_CLOUD_ENDPOINT_ENS = silent.url;
    const started = Date.now();
    await expectProblem("endpoint", /no answer within 1 s/, /Check the network/, [
      "media-assets",
      "--timeout",
      "1",
    ]);
    assert.ok(Date.now() - started < 15_000);
  });

  it("says that the proxy is down", async () => {
    here().behind(`http://${proxyLogin.inUrl}@127.0.0.1:1`);
    const { report } = await expectProblem(
      "proxy",
      /^http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\): nothing listens there/,
      /Fix HTTPS_PROXY.*NO_PROXY=ens\.example\.test/,
    );
    assert.match(statuses(report), /endpoint skipped/);
  });

  it("says that the proxy wants a password", async () => {
    here().behind((await startProxy({ user: proxyLogin.user })).host);
    await expectProblem("proxy", /wants a user and a password \(407\)/, /http:\/\/user:password@/);
  });

  it("says that the endpoint's certificate is not trusted, and that the proxy is right", async () => {
    here().behind((await startProxy()).host);
    delete here().env.NODE_EXTRA_CA_CERTS;
    const { report } = await expectProblem(
      "endpoint",
      /not one that this machine trusts/,
      /NODE_EXTRA_CA_CERTS/,
    );
    assert.equal(find(report, "proxy").status, "ok");
  });

  it("says that the storage cannot be reached, which is a warning where another machine uploads", async () => {
    await expectProblem("storage", /localhost:1.*nothing listens there/, /Uploads from here would fail/, [
      "far-assets",
    ]);
    const args = ["far-assets", "--client-ip", "203.0.113.7"];
    const { code, report } = await askDoctor(args, here());
    assert.equal(code, 0);
    assert.equal(find(report, "storage").status, "warning");
  });

  it("warns of a storage that fails", async () => {
    here().ens.emulator.fail({
      service: "oss",
      kind: "error",
      code: "ServiceUnavailable",
      status: 503,
    });
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    const { status, message } = find(report, "storage");
    assert.equal(status, "warning");
    assert.match(message, /answers with status 503/);
  });

  it("says why a refusal of the storage is right, and warns of one that does not know the bucket", async () => {
    const { report: refused } = await askDoctor(["media-assets"], here());
    const fine = find(refused, "storage");
    assert.equal(fine.status, "ok");
    assert.match(
      fine.message,
      /answers \(status 403, .*\), which is right: this request has no credentials$/,
    );
    for (const [status, expected] of [
      [404, /does not know the bucket \(status 404\)$/],
      [302, /answers with status 302$/],
    ] as const) {
      here().ens.emulator.fail({ service: "oss", kind: "error", code: "NoSuchBucket", status });
      const { code, report } = await askDoctor(["media-assets"], here());
      const finding = find(report, "storage");
      assert.deepEqual({ code, status: finding.status }, { code: 0, status: "warning" });
      assert.match(finding.message, expected);
      assert.equal(finding.numbers?.httpStatus, status);
    }
  });

  it("takes what a terminal obeys out of what the network and other programs say", async () => {
    const cli = join(here().cwd, "pulumi");
    writeFileSync(cli, "#!/bin/sh\nprintf 'v3.215.0\\033]0;owned\\007\\033[31m'\n", { mode: 0o755 });
    here().env.PATH = here().cwd;
    here().ens.emulator.fail({
      kind: "error",
      code: "Bad\u001b[31m",
      message: "\u001b]0;owned\u0007\r\n",
      times: 4,
    });
    const { stdout } = await expectProblem("permission", /fails with Bad/, /does not know the code/);
    assert.doesNotMatch(stdout.replaceAll("\n", ""), /\p{Cc}/u);
    assert.match(stdout, /warning pulumi: v3\.215\.0.* is too old\n/);
  });

  it("says what is not installed in a project's folder, and how it is", async () => {
    writeFileSync(join(here().cwd, "Pulumi.yaml"), "name: project\nruntime: nodejs\n");
    const { code, report } = await askDoctor(["--no-stack"], here());
    assert.equal(code, 1);
    assert.match(
      statuses(report),
      /^node ok, package problem, pulumi problem, sdk problem, configuration skipped, settings ok, .*permission ok/,
    );
    const remedy = (name: CheckName) => (find(report, name) as { remedy: string }).remedy;
    assert.match(remedy("package"), /cd .* && npm install pulumi-alicloud-ens/);
    assert.match(remedy("sdk"), /npm install @pulumi\/pulumi@\^3\.216\.0/);
    assert.match(remedy("pulumi"), /Install Pulumi 3\.216\.0 or newer/);
  });
});
