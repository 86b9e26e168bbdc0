import assert from "node:assert/strict";
import { useEmulator } from "../../support/emulator";
import { Folder } from "../../support/folder";
import {
  keptBy,
  PluginProcess,
  type Properties,
  secret,
  settingsFor,
  stopPlugins,
  urnOf,
} from "../../support/plugin-process";
import { type ClassName, scenarios } from "../../support/plugin-scenarios";

const berlin = "203.0.113.77";

/** Secret inputs of each resource, and the outputs that tell of them. */
const cases: Readonly<Record<ClassName, { readonly secrets: Properties; readonly told: readonly string[] }>> =
  {
    Bucket: {
      secrets: { bucketName: "secret-bucket", comment: "secret-comment" },
      told: ["bucketName", "comment"],
    },
    BucketFolder: { secrets: { prefix: "secret-prefix/" }, told: ["prefix"] },
    BucketObject: {
      secrets: { content: "secret-content", key: "secret-key.txt" },
      told: ["content", "etag", "key", "size"],
    },
    PreparedUpload: {
      secrets: { bucketName: "secret-upload", clientIp: berlin },
      told: ["bucketName", "clientIp", "endpointUrl", "physicalBucketName", "target"].filter(
        (name) => name !== "endpointUrl",
      ),
    },
    PreparedUploads: {
      secrets: { bucketName: "secret-upload", clientIps: { berlin } },
      told: ["bucketName", "clientIps", "places", "targets"],
    },
  };

const isMarked = (value: unknown) => JSON.stringify(value).startsWith(JSON.stringify(secret(0)).slice(0, 60));

