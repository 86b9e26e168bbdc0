import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";
import { StorageContent } from "../support/storage-content";

/** An object and a folder with each option, by the option's name. */
const program = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");

const second = new pulumi.Config().get("step") === "second";
const content = second ? "second" : "first";
const bucketName = "media-assets";
const object = (name, key, opts) => new ens.BucketObject(name, { bucketName, key, content }, opts);
const folder = (name, prefix, opts, include) =>
  new ens.BucketFolder(name, { bucketName, path: "site", prefix: prefix + "/", include }, opts);
const provider = new ens.Provider("partner", { accessKey: "partner", secretKey: "partner-secret" });
const edited = [second ? "a.txt" : "b.txt"];

folder(second ? "aliases" : "old-name", "aliases", { aliases: [{ name: "old-name" }] });
folder(second ? "without alias" : "before", "without", {});
object("ignoreChanges", "ignored", { ignoreChanges: ["content"] });
folder("ignored files", "ignored", { ignoreChanges: ["files", "include"] }, edited);
object("protect", "protect", { protect: true });
object("provider", "provider", second ? { provider, ignoreChanges: ["content"] } : {});
object("replaceOnChanges", "replaceOnChanges", { replaceOnChanges: ["content"] });
if (!second) folder("retainOnDelete", "retain", { retainOnDelete: true });
`;

describe("Pulumi's options for BucketFolder and BucketObject, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({
    accounts: [defaultAccount, { accessKeyId: "partner", accessKeySecret: "partner-secret" }],
    buckets: ["media-assets"],
  });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: options\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
        "site/a.txt": "a",
        "site/b.txt": "b",
      },
      env: emulator().environment,
    });
    await project.up();
  });
  after(() => project?.remove());

  /** What was written to the storage, in order: `PUT protect`. */
  function written(): string[] {
    return emulator().requests.flatMap(({ service, action, key = "" }) =>
      service === "oss" && /^(PUT|POST|DELETE)$/.test(action) ? [`${action} ${key}`] : [],
    );
  }

  it("do what the page says of them", async () => {
    emulator().clearRequests();
    await project.setConfig("step", "second");
    await project.up();
    const done = written();
    const of = (name: string) => done.filter((one) => one.includes(name)).sort();
    const { physicalBucketName = "" } = emulator().buckets.get("media-assets") ?? {};
    const there = await new StorageContent(emulator(), physicalBucketName).keys();

    const seen: Readonly<Record<string, () => void>> = {
      aliases() {
        assert.deepEqual(of("aliases/"), []);
        assert.deepEqual(of("without/"), ["PUT without/a.txt", "PUT without/b.txt"]);
        assert.ok(there.includes("without/a.txt") && there.includes("aliases/a.txt"));
      },
      ignoreChanges() {
        assert.deepEqual(of("ignored"), []);
        assert.ok(there.includes("ignored/b.txt") && !there.includes("ignored/a.txt"));
      },
      protect: () => assert.deepEqual(of("protect"), ["PUT protect"]),
      provider: () => assert.deepEqual(of("provider"), []),
      replaceOnChanges: () => assert.deepEqual(of("replaceOnChanges"), ["PUT replaceOnChanges"]),
      retainOnDelete() {
        assert.deepEqual(of("retain/"), []);
        assert.ok(there.includes("retain/a.txt"));
      },
    };
    for (const look of Object.values(seen)) look();
    // One for many objects has no key: no folder has deleted anything.
    assert.deepEqual(of("POST"), []);

    const [, ofFiles = ""] = readPage("docs/options.md").split("\n## BucketFolder and BucketObject\n");
    const rows = [...ofFiles.matchAll(/^\| `(\w+)` \| (?:yes|no) \|/gm)].map(([, name]) => name);
    // What becomes of `import` is tested for all resources.
    assert.deepEqual(rows.sort(), [...Object.keys(seen), "import"].sort());

    const { exitCode, stdout } = await project.attempt(["destroy", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /::protect" cannot be deleted/);
  });
});
