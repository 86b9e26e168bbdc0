import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { nameOf, operationsIn } from "../support/operations";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const partner = { accessKeyId: "partner", accessKeySecret: "partner-secret", accountId: "2" };

/** A bucket with each option, by the option's name. */
const program = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");

const step = new pulumi.Config().get("step");
const second = step !== undefined;
const edited = { bucketAcl: second ? "public-read" : "private" };
const make = (name, args, opts) => new ens.Bucket(name, args, opts);
const provider = new ens.Provider("partner", { accessKey: "partner", secretKey: "partner-secret" });

make("none", edited, {});
make(second ? "aliases" : "old-name", {}, { aliases: [{ name: "old-name" }] });
make("customTimeouts", {}, { customTimeouts: { create: "1ms" } });
make("deleteBeforeReplace", { bucketName: second ? "second" : "first" }, { deleteBeforeReplace: true });
make("ignoreChanges", edited, { ignoreChanges: ["bucketAcl"] });
make("protect", edited, { protect: true });
make("provider", edited, { provider });
make("replaceOnChanges", edited, { replaceOnChanges: ["bucketAcl"] });
make("replacementTrigger", {}, { replacementTrigger: second, deleteBeforeReplace: true });
make(second ? "without alias" : "before", { bucketName: "adopted", adopt: true }, {});
if (!second) make("retainOnDelete", {}, { retainOnDelete: true });
make("both", { bucketName: "kept", bucketAcl: step === "third" ? "public-read" : "private" }, {
  retainOnDelete: true,
  replaceOnChanges: ["bucketAcl"],
});
if (!second) make("deletedWith", {}, { deletedWith: make("goes first", {}, {}) });

const found = ens.Bucket.get("found", "everybodys");
const partners = ens.Bucket.get("partners", "partners", { provider });
exports.acls = [found.bucketAcl, partners.bucketAcl];
exports.foundRules = found.lifecycleRules;
`;

describe("Pulumi's options for Bucket, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({
    accounts: [{ ...defaultAccount, accountId: "1" }, partner],
    buckets: [
      { name: "everybodys", bucketAcl: "public-read", accountId: "1" },
      { name: "partners", accountId: "2" },
    ],
  });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: options\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      // With the first, the CLI takes --event-log, as from the Automation API.
      env: { PULUMI_DEBUG_COMMANDS: "true", ...emulator().environment },
    });
    await project.up();
  });
  after(() => project?.remove());

  /** The name of a resource's bucket. */
  async function bucketNames(): Promise<ReadonlyMap<string, string>> {
    return new Map(
      (await project.uploads()).map(({ urn, outputs }) => [nameOf(urn), String(outputs?.bucketName)]),
    );
  }

  const aclOf = (bucketName = "") => emulator().buckets.get(bucketName)?.bucketAcl;

  it("do what the page says of them", async () => {
    const before = await bucketNames();
    await project.setConfig("step", "second");
    const result = await project.up("--event-log", "events.json");
    const { stdout } = result;
    const done = operationsIn(project);
    const now = await bucketNames();
    const deletedFirst = "delete-replaced, replace, create-replacement";

    const isReplacedInPlace = (option: string) => {
      assert.equal(done.get(option), deletedFirst, option);
      assert.equal(now.get(option), before.get(option));
      assert.ok(emulator().buckets.has(now.get(option) ?? ""));
    };

    assert.equal(done.get("none"), "update");
    assert.equal(aclOf(now.get("none")), "public-read");
    assert.deepEqual([done.get("without alias"), done.get("before")], ["create", "delete"]);
    assert.match(stdout, /bucket "adopted": another resource has just taken it over, so it is not deleted/);
    assert.ok(emulator().buckets.has("adopted"));

    const seen: Readonly<Record<string, () => void>> = {
      aliases() {
        assert.equal(done.get("aliases"), "same");
        assert.match(before.get("old-name") ?? "", /^old-name-[0-9a-f]{7}$/);
        assert.equal(now.get("aliases"), before.get("old-name"));
      },
      customTimeouts: () => assert.match(stdout, /warning: customTimeouts have no effect on this resource/),
      deletedWith() {
        assert.equal(now.has("deletedWith"), false);
        assert.ok(emulator().buckets.has(before.get("deletedWith") ?? ""));
        assert.equal(emulator().buckets.has(before.get("goes first") ?? ""), false);
      },
      deleteBeforeReplace() {
        assert.equal(done.get("deleteBeforeReplace"), deletedFirst);
        assert.deepEqual([emulator().buckets.has("first"), emulator().buckets.has("second")], [false, true]);
      },
      ignoreChanges() {
        assert.equal(done.get("ignoreChanges"), "same");
        assert.equal(aclOf(now.get("ignoreChanges")), "private");
      },
      protect: () => assert.equal(done.get("protect"), "update"),
      provider() {
        assert.equal(done.get("provider"), "update");
        assert.equal(emulator().buckets.get(now.get("provider") ?? "")?.accountId, "2");
        assert.equal(aclOf(now.get("provider")), "public-read");
      },
      replaceOnChanges() {
        isReplacedInPlace("replaceOnChanges");
        assert.equal(aclOf(now.get("replaceOnChanges")), "public-read");
      },
      replacementTrigger: () => isReplacedInPlace("replacementTrigger"),
      retainOnDelete() {
        assert.equal(now.has("retainOnDelete"), false);
        assert.ok(emulator().buckets.has(before.get("retainOnDelete") ?? ""));
      },
    };
    for (const look of Object.values(seen)) look();

    const [, ofBuckets = ""] = /^## Bucket\n(.*?)^## /ms.exec(readPage("docs/options.md")) ?? [];
    const rows = [...ofBuckets.matchAll(/^\| `(\w+)` \| (?:yes|no) \|/gm)].map(([, name]) => name);
    // What becomes of `import` has a test of its own.
    assert.deepEqual(rows.sort(), [...Object.keys(seen), "import"].sort());

    assert.deepEqual(await project.outputs(), { acls: ["public-read", "private"], foundRules: [] });

    const ignoring = now.get("ignoreChanges") ?? "";
    emulator().addBucket({ name: ignoring, bucketAcl: "public-read-write" });
    await project.refresh();

    // The stack and the Provider count, and look-ups do not.
    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), {
      unchanged: now.size,
    });

    assert.equal(aclOf(ignoring), "public-read-write", "what others changed is left alone");

    const { exitCode, stdout: refused } = await project.attempt(["destroy", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(refused, /::protect" cannot be deleted/);
  });

  it("retainOnDelete keeps the old bucket of a replacement too, so that a new one of its name cannot be made", async () => {
    await project.setConfig("step", "third");
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /already has a bucket "kept".*`adopt: true`/s);
    assert.equal(aclOf("kept"), "private");
  });
});
