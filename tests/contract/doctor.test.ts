import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Report } from "../../cli/doctor/report";
import { numberSettings } from "../../provider/lifecycle/settings/settings";
import { canaries } from "../support/canaries";
import {
  askDoctor,
  askDoctorTwice,
  doctorCommand,
  find,
  proxyLogin,
  runDoctor,
  statuses,
  unwrapped,
  useDoctorsPlace,
} from "../support/doctor";
import { oidcProvider, oidcToken } from "../support/oidc";
import { checkout } from "../support/paths";
import { useSilentServer } from "../support/silent-server";
import { useProxies } from "../support/test-proxy";

const { accessKeyId, accessKeySecret } = canaries;

describe("pulumi-alicloud-ens doctor", () => {
  const here = useDoctorsPlace();
  const startProxy = useProxies();
  const silentServer = useSilentServer();

  it("says where the bucket is when all is well, and that without a CLI nothing is deployed", async () => {
    const { code, stdout, stderr, report } = await askDoctorTwice(["media-assets"], here());
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.equal(
      statuses(report),
      "node ok, package ok, pulumi warning, sdk skipped, configuration skipped, settings ok, credentials ok, " +
        "proxy ok, endpoint ok, clock ok, permission ok, bucket ok, management ok, storage ok, write skipped",
    );
    const { physicalBucketName, endpoint } = here().ens.emulator.buckets.get("media-assets") ?? {};
    const { requestId, ...target } = report.target ?? assert.fail("no target");
    assert.match(requestId, /^[\w-]+$/);
    assert.deepEqual(target, {
      bucketName: "media-assets",
      physicalBucketName,
      endpoint,
      endpointUrl: `http://${endpoint}`,
    });
    assert.ok(stdout.includes(`media-assets is ${physicalBucketName} at ${endpoint}`), stdout);
    assert.match(
      stdout,
      /\nNo problem, but 1 warning:\n\n {2}warning pulumi: there is no Pulumi CLI.*\n {2}Install Pulumi/,
    );
    assert.deepEqual(
      here()
        .ens.emulator.requests.filter(({ service }) => service === "oss")
        .map(({ accessKeyId: id }) => id),
      [undefined, undefined],
    );
  });

  it("says where each setting comes from, and never a secret", async () => {
    // It looks like any word, and a wrong one does not matter here.
    here().env.ALICLOUD_SECRET_KEY = canaries.fileSecret;
    Object.assign(here().env, {
      ALICLOUD_REGION: "ap-southeast-1",
      ALICLOUD_MAX_RETRY_TIMEOUT: "7",
      NO_PROXY: "*",
    });
    const { stdout, report } = await askDoctorTwice([], here());
    const url = here().ens.emulator.url;
    const variable = (name: string) => `environment variable ${name}`;
    assert.deepEqual(report.settings, [
      { name: "accessKey", value: "Cana…IdQ7", from: variable("ALICLOUD_ACCESS_KEY") },
      { name: "secretKey", from: variable("ALICLOUD_SECRET_KEY") },
      { name: "region", value: "ap-southeast-1", from: variable("ALICLOUD_REGION") },
      { name: "endpoint", value: url, from: variable("ALIBABA_CLOUD_ENDPOINT_ENS") },
      { name: "stsEndpoint", value: url, from: variable("ALIBABA_CLOUD_ENDPOINT_STS") },
      { name: "maxRetryTimeout", valueSeconds: 7, from: variable("ALICLOUD_MAX_RETRY_TIMEOUT") },
      { name: "noProxy", value: "*", from: variable("NO_PROXY") },
      { name: "clientReadTimeout", valueMs: numberSettings.clientReadTimeout.byDefault, from: "default" },
      { name: "maxConcurrency", value: numberSettings.maxConcurrency.byDefault, from: "default" },
      {
        name: "consistencyTimeout",
        valueSeconds: numberSettings.consistencyTimeout.byDefault,
        from: "default",
      },
    ]);
    assert.match(stdout, /\n {2}secretKey +\(not shown\) +environment variable ALICLOUD_SECRET_KEY\n/);
  });

  it("asks for nobody's bucket where none is named, which tells the permission", async () => {
    const { code, report } = await askDoctor([], here());
    assert.equal(code, 0);
    assert.match(
      statuses(report),
      /permission ok, bucket skipped, management skipped, storage skipped, write skipped$/,
    );
    assert.match(find(report, "bucket").message, /^not asked for: name a bucket, doctor <bucket>$/);
  });

  it("asks for a client's address, and warns of one that is not public", async () => {
    const near = await askDoctor(["media-assets", "--client-ip", "203.0.113.7"], here());
    assert.equal(near.report.target?.physicalBucketName, "media-near");
    const inside = await askDoctorTwice(["media-assets", "--client-ip", "10.0.0.1"], here());
    assert.equal(inside.code, 0);
    assert.equal(find(inside.report, "bucket").status, "warning");
    assert.match(
      unwrapped(inside.stdout),
      /2 warnings:.*bucket: .* for 10\.0\.0\.1, which is not a public address/,
    );
  });

  it("says that a role with an OIDC token gives the credentials, from where, and never the token", async () => {
    here().withoutKeys();
    Object.assign(here().env, {
      ALIBABA_CLOUD_ROLE_ARN: "acs:ram::1:role/ci",
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: oidcProvider.arn,
      ALIBABA_CLOUD_OIDC_TOKEN: oidcToken(),
    });
    const { stdout, report } = await askDoctorTwice([], here());
    assert.match(
      find(report, "credentials").message,
      /temporary \(STS\), from a RAM role, with an OIDC token; role acs:ram::1:role\/ci from environment variable/,
    );
    const names = report.settings.map(({ name, value }) => `${name} ${value ?? "(not shown)"}`);
    assert.deepEqual(names.slice(0, 3), [
      "oidcRoleArn acs:ram::1:role/ci",
      `oidcProviderArn ${oidcProvider.arn}`,
      "oidcToken (not shown)",
    ]);
    assert.doesNotMatch(stdout, /eyJ/);
  });

  it("says what of the default chain gave the credentials", async () => {
    here().withoutKeys();
    here().writeProfiles(
      JSON.stringify({
        current: "me",
        profiles: [
          { name: "me", mode: "AK", access_key_id: accessKeyId, access_key_secret: accessKeySecret },
        ],
      }),
    );
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    assert.match(
      find(report, "credentials").message,
      /permanent, from the default credential chain \(~\/\.aliyun\/config\.json, profile "me", mode AK\)/,
    );
  });

  it("assumes the role that is set", async () => {
    here().env.ALICLOUD_ASSUME_ROLE_ARN = "acs:ram::1:role/uploader";
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    assert.match(
      find(report, "credentials").message,
      /^STS\.….*, temporary \(STS\), from a RAM role; role acs:ram::1:role\/uploader from environment variable ALICLOUD_ASSUME_ROLE_ARN, assumed with access key from/s,
    );
  });

  it("goes through a proxy, whose password it does not print", async () => {
    const proxy = await startProxy({ user: proxyLogin.user });
    here().behind(`http://${proxyLogin.inUrl}@${proxy.host}`);
    const { code, report } = await askDoctor([], here());
    assert.equal(code, 0);
    const url = `https://${here().ens.endpoint}`;
    assert.equal(find(report, "proxy").message, `http://${proxy.host} (HTTPS_PROXY) opens the way to ${url}`);
    assert.match(find(report, "endpoint").message, /TLSv1\.\d/);
  });

  it("asks the storage by the bucket's own name, through the proxy too", async () => {
    const { emulator, endpoint } = here().ens;
    // The one name that the certificate is for.
    const place = { physicalBucketName: "ens", endpoint: endpoint.replace(/^ens\./, "") };
    emulator.addBucket({ name: "named-assets", ...place });
    const proxy = await startProxy();
    here().behind(proxy.host);
    const { code, report } = await askDoctor(["named-assets"], here());
    assert.equal(code, 0);
    assert.match(
      find(report, "storage").message,
      new RegExp(`^https://${endpoint} answers \\(status 4\\d\\d, TLSv1`),
    );
    assert.deepEqual(new Set(proxy.asked), new Set([endpoint]));
    assert.equal(emulator.requests.findLast(({ service }) => service === "oss")?.action, "HEAD");
  });

  it("ends at once by Ctrl-C", async () => {
    const { cwd, env } = here();
    env.ALIBABA_CLOUD_ENDPOINT_ENS = silentServer().url;
    const args = [...doctorCommand, "--timeout", "300"];
    const child = spawn(process.execPath, args, { cwd, env, stdio: "ignore" });
    while (silentServer().waiting() === 0) await setTimeout(20);
    child.kill("SIGINT");
    const [, signal] = await once(child, "exit");
    assert.equal(signal, "SIGINT");
  });

  it("has colours where they are asked for or seen, and nowhere else", async function () {
    const isColoured = (text: string) => text.includes("\u001b[3");
    const coloured = async (more: Record<string, string>) =>
      isColoured((await runDoctor([], { ...here(), env: { ...here().env, ...more } })).stdout);
    assert.equal(await coloured({}), false);
    assert.equal(await coloured({ FORCE_COLOR: "1" }), true);
    assert.equal(await coloured({ FORCE_COLOR: "1", NO_COLOR: "1" }), false);
    const json = await runDoctor(["--json"], { ...here(), env: { ...here().env, FORCE_COLOR: "1" } });
    assert.equal(isColoured(json.stdout), false);
    if (process.platform !== "linux") {
      console.error("      a terminal to print on is made by script(1) of Linux");
      this.skip();
    }
    const onTerminal = async (more: Record<string, string>) => {
      const command = [process.execPath, ...doctorCommand].map((part) => `'${part}'`).join(" ");
      const { cwd, env } = here();
      const child = spawn("/usr/bin/script", ["-qec", command, "/dev/null"], {
        cwd,
        env: { ...env, TERM: "xterm", ...more },
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
      });
      await once(child, "close");
      assert.match(said, /permission/);
      return isColoured(said);
    };
    assert.equal(await onTerminal({}), true);
    assert.equal(await onTerminal({ NO_COLOR: "1" }), false);
  });

  it("explains itself as a manual does", async () => {
    const { code, stdout } = await runDoctor(["--help"], here());
    assert.equal(code, 0);
    for (const title of [
      "Usage",
      "Arguments",
      "Options",
      "Checks",
      "JSON",
      "Environment",
      "Exit status",
      "Examples",
    ]) {
      assert.match(stdout, new RegExp(`^${title}\\b.*:`, "m"));
    }
    const { checks } = JSON.parse((await runDoctor(["--json"], here())).stdout) as Report;
    for (const { name } of checks) assert.match(stdout, new RegExp(`\\b${name}\\b`));
    assert.ok(!stdout.includes("\u001b"));
  });

  for (const [args, expected] of [
    [["Media_Assets"], /3 to 50 characters/],
    [["media-assets", "--client-ip", "10.0.0.0/8"], /plain IPv4 or IPv6 address/],
    [["--client-ip", "203.0.113.7"], /--client-ip needs a bucket/],
    [["--timeout", "0"], /whole seconds from 1 to 300/],
    [["--jsn"], /unknown option '--jsn'.*--json/s],
    [["one-bucket", "two-buckets"], /too many arguments/],
  ] as const) {
    it(`refuses ${args.join(" ")} with status 2 and a clear error`, async () => {
      const { code, stdout, stderr } = await runDoctor(args, here());
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr, expected);
      assert.match(stderr, /doctor --help/);
      assert.doesNotMatch(stderr, /\n\s+at /);
    });
  }

  it("is listed beside the emulator", async () => {
    const child = spawn(process.execPath, [join(checkout, "dist", "cli", "main.js"), "--help"]);
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    await once(child, "close");
    assert.match(said, /^ {2}doctor .*^ {2}emulator /ms);
  });
});
