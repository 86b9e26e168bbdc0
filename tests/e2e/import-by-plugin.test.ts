import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Rpc from "@alicloud/pop-core";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { useLanguage } from "../support/language-project";
import { counts, type PulumiProject } from "../support/pulumi-project";
import { StorageContent } from "../support/storage-content";

describe("pulumi import by the plugin, by the real CLI", function () {
  this.timeout(120_000);
  const yaml = useLanguage("yaml");
  const emulator = useEmulator({
    buckets: [
      {
        name: "media-assets",
        physicalBucketName: "media-physical",
        bucketAcl: "public-read",
        comment: 'of the "media" team',
      },
      { name: "sink-assets", logicalBucketType: "sink", ensRegionId: "cn-beijing-cmcc" },
    ],
  });
  let project: PulumiProject;
  let restore: () => void;

  before(async () => {
    const client = new Rpc({ ...defaultAccount, endpoint: emulator().url, apiVersion: "2017-11-10" });
    const rule = { BucketName: "media-assets", Prefix: "tmp/", ExpirationDays: 7, Status: "Enabled" };
    await client.request("PutBucketLifecycle", rule);
    project = await yaml().project("importing", "resources: {}\n", {
      files: { "logo.svg": "<svg/>", "site/index.html": "text", "site/a.css": "text" },
      env: emulator().environment,
    });
    restore = project.keep();
  });
  beforeEach(() => restore());
  after(() => project?.remove());

  const content = () => new StorageContent(emulator(), "media-physical");
  const importing = (resources: readonly (readonly [type: string, name: string, id: string])[]) => {
    const entries = resources.map(([type, name, id]) => ({ type: `alicloud-ens:index:${type}`, name, id }));
    project.write("import.json", JSON.stringify({ resources: entries }));
    return project.attempt([
      "import",
      "--file",
      "import.json",
      "--out",
      "code.yaml",
      "--yes",
      "--skip-preview",
    ]);
  };

  it("takes over every resource, and the code that it prints is a program without changes", async () => {
    await content().put(["logo.svg"], "<svg/>");
    await content().put(["site/index.html", "site/a.css"], "text");
    const imported = await importing([
      ["Bucket", "media", "media-assets"],
      ["Bucket", "sink", "sink-assets"],
      ["PreparedUpload", "upload", "media-assets"],
      ["PreparedUploads", "uploads", "media-assets?kitchen=203.0.113.7&hall=203.0.113.8"],
      ["BucketObject", "logo", "media-assets/logo.svg?source=logo.svg"],
      ["BucketFolder", "site", "media-assets/site/?path=site"],
    ]);
    assert.equal(imported.exitCode, 0, imported.stdout + imported.stderr);
    assert.match(imported.stdout, /= 6 imported/);
    const head = readFileSync(join(project.folder, "Pulumi.yaml"), "utf8").replace("resources: {}\n", "");
    const code = readFileSync(join(project.folder, "code.yaml"), "utf8");
    project.write("Pulumi.yaml", head + code);
    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), { unchanged: 7 });
    const [media] = (await project.resources()).filter(({ urn }) => urn.endsWith("::media"));
    assert.deepEqual(media?.inputs, {
      bucketName: "media-assets",
      bucketAcl: "public-read",
      logicalBucketType: "standard",
      comment: 'of the "media" team',
      lifecycleRules: [{ prefix: "tmp/", expirationDays: 7, status: "Enabled" }],
      forceDestroy: false,
      adopt: false,
    });
  });

  it("says how an id is written that does not hold enough, and takes nothing over", async () => {
    const { exitCode, stdout } = await importing([["BucketObject", "logo", "media-assets/logo.svg"]]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /cannot be looked up by the id "media-assets\/logo\.svg".*source/s);
    assert.match(stdout, /The id is written like `media-assets\/logo\.png\?source=logo\.png`/);
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.ok(!(await project.resources()).some(({ type }) => type.startsWith("alicloud-ens:")));
  });
});
