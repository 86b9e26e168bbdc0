import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Report } from "../../cli/doctor/report";
import { numberSettings } from "../../provider/lifecycle/settings/settings";
import { doctorAccount, find, runDoctor, statuses } from "../support/doctor";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

describe("pulumi-alicloud-ens doctor in a project, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"], accounts: [doctorAccount] });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: media-storage\nruntime: nodejs\n", "index.ts": "" },
      stack: "prod",
      config: { "alicloud-ens:accessKey": doctorAccount.accessKeyId, "alicloud-ens:maxRetryTimeout": "120" },
    });
    await project.setConfig("alicloud-ens:secretKey", doctorAccount.accessKeySecret, "secret");
    await project.setConfig("alicloud:region", "ap-southeast-1", "secret");
    await project.setConfig("alicloud:endpoints[0].ens", emulator().url, "path");
  });
  beforeEach(() => emulator().setAccount(doctorAccount));
  after(() => project?.remove());

  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    return runDoctor(args, { cwd: project.folder, env: { ...project.env, ...env } });
  }

  async function report(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Report> {
    return JSON.parse((await run([...args, "--json"], env)).stdout) as Report;
  }

  it("reads the stack's configuration, shows nothing that it keeps as a secret, and finds nothing wrong", async () => {
    const found = await report(["media-assets", "--write"]);
    assert.ok(
      found.checks.every(({ status }) => status === "ok"),
      statuses(found),
    );
    assert.match(
      find(found, "configuration").message,
      /^the stack prod has 5 keys of alicloud-ens: and alicloud:$/,
    );
    const configured = (key: string) => `stack configuration ${key}`;
    assert.deepEqual(found.settings, [
      { name: "accessKey", value: "Cana…IdQ7", from: configured("alicloud-ens:accessKey") },
      { name: "secretKey", from: configured("alicloud-ens:secretKey") },
      { name: "region", from: configured("alicloud:region") },
      {
        name: "endpoints",
        value: `ens ${emulator().url}, sts https://sts.aliyuncs.com`,
        from: configured("alicloud:endpoints"),
      },
      { name: "maxRetryTimeout", valueSeconds: 120, from: configured("alicloud-ens:maxRetryTimeout") },
      { name: "clientReadTimeout", valueMs: numberSettings.clientReadTimeout.byDefault, from: "default" },
      { name: "maxConcurrency", value: numberSettings.maxConcurrency.byDefault, from: "default" },
      {
        name: "consistencyTimeout",
        valueSeconds: numberSettings.consistencyTimeout.byDefault,
        from: "default",
      },
    ]);
  });

  it("says to its user what it says to the reader of docs/doctor.md", async () => {
    emulator().setAccount({ ...doctorAccount, status: "noPermission" });
    const { code, stdout } = await run(["media-assets"]);
    assert.equal(code, 1);
    const page = readFileSync(join(checkout, "docs", "doctor.md"), "utf8");
    const [, shown = ""] = /```\n(pulumi-alicloud-ens \d.*?)```/s.exec(page) ?? [];
    // Versions, addresses, times, settings and request ids are the reader's own.
    const shape = (text: string) => {
      const [checks = "", end = ""] = text.split(/^Settings\n.*?\n\n/ms);
      const own = /^ {2}ok +(node|package|pulumi|sdk|configuration|endpoint) .*$/gm;
      return [
        ...checks
          .replace(own, (_, name) => `${name} …`)
          .replace(/ \S+…\S+, permanent/, "")
          .split("\n"),
        ...end.replace(/[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}/, "…").split("\n"),
      ];
    };
    assert.ok(shape(shown).length > 30);
    assert.deepEqual(shape(shown), shape(stdout));
    const rows = [...shown.matchAll(/^ {2}(\w+) +\S.* {2}(.*)$/gm)].map(([, name]) => name);
    for (const name of Object.keys(numberSettings)) assert.ok(rows.includes(name), name);
  });

  it("leaves the configuration out when asked to", async () => {
    const found = await report(["--no-stack"], { ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url });
    assert.equal(find(found, "configuration").status, "skipped");
    assert.equal(find(found, "credentials").message, "no credentials were found");
  });

  for (const [what, args, env, expected] of [
    [
      "there is no such stack",
      ["--stack", "other"],
      {},
      /cannot be read, so .* only: no stack named 'other' found/,
    ],
    [
      "the passphrase is wrong",
      [],
      { PULUMI_CONFIG_PASSPHRASE: "wrong" },
      /cannot be read, so .* only: incorrect passphrase/,
    ],
  ] as const) {
    it(`says that the configuration cannot be read where ${what}`, async () => {
      const { status, message } = find(await report(args, env), "configuration");
      assert.equal(status, "problem");
      assert.match(message, expected);
    });
  }

  it("looks for no package of Node where a program in another language uses the plugin, which is not told alicloud:", async () => {
    const file = join(project.folder, "Pulumi.yaml");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, "name: media-storage\nruntime:\n  name: python\n");
    const found = await report([]);
    writeFileSync(file, before);
    assert.match(statuses(found), /package skipped, pulumi ok, sdk skipped, configuration ok/);
    assert.match(find(found, "package").message, /a program of the runtime python uses the plugin$/);
    assert.match(find(found, "configuration").message, /^the stack prod has 3 keys of alicloud-ens:$/);
    assert.ok(!found.settings.some(({ name }) => name === "region"));
  });

  it("says that a stack sets nothing, and counts one key as one", async () => {
    await project.run(["stack", "init", "empty"]);
    const none = await report(["--stack", "empty"]);
    await project.run(["config", "set", "--stack", "empty", "alicloud-ens:region", "cn-hangzhou"]);
    const one = await report(["--stack", "empty"]);
    await project.run(["stack", "rm", "--yes", "empty"]);
    await project.run(["stack", "select", "prod"]);
    assert.match(find(none, "configuration").message, /^the stack empty has no keys of .*environment only$/);
    assert.match(find(one, "configuration").message, /^the stack empty has 1 key of /);
  });

  it("warns of a setting whose name is misspelt, with the names that there are", async () => {
    await project.setConfig("alicloud-ens:acessKey", "x");
    const finding = find(await report([]), "settings");
    project.removeConfig("alicloud-ens:acessKey");
    assert.equal(finding.message, "not known: alicloud-ens:acessKey");
    assert.match(
      "remedy" in finding ? finding.remedy : "",
      /config rm alicloud-ens:acessKey.*accessKey, secretKey/,
    );
  });

  it("warns of a region that is a slip, with what was meant", async () => {
    const finding = find(await report(["--no-stack"], { ALICLOUD_REGION: "hangzhou" }), "settings");
    assert.equal(finding.status, "warning");
    assert.equal(finding.message, "a value is probably misspelt");
    assert.match("remedy" in finding ? finding.remedy : "", /"hangzhou" is no region .*cn-hangzhou/);
  });

  it("warns where no stack is selected, and gives commands for the one that is named", async () => {
    await project.setConfig("alicloud-ens:maxConcurrency", "many");
    await project.run(["stack", "unselect"]);
    const finding = find(await report([]), "configuration");
    const wrong = find(await report(["--stack", "prod"]), "settings");
    const [, command = ""] = /Set it: `pulumi (.*?)`/.exec("remedy" in wrong ? wrong.remedy : "") ?? [];
    await project.run(command.split(" "));
    const fixed = find(await report(["--stack", "prod"]), "settings");
    await project.run(["stack", "select", "prod"]);
    project.removeConfig("alicloud-ens:maxConcurrency");
    assert.equal(finding.status, "warning");
    assert.match("remedy" in finding ? finding.remedy : "", /pulumi stack select <name>.*--no-stack/);
    assert.equal(command, "config --stack prod set alicloud-ens:maxConcurrency 8");
    assert.equal(fixed.status, "ok");
  });
});
