import assert from "node:assert/strict";
import Rpc from "@alicloud/pop-core";
import { defaultAccount } from "../../../emulator";
import { resources } from "../../../provider/resources/registry";
import { useEmulator } from "../../support/emulator";
import { Folder } from "../../support/folder";
import { PluginProcess, stopPlugins, unknown, urnOf } from "../../support/plugin-process";
import { type ClassName, type Scenario, scenarios } from "../../support/plugin-scenarios";

describe("the plugin", () => {
  const emulator = useEmulator({ buckets: ["media-assets", "another-bucket"] });
  stopPlugins();
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  const begin = async (className: ClassName) => {
    const plugin = await PluginProcess.for(emulator());
    const scenario: Scenario = scenarios(folder)[className];
    const urn = urnOf(className);
    const checked = async (news: Scenario["inputs"], olds = {}) => {
      const { inputs, failures } = await plugin.check(urn, news, olds);
      assert.deepEqual(failures, []);
      return inputs;
    };
    return { plugin, scenario, urn, checked };
  };

  for (const { className } of Object.values(resources)) {
    it(`makes, edits, refreshes and deletes a ${className}`, async () => {
      const { plugin, scenario, urn, checked } = await begin(className as ClassName);
      const inputs = await checked(scenario.inputs);
      const { id, outputs } = await plugin.create(urn, inputs);
      assert.notEqual(id, "");
      const unchanged = await plugin.diff(urn, outputs, inputs, inputs);
      assert.deepEqual([unchanged.changes, unchanged.details], [false, {}]);

      const edited = await checked(scenario.edited, inputs);
      const { changes, replaces, details } = await plugin.diff(urn, outputs, inputs, edited);
      assert.deepEqual({ changes, replaces }, { changes: true, replaces: [] });
      assert.ok(Object.keys(details).includes(scenario.place), JSON.stringify(details));
      const updated = await plugin.update(urn, outputs, edited);
      const lost = Object.keys(outputs).filter((name) => !Object.hasOwn(updated, name));
      assert.deepEqual(lost, []);

      const read = await plugin.read(urn, id, updated, edited);
      assert.deepEqual({ id: read.id, outputs: read.outputs }, { id, outputs: updated });
      assert.deepEqual(read.inputs, edited);
      assert.equal((await plugin.diff(urn, read.outputs, edited, edited)).changes, false);

      const other = await plugin.diff(urn, updated, edited, await checked(scenario.replaced));
      assert.equal(other.replaces.length, 1);
      assert.match(other.details[other.replaces[0] ?? ""] ?? "", /-replace of inputs$/);

      await plugin.delete(urn, updated);
      assert.equal(plugin.stderr, "");
    });

    it(`does not know in a preview what only ENS tells of a ${className}, and asks nobody`, async () => {
      const { plugin, scenario, urn, checked } = await begin(className as ClassName);
      const inputs = await checked(scenario.inputs);
      emulator().clearRequests();
      const { id, outputs } = await plugin.create(urn, inputs, true);
      assert.equal(id, "");
      const names = Object.keys(outputs).filter((name) => outputs[name] === unknown);
      const always = resources[className as ClassName].lifecycle().outputs;
      assert.deepEqual(names.sort(), scenario.unknown);
      for (const name of [...Object.keys(inputs), ...always]) assert.ok(Object.hasOwn(outputs, name), name);
      assert.deepEqual(emulator().requests, []);
    });

    it(`takes values of a ${className} that a preview does not know`, async () => {
      const { plugin, scenario, urn } = await begin(className as ClassName);
      const values = Object.keys(scenario.inputs).map((name) => [name, unknown]);
      const { inputs, failures } = await plugin.check(urn, Object.fromEntries(values));
      assert.deepEqual(failures, []);
      for (const name of Object.keys(scenario.inputs)) assert.equal(inputs[name], unknown);
    });

    it(`refuses bad inputs of a ${className} by property`, async () => {
      const { plugin, urn } = await begin(className as ClassName);
      const { failures } = await plugin.check(urn, { bucketName: "Not A Name" });
      const found = failures.find(({ property }) => property === "bucketName");
      assert.match(found?.reason ?? "", /got "Not A Name"/);
    });
  }

  it("knows the old node of a bucket in the preview of an edit", async () => {
    const { plugin, urn, checked } = await begin("Bucket");
    const inputs = await checked({});
    const olds = { ...inputs, ensRegionId: "cn-beijing-15" };
    const preview = await plugin.update(urn, olds, { ...inputs, comment: "new" }, { preview: true });
    assert.deepEqual(preview, { ...inputs, comment: "new", ensRegionId: "cn-beijing-15" });
  });

  for (const className of ["Bucket", "PreparedUpload"] as const) {
    it(`looks a ${className} up by its id, with the inputs that an import writes down`, async () => {
      const { plugin, urn } = await begin(className);
      const { id, inputs, outputs } = await plugin.read(urn, "media-assets");
      assert.equal(id, "media-assets");
      const { failures } = await plugin.check(urn, inputs);
      assert.deepEqual(failures, []);
      assert.equal((await plugin.diff(urn, outputs, inputs, inputs)).changes, false);
    });
  }

  const imports: readonly [ClassName, id: string, importId: string][] = [
    ["BucketFolder", "media-assets/site/", "media-assets/site/?path=FOLDER/site"],
    ["BucketObject", "media-assets/what?/logo.txt", "media-assets/what?/logo.txt?source=FOLDER/logo.txt"],
    ["PreparedUploads", "media-assets", "media-assets?berlin=203.0.113.7&oslo=2001:db8::1"],
  ];
  for (const [className, id, importId] of imports) {
    it(`imports ${className} by an id that says what no service knows`, async () => {
      const { plugin, urn, checked } = await begin(className);
      const bucketName = "media-assets";
      const all = {
        BucketFolder: { bucketName, prefix: "site/", path: `${folder.path}/site` },
        BucketObject: {
          ...{ bucketName, key: "what?/logo.txt", content: "logo", contentType: "text/plain" },
          ...{ cacheControl: "no-cache", metadata: { by: "me" } },
        },
        PreparedUploads: { bucketName, clientIps: { berlin: "203.0.113.7", oslo: "2001:db8::1" } },
      };
      const inputs = await checked(all[className as keyof typeof all]);
      const made = await plugin.create(urn, inputs);
      const told = plugin.lines.length;
      const found = await plugin.read(urn, importId.replace("FOLDER", folder.path));
      assert.equal(found.id, id);
      assert.deepEqual(plugin.lines.slice(told), [], "nothing of what an update would put");
      // The code that `pulumi import` prints has these.
      const { source, ...printed } = await checked(found.inputs);
      const { content: _, ...expected } = inputs;
      assert.deepEqual(printed, expected);
      const { content: __, typeFromKey: ___, ...outputs } = made.outputs;
      const { sourceHash, ...there } = found.outputs;
      assert.deepEqual(there, outputs);
      const hashed = source === undefined ? {} : { source: { ...(source as object), hash: sourceHash } };
      const news = { ...printed, ...hashed };
      assert.equal((await plugin.diff(urn, found.outputs, found.inputs, news)).changes, false);
    });
  }

  it("leaves the rules of a bucket out of an import where a program cannot say one of them", async () => {
    const { plugin, urn, checked } = await begin("Bucket");
    await plugin.create(urn, await checked({ bucketName: "dated-assets" }));
    const client = new Rpc({ ...defaultAccount, endpoint: emulator().url, apiVersion: "2017-11-10" });
    const rule = {
      BucketName: "dated-assets",
      CreatedBeforeDate: "2024-01-01T00:00:00.000Z",
      Status: "Enabled",
    };
    await client.request("PutBucketLifecycle", rule);
    const { inputs, outputs } = await plugin.read(urn, "dated-assets");
    assert.equal(Object.hasOwn(inputs, "lifecycleRules"), false, "so they stay as they are");
    assert.equal((outputs.lifecycleRules as readonly object[]).length, 1);
    assert.deepEqual((await plugin.check(urn, inputs)).failures, []);
  });

  it("says how the id of an import is written, and what is wrong with this one", async () => {
    const { plugin, urn } = await begin("BucketFolder");
    await assert.rejects(
      plugin.read(urn, "media-assets/site/"),
      /BucketFolder cannot be looked up by the id "media-assets\/site\/"\.\npath: expected .*\nThe id is written like `media-assets\/site\/\?path=dist`\./s,
    );
    const nobody = plugin.read(
      urnOf("BucketObject"),
      `media-assets/none.txt?source=${folder.write("none.txt")}`,
    );
    await assert.rejects(nobody, /There is no object "none\.txt" of bucket "media-assets"/);
  });

  it("puts an imported object at the next update where it is another content", async () => {
    const { plugin, urn, checked } = await begin("BucketObject");
    const object = { bucketName: "media-assets", key: "changed.txt", content: "old" };
    await plugin.create(urn, await checked(object));
    const found = await plugin.read(urn, `media-assets/changed.txt?source=${folder.write("new.txt")}`);
    const { details } = await plugin.diff(urn, found.outputs, found.inputs, found.inputs);
    assert.deepEqual(Object.keys(details).sort(), ["etag", "source"]);
  });

  it("leaves to others what ignoreChanges names, also what a refresh found", async () => {
    const { plugin, urn, checked } = await begin("Bucket");
    const bucketName = "media-theirs";
    const inputs = await checked({ bucketName, comment: "ours" });
    const { id, outputs } = await plugin.create(urn, inputs);
    emulator().addBucket({ name: bucketName, comment: "theirs" });
    const found = await plugin.read(urn, id, outputs, inputs);
    assert.equal((await plugin.diff(urn, found.outputs, inputs, inputs)).changes, true, "it is shown once");
    const ignoreChanges = ["comment"];
    assert.equal((await plugin.diff(urn, found.outputs, inputs, inputs, ignoreChanges)).changes, false);
    const edited = { ...inputs, bucketAcl: "public-read" };
    const updated = await plugin.update(urn, found.outputs, edited, { ignoreChanges });
    assert.deepEqual([updated.bucketAcl, updated.comment], ["public-read", "theirs"]);
    assert.equal(emulator().buckets.get(bucketName)?.comment, "theirs");
  });

  it("says that a resource is gone where ENS says so", async () => {
    const { plugin, urn, checked } = await begin("Bucket");
    const inputs = await checked({ bucketName: "soon-gone" });
    const { id, outputs } = await plugin.create(urn, inputs);
    emulator().removeBucket("soon-gone");
    assert.equal((await plugin.read(urn, id, outputs, inputs)).id, "");
  });

  it("tells a list in place of a map as what it is, with what to write", async () => {
    const { plugin, urn } = await begin("PreparedUploads");
    const { failures } = await plugin.check(urn, { bucketName: "media-assets", clientIps: ["203.0.113.7"] });
    assert.deepEqual(failures, [
      {
        property: "clientIps",
        reason:
          'expected a map of sites with their addresses, such as { berlin: "203.0.113.7" }, ' +
          'got a list: ["203.0.113.7"].\nDocs: pulumi-alicloud-ens/docs/errors.md#inputs',
      },
    ]);
  });

  it("names the bucket that was probably meant where there is none of the name", async () => {
    const { plugin, urn } = await begin("PreparedUpload");
    const inputs = { bucketName: "media-asets" };
    emulator().clearRequests();
    const hint = /has no EOS bucket [^.]*\.\s+Did you mean media-assets\?/;
    await assert.rejects(plugin.create(urn, inputs), hint);
    for (const name of ["getPreparedUpload", "getBucket"])
      await assert.rejects(plugin.invoke(name, inputs), hint);
    const listed = emulator().requests.filter(({ action }) => action === "ListBuckets");
    assert.equal(listed.length, 1);
  });

  it("shows once what a refresh found moved, and by the name of the output", async () => {
    const { plugin, urn, checked } = await begin("PreparedUpload");
    const inputs = await checked({ bucketName: "media-assets" });
    const { id, outputs } = await plugin.create(urn, inputs);
    const moved = emulator().move("media-assets").physicalBucketName;
    const read = await plugin.read(urn, id, outputs, inputs);
    const place = (name: unknown) => `${name}@${outputs.endpoint}`;
    assert.deepEqual(plugin.lines, [
      {
        severity: "info",
        message: `media-assets: moved from ${place(outputs.physicalBucketName)} to ${place(moved)}`,
        urn,
      },
    ]);
    const shown = await plugin.diff(urn, read.outputs, inputs, inputs);
    assert.deepEqual(shown.details, { physicalBucketName: "update" });
    assert.equal((await plugin.diff(urn, read.outputs, inputs, inputs)).changes, false);
    assert.deepEqual(read.outputs.target, {
      bucketName: "media-assets",
      physicalBucketName: read.outputs.physicalBucketName,
      endpoint: read.outputs.endpoint,
      endpointUrl: read.outputs.endpointUrl,
    });
  });

  it("says of a refresh that fails with which settings it asks", async () => {
    const { plugin, urn, checked } = await begin("PreparedUpload");
    const inputs = await checked({ bucketName: "media-assets" });
    const { id, outputs } = await plugin.create(urn, inputs);
    emulator().fail({ kind: "error", code: "NoPermission", times: 9 });
    await assert.rejects(
      plugin.read(urn, id, outputs, inputs),
      /NoPermission.*Settings changed\? First `pulumi up --refresh=false`\./s,
    );
    emulator().clearFaults();
  });

  it("warns at the resource, and once although check runs twice", async () => {
    const { plugin, urn, checked } = await begin("PreparedUpload");
    await checked({ bucketName: "media-assets", clientIp: "10.0.0.1" });
    await checked({ bucketName: "media-assets", clientIp: "10.0.0.1" });
    assert.equal(plugin.lines.length, 1);
    assert.deepEqual(plugin.lines[0]?.severity, "warning");
    assert.equal(plugin.lines[0]?.urn, urn);
    assert.match(plugin.lines[0]?.message ?? "", /^clientIp 10\.0\.0\.1 is not a public address/);
  });

  it("refuses two resources that put the same object, and names the other one", async () => {
    const { plugin, urn } = await begin("BucketObject");
    const object = { bucketName: "media-assets", key: "a.txt", content: "a" };
    assert.deepEqual((await plugin.check(urn, object)).failures, []);
    assert.deepEqual((await plugin.check(urn, object)).failures, []);
    const { failures } = await plugin.check(urnOf("BucketObject", "other"), object);
    assert.match(failures[0]?.reason ?? "", /^BucketObject "media" puts "a\.txt" too/);
  });

  it("has no resource that the registry does not have", async () => {
    const { plugin } = await begin("Bucket");
    await assert.rejects(
      plugin.check(urnOf("Bukket"), {}),
      /alicloud-ens has no resource alicloud-ens:index:Bukket/,
    );
  });
});