describe("secrets, in the plugin", () => {
  const emulator = useEmulator({ buckets: ["media-assets", "secret-upload"] });
  stopPlugins();
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  for (const [className, { secrets, told }] of Object.entries(cases)) {
    it(`of a ${className} are marked in all that it gives, and in no id, line or error`, async () => {
      const plugin = await PluginProcess.for(emulator());
      const urn = urnOf(className);
      const { source: _, ...others } = scenarios(folder)[className as ClassName].inputs as Properties;
      const marked = Object.fromEntries(
        Object.entries(secrets).map(([name, value]) => [name, secret(value)]),
      );
      const given = { ...others, ...marked };
      const markedIn = (outputs: Properties) =>
        Object.keys(outputs).filter((name) => isMarked(outputs[name]));

      const { inputs, failures } = await plugin.check(urn, given);
      assert.deepEqual(failures, []);
      assert.deepEqual(markedIn(inputs), Object.keys(secrets).sort());
      const preview = await plugin.create(urn, inputs, true);
      assert.deepEqual(markedIn(preview.outputs), told);
      const { id, outputs } = await plugin.create(urn, inputs);
      assert.deepEqual(markedIn(outputs), told);
      assert.deepEqual(markedIn(await plugin.update(urn, outputs, inputs)), told);
      const read = await plugin.read(urn, id, outputs, inputs);
      assert.deepEqual(markedIn(read.outputs), told);
      assert.deepEqual(read.inputs, inputs);
      assert.equal((await plugin.diff(urn, outputs, inputs, inputs)).changes, false);
      await plugin.delete(urn, outputs);

      for (const text of [id, plugin.stderr, ...plugin.lines.map(({ message }) => message)]) {
        assert.doesNotMatch(text, /secret-(bucket|comment|prefix|content|key|upload)|203\.0\.113\.77/);
      }
    });
  }

  it("are not in the line of a move, neither a bucket's name nor a place that state keeps secret", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUpload");
    const moved = (name: string) =>
      plugin.lines.filter(({ message }) => message === `${name}: moved to another place`);
    const ofSecret = { bucketName: secret("secret-upload") };
    const { id, outputs } = await plugin.create(urn, ofSecret);
    emulator().move("secret-upload");
    await plugin.read(urn, id, outputs, ofSecret);
    assert.equal(moved("[secret]").length, 1);

    const inputs = { bucketName: "media-assets" };
    const made = await plugin.create(urn, inputs);
    const marked = { ...made.outputs, physicalBucketName: secret(made.outputs.physicalBucketName) };
    emulator().move("media-assets");
    await plugin.read(urn, made.id, marked, inputs);
    emulator().move("media-assets");
    await plugin.update(urn, marked, { ...inputs, triggers: ["again"] });
    assert.equal(moved("media-assets").length, 2);
  });

  it("that are one member only are marked there", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUploads");
    const clientIps = { berlin: secret(berlin), paris: "203.0.113.78" };
    const { inputs } = await plugin.check(urn, { bucketName: "media-assets", clientIps });
    assert.deepEqual(inputs.clientIps, clientIps);
    const { id, outputs } = await plugin.create(urn, inputs);
    assert.deepEqual(outputs.clientIps, clientIps);
    const read = await plugin.read(urn, id, outputs, inputs);
    assert.deepEqual(read.outputs.clientIps, clientIps);
  });

  it("stay marked in what a partial failure keeps, and out of its reasons", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUploads");
    const inputs = {
      bucketName: "media-assets",
      clientIps: secret({ berlin, paris: "203.0.113.78" }),
      triggers: secret(["secret-trigger"]),
    };
    emulator().fail({ kind: "error", code: "InvalidClientIp" });
    const kept = await keptBy(plugin.create(urn, inputs));
    assert.equal(kept?.id, "media-assets");
    const marked = Object.keys(kept?.properties ?? {}).filter((name) => isMarked(kept?.properties[name]));
    assert.deepEqual(marked, ["clientIps", "places", "targets", "triggers"]);
    assert.equal(kept?.reasons.length, 1);
    assert.doesNotMatch(kept?.reasons.join() ?? "", /berlin|203\.0\.113|secret-trigger/);
    const again = await plugin.update(urn, kept?.properties ?? {}, inputs);
    assert.deepEqual(
      Object.keys(again).filter((name) => isMarked(again[name])),
      marked,
    );
  });

  it("are not in failures, which name no property, and not in warnings", async () => {
    const plugin = await PluginProcess.for(emulator());
    const { failures } = await plugin.check(urnOf("BucketObject"), {
      bucketName: secret("Secret Bucket"),
      key: "a",
      content: "a",
    });
    assert.equal(failures.length, 1);
    assert.equal(failures[0]?.property, "");
    assert.match(failures[0]?.reason ?? "", /^bucketName: expected .*got \[secret\]/);
    await plugin.check(urnOf("PreparedUpload"), { bucketName: "media-assets", clientIp: secret("10.1.2.3") });
    assert.match(plugin.lines[0]?.message ?? "", /^clientIp \[secret\] is not a public address/);
  });

  it("are not in the error of a call", async () => {
    const plugin = await PluginProcess.for(emulator());
    const create = plugin.create(urnOf("PreparedUpload"), { bucketName: secret("no-such-secret") });
    await assert.rejects(create, (error: Error) => {
      assert.match(error.message, /NoSuchBucket/);
      assert.doesNotMatch(error.message, /no-such-secret/);
      return true;
    });
  });

  it("that an edit makes need an update, which marks the outputs", async () => {
    const plugin = await PluginProcess.for(emulator());
    const urn = urnOf("PreparedUpload");
    const olds = { bucketName: "media-assets", clientIp: berlin };
    const news = { bucketName: "media-assets", clientIp: secret(berlin) };
    const { outputs } = await plugin.create(urn, olds);
    const { details } = await plugin.diff(urn, outputs, olds, news);
    assert.deepEqual(details, { clientIp: "update" });
    assert.ok(isMarked((await plugin.update(urn, outputs, news)).clientIp));
  });

  it("mark the answer of a function that is asked with one", async () => {
    const plugin = await PluginProcess.for(emulator());
    const { answer } = await plugin.invoke("getPreparedUpload", { bucketName: secret("media-assets") });
    assert.ok(Object.values(answer).every(isMarked), JSON.stringify(answer));
    const open = await plugin.invoke("getPreparedUpload", { bucketName: "media-assets" });
    assert.ok(!Object.values(open.answer).some(isMarked));
    const { failures } = await plugin.invoke("getBucket", { bucketName: secret("Secret Bucket") });
    assert.deepEqual(
      failures.map(({ property }) => property),
      [""],
    );
    assert.doesNotMatch(JSON.stringify(failures), /Secret Bucket/);
  });

  it("of a provider are marked though the program does not mark them, and are in no message", async () => {
    const plugin = await PluginProcess.launch();
    const role = {
      roleArn: "acs:ram::1:role/a",
      oidcProviderArn: "acs:ram::1:oidc-provider/a",
      oidcToken: "tok-1",
    };
    const news = { ...settingsFor(emulator()), securityToken: "secret-token", assumeRoleWithOidc: role };
    const { inputs, failures } = await plugin.checkConfig(news, "own");
    assert.deepEqual(failures, []);
    const marked = Object.keys(inputs).filter((name) => isMarked(inputs[name]));
    assert.deepEqual(marked, ["assumeRoleWithOidc", "secretKey", "securityToken"]);
    const bad = await plugin.checkConfig({ ...news, secretKey: "secret key with a space" }, "own");
    assert.equal(bad.failures[0]?.property, "");
    assert.match(bad.failures[0]?.reason ?? "", /^secretKey of the provider "own": expected letters/);
    assert.doesNotMatch(JSON.stringify(bad.failures), /secret key with a space/);
    assert.equal(plugin.stderr, "");
  });
});
