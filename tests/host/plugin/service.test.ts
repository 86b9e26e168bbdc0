import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultAccount } from "../../../emulator";
import { packageVersion } from "../../../provider/ens/package-version";
import { numberSettings } from "../../../provider/lifecycle/settings/settings";
import { useEmulator } from "../../support/emulator";
import { failing } from "../../support/failing";
import { checkout } from "../../support/paths";
import { PluginProcess, settingsFor, stopPlugins, unknown, urnOf } from "../../support/plugin-process";
import { useSilentServer } from "../../support/silent-server";
import { numberedKeys, StorageContent } from "../../support/storage-content";

describe("the plugin's service", () => {
  const emulator = useEmulator({ buckets: ["media-assets", "media-more"] });
  const silent = useSilentServer();
  stopPlugins();

  it("takes secrets, previews, and the stack's way of naming, and tells its version", async () => {
    const plugin = await PluginProcess.launch();
    const handshake = await plugin.handshake();
    assert.ok(handshake.getAcceptSecrets() && handshake.getSupportsAutonamingConfiguration());
    const configured = await plugin.configure(settingsFor(emulator()));
    assert.ok(configured.getAcceptsecrets() && configured.getSupportspreview());
    assert.ok(configured.getSupportsAutonamingConfiguration());
    assert.equal(await plugin.version(), packageVersion);
  });

  it("gives the schema beside it, or says that there is none", async () => {
    const plugin = await PluginProcess.launch();
    const file = join(checkout, "dist/provider/fronts/plugin/schema.json");
    if (existsSync(file)) assert.equal(JSON.parse(await plugin.schema()).name, "alicloud-ens");
    else await assert.rejects(plugin.schema(), /has no schema: there is no file .*schema\.json/s);
  });

  it("refuses bad settings by their bare names, as the stack's configuration has them", async () => {
    const plugin = await PluginProcess.launch();
    const { failures } = await plugin.checkConfig({ maxConcurrency: "0", endpoint: "http://eu.example" });
    const reasons = new Map(failures.map(({ property, reason }) => [property, reason]));
    assert.deepEqual([...reasons.keys()].sort(), ["endpoint", "maxConcurrency"]);
    assert.match(reasons.get("maxConcurrency") ?? "", /`pulumi config set alicloud-ens:maxConcurrency 8`/);
    for (const reason of reasons.values()) assert.doesNotMatch(reason, /alicloud:/);
  });

  it("refuses bad settings of an explicit provider, in no language's own words", async () => {
    const plugin = await PluginProcess.launch();
    const { failures } = await plugin.checkConfig({ maxConcurrency: 0, regoin: "cn-hangzhou" }, "own");
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["", "maxConcurrency"],
    );
    assert.match(failures[0]?.reason ?? "", /^Nothing reads regoin; did you mean region\?/);
    assert.match(failures[1]?.reason ?? "", /Set it: give the provider "own" `maxConcurrency: 8`\./);
  });

  it("names half a key pair wherever the half is", async () => {
    const plugin = await PluginProcess.launch({ env: { ALICLOUD_ACCESS_KEY: "id" } });
    const { failures } = await plugin.checkConfig({});
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.match(
      failures[0]?.reason ?? "",
      /^alicloud-ens:secretKey: it is missing, .*`export ALICLOUD_SECRET_KEY=/s,
    );
  });

  it("warns of a key in the stack's configuration that nothing reads", async () => {
    const plugin = await PluginProcess.launch();
    const { failures } = await plugin.checkConfig({ regoin: "cn-hangzhou", version: "0.1.0" });
    assert.deepEqual(failures, []);
    assert.deepEqual(
      plugin.lines.map(({ severity }) => severity),
      ["warning"],
    );
    assert.match(plugin.lines[0]?.message ?? "", /^Nothing reads alicloud-ens:regoin; did you mean region\?/);
  });

  it("warns of a region that is probably misspelt, with the place where it is", async () => {
    const plugin = await PluginProcess.launch();
    await plugin.checkConfig({ region: "hangzhou" });
    await plugin.checkConfig({ region: "ap-southeast1" }, "own");
    const said = (region: string, from: string, meant: string) =>
      `"${region}" is no region that is known (${from}), so ENS is asked at ens.aliyuncs.com. Did you mean ${meant}? Set it: `;
    assert.deepEqual(
      plugin.lines.map(({ severity, message }) => [severity, message]),
      [
        [
          "warning",
          `${said("hangzhou", "stack configuration alicloud-ens:region", "cn-hangzhou")}` +
            "`pulumi config set alicloud-ens:region cn-hangzhou`.",
        ],
        [
          "warning",
          `${said("ap-southeast1", 'property region of the provider "own"', "ap-southeast-1")}` +
            'give the provider "own" `region: "ap-southeast-1"`.',
        ],
      ],
    );
  });

  it("waits with what a preview does not know of a provider", async () => {
    const plugin = await PluginProcess.launch();
    const news = { accessKey: unknown, maxConcurrency: "0" };
    assert.deepEqual(await plugin.checkConfig(news, "own"), { inputs: news, failures: [] });
  });

  it("asks another account without replacing anything", async () => {
    const plugin = await PluginProcess.launch();
    const olds = { region: "cn-hangzhou", accessKey: "a", maxConcurrency: 8, version: "0.1.0" };
    const news = { region: "cn-beijing", accessKey: "b", maxConcurrency: "8", version: "0.2.0" };
    const { changes, replaces, details } = await plugin.diffConfig(olds, news);
    assert.deepEqual({ changes, replaces }, { changes: true, replaces: [] });
    assert.deepEqual(details, { region: "update of inputs", accessKey: "update of inputs" });
    assert.equal((await plugin.diffConfig(olds, { ...olds, version: "0.2.0" })).changes, false);
  });

  it("takes settings that a program's SDK did not make texts of", async () => {
    const config = { endpoints: [{ ens: emulator().url }], maxRetryTimeout: 0, endpoint: undefined };
    const { endpoint: _, ...given } = { ...settingsFor(emulator()), ...config };
    const plugin = await PluginProcess.start({ config: given, provider: "own" });
    const { outputs } = await plugin.create(urnOf("PreparedUpload"), { bucketName: "media-assets" });
    assert.equal(outputs.bucketName, "media-assets");
  });

  it("takes its settings from the environment where the program gives none", async () => {
    const env = {
      ALICLOUD_ACCESS_KEY: defaultAccount.accessKeyId,
      ALICLOUD_SECRET_KEY: defaultAccount.accessKeySecret,
      ALICLOUD_ENDPOINT_ENS: emulator().url,
    };
    const plugin = await PluginProcess.start({ env });
    const { outputs } = await plugin.create(urnOf("PreparedUpload"), { bucketName: "media-assets" });
    assert.equal(outputs.bucketName, "media-assets");
  });

  it("answers its functions, and refuses bad arguments and unknown names", async () => {
    const plugin = await PluginProcess.for(emulator());
    const { answer: upload } = await plugin.invoke("getPreparedUpload", { bucketName: "media-assets" });
    assert.deepEqual(Object.keys(upload), [
      "bucketName",
      "endpoint",
      "endpointUrl",
      "physicalBucketName",
      "target",
    ]);
    const { answer: bucket } = await plugin.invoke("getBucket", { bucketName: "media-assets" });
    assert.deepEqual(bucket, {
      bucketName: "media-assets",
      bucketAcl: "private",
      logicalBucketType: "standard",
      lifecycleRules: [],
    });
    const names = async (args: object) => {
      const { answer } = await plugin.invoke("listBuckets", { ...args });
      return (answer.buckets as { bucketName: string }[]).map(({ bucketName }) => bucketName);
    };
    assert.deepEqual(await names({}), ["media-assets", "media-more"]);
    assert.deepEqual(await names({ prefix: "media-m" }), ["media-more"]);
    const { failures } = await plugin.invoke("getPreparedUpload", { bucketName: "A b", clientIp: "x" });
    assert.deepEqual(
      failures.map(({ property }) => property),
      ["bucketName", "clientIp"],
    );
    await assert.rejects(plugin.invoke("getBucket", { bucketName: "no-such" }), /NoSuchBucket/);
    await assert.rejects(plugin.invoke("getMoon", {}), /has no function alicloud-ens:index:getMoon/);
    assert.equal(plugin.stderr, "");
  });

  it("ends calls under way when the deployment is cancelled, and answers success", async () => {
    const plugin = await PluginProcess.start({
      config: { ...settingsFor(emulator()), endpoint: silent().url },
    });
    const urn = urnOf("PreparedUpload");
    const inputs = { bucketName: "media-assets" };
    const state = { ...inputs, physicalBucketName: "p-1", endpoint: "eos.aliyuncs.com" };
    const calls = Array.from({ length: 20 }, (_, n) => {
      if (n % 3 === 0) return plugin.read(urn, "media-assets", state, inputs);
      return n % 3 === 1 ? plugin.update(urn, state, inputs) : plugin.create(urn, inputs);
    });
    const ends = Promise.allSettled([...calls, plugin.invoke("getBucket", inputs)]);
    while (silent().waiting() < numberSettings.maxConcurrency.byDefault) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const began = Date.now();
    await plugin.cancel();
    for (const end of [...(await ends), ...(await Promise.allSettled([plugin.create(urn, inputs)]))]) {
      assert.equal(end.status, "rejected");
      assert.match(String(end.reason), /The deployment was cancelled before ENS had answered\. Nothing was/);
    }
    assert.ok(Date.now() - began < 3000, `${Date.now() - began} ms`);
    assert.equal(plugin.stderr, "");
  });

  it("ends the emptying of a bucket within a second, and the next delete goes on", async () => {
    const [bucketName, physicalBucketName] = ["media-full", "media-full-1"];
    emulator().addBucket({ name: bucketName, physicalBucketName });
    const content = new StorageContent(emulator(), physicalBucketName);
    await content.put(numberedKeys(1100));
    emulator().clearRequests();
    emulator().fail({ service: "oss", method: "POST", after: 1, kind: "hang" });
    const isAmid = () => emulator().requests.filter(({ action }) => action === "POST").length === 2;
    const remove = (plugin: PluginProcess) =>
      plugin.delete(urnOf("Bucket"), { bucketName, bucketAcl: "private", forceDestroy: true });

    const plugin = await PluginProcess.for(emulator());
    const end = failing(remove(plugin));
    while (!isAmid()) await new Promise((resolve) => setTimeout(resolve, 20));
    const began = Date.now();
    await plugin.cancel();
    assert.match(
      (await end).message,
      /cancelled while bucket "media-full" was being deleted\. What is deleted/,
    );
    assert.ok(Date.now() - began < 1000, `${Date.now() - began} ms`);
    assert.deepEqual(await content.keys(), numberedKeys(1100).slice(1000));

    await remove(await PluginProcess.for(emulator()));
    assert.equal(emulator().buckets.has(bucketName), false);
  });

  it("ends when the engine does, which holds the other end of its input", async () => {
    const main = join(checkout, "dist/provider/fronts/plugin/main.js");
    // A pipe of the shell stands for that of the engine: Node gives its children sockets.
    const shell = spawn("sh", ["-c", `cat | "${process.execPath}" "${main}"`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    await once(shell.stdout, "data");
    shell.stdin.end();
    const [code] = (await once(shell, "exit")) as [number];
    assert.equal(code, 1);
  });

  it("says what it is to who starts it by hand, and lives until Ctrl-C", async () => {
    const main = join(checkout, "dist/provider/fronts/plugin/main.js");
    const byHand = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "pipe"] });
    const [[port], [said]] = (await Promise.all([
      once(byHand.stdout, "data"),
      once(byHand.stderr, "data"),
    ])) as [[Buffer], [Buffer]];
    assert.match(port.toString(), /^\d+\n$/);
    assert.match(
      said.toString(),
      /^This is the plugin alicloud-ens .*\. The command for people is pulumi-alicloud-ens\.\n$/,
    );
    byHand.kill("SIGINT");
    assert.deepEqual(await once(byHand, "exit"), [null, "SIGINT"]);
  });

  it("loads nothing of the vendor's SDKs until a call needs it", async () => {
    const plugin = await PluginProcess.start({
      config: settingsFor(emulator()),
      env: { NODE_OPTIONS: `-r ${join(checkout, "tests/support/report-loads.cjs")}` },
    });
    await plugin.check(urnOf("PreparedUpload"), { bucketName: "media-assets" });
    assert.doesNotMatch(plugin.stderr, /@alicloud|ali-oss/);
  });
});
