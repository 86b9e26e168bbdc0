import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { useEmulator } from "../support/emulator";
import { nameOf, operationsIn } from "../support/operations";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

/** A resource with each option, by the option's name, and others for comparison. */
const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const second = new pulumi.Config().get("step") === "second";
const stays = { bucketName: "media-assets" };
const edited = { ...stays, clientIp: second ? "203.0.113.8" : "203.0.113.7" };
const replaced = { bucketName: second ? "other-assets" : "media-assets" };
const addsClientIp = ({ props, opts }) => ({ props: { ...props, clientIp: edited.clientIp }, opts });

const other = new ens.PreparedUpload("other", replaced);
const provider = new ens.Provider("asia");
const make = (name, args, opts) => new ens.PreparedUpload(name, args, opts);

make("none", edited, {});
export const secret = make("additionalSecretOutputs", stays, { additionalSecretOutputs: ["physicalBucketName"] }).target;
export const made = make("made", stays, { additionalSecretOutputs: ["target"] }).target;
make(second ? "aliases" : "old-name", stays, { aliases: [{ name: "old-name" }] });
make("customTimeouts", edited, { customTimeouts: { create: "1ms", update: "1ms", delete: "1ms" } });
make("deletedWith", stays, { deletedWith: other });
make("deleteBeforeReplace", replaced, { deleteBeforeReplace: true });
make("dependsOn", stays, { dependsOn: other });
make("hideDiffs", edited, { hideDiffs: ["clientIp"] });
make("ignoreChanges", edited, { ignoreChanges: ["clientIp"] });
make("parent", stays, { parent: other });
make("protect", stays, { protect: true });
make("provider", stays, { provider });
make("replaceOnChanges", edited, { replaceOnChanges: ["clientIp"] });
make("replaceWith", stays, { replaceWith: [other] });
make("replacementTrigger", stays, { replacementTrigger: second });
if (!second) make("retainOnDelete", stays, { retainOnDelete: true });
make("transformations", stays, { transformations: [addsClientIp] });
make("transforms", stays, { transforms: [addsClientIp] });
`;

/**
 * For the options that the program above cannot have: the language host of the CLI may be too old for hooks, and a version
 * would bring all resources another provider process. An inline program needs no language host.
 */
const inline = `
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const ens = require("pulumi-alicloud-ens");

const told = [];
async function program() {
  const hook = new pulumi.ResourceHook("tell", async ({ newOutputs }) => void told.push(...Object.keys(newOutputs)));
  const make = (name, options) => new ens.PreparedUpload(name, { bucketName: "media-assets" }, options).target;
  return {
    hooks: make("hooks", { hooks: { afterCreate: [hook] } }),
    pluginDownloadURL: make("pluginDownloadURL", { pluginDownloadURL: "http://127.0.0.1:9/plugins" }),
    version: make("version", { version: "9.9.9" }),
  };
}

async function main() {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", projectName: "inline", program });
  const { outputs } = await stack.up();
  console.log(JSON.stringify({ outputs, told }));
}

main();
`;

describe("Pulumi's options, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets", "other-assets"] });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: options\nruntime: nodejs\n", "index.ts": program, "inline.cjs": inline },
      // With the first, the CLI takes --event-log, as from the Automation API.
      env: { PULUMI_DEBUG_COMMANDS: "true", ...emulator().environment },
    });
    await project.up();
  });
  after(() => project?.remove());

  it("do what the page says of them", async () => {
    const [{ outputs: old } = {}] = (await project.uploads()).filter(({ urn }) => nameOf(urn) === "old-name");
    await project.setConfig("step", "second");
    const { stdout } = await project.up("--diff", "--event-log", "events.json");
    const done = operationsIn(project);
    const state = new Map((await project.uploads()).map((one) => [nameOf(one.urn), one]));
    const outputs = await project.outputs<Record<string, unknown>>();
    const inlineRun = await promisify(execFile)(process.execPath, ["inline.cjs"], {
      cwd: project.folder,
      env: project.env,
    });
    const ofInline = JSON.parse(inlineRun.stdout);
    const anywhere = { physicalBucketName: emulator().buckets.get("media-assets")?.physicalBucketName };

    const replaced = "create-replacement, replace, delete-replaced";
    assert.deepEqual([done.get("none"), done.get("other")], ["update", replaced]);
    const wasAsked = (name: string) => {
      assert.equal(ofInline.outputs[name].value.physicalBucketName, anywhere.physicalBucketName);
    };
    const seen: Readonly<Record<string, () => void>> = {
      additionalSecretOutputs() {
        assert.deepEqual([outputs.secret, outputs.made], ["[secret]", "[secret]"]);
        assert.doesNotMatch(
          JSON.stringify(state.get("made")?.outputs),
          new RegExp(anywhere.physicalBucketName ?? ""),
        );
      },
      aliases() {
        assert.equal(done.get("aliases"), "same");
        assert.deepEqual(state.get("aliases")?.outputs, old);
      },
      customTimeouts: () => assert.equal(done.get("customTimeouts"), "update"),
      deletedWith: () => assert.equal(done.get("deletedWith"), "same"),
      deleteBeforeReplace() {
        assert.equal(done.get("deleteBeforeReplace"), "delete-replaced, replace, create-replacement");
      },
      dependsOn: () => assert.deepEqual(state.get("dependsOn")?.dependencies?.map(nameOf), ["other"]),
      hideDiffs: () => assert.match(stdout, /::hideDiffs\]\n +~ clientIp \(hidden\)/),
      hooks() {
        wasAsked("hooks");
        assert.ok(ofInline.told.includes("physicalBucketName"), inlineRun.stdout);
      },
      ignoreChanges() {
        assert.equal(done.get("ignoreChanges"), "same");
        assert.equal(state.get("ignoreChanges")?.inputs?.clientIp, "203.0.113.7");
      },
      parent: () => assert.match(state.get("parent")?.urn ?? "", /PreparedUpload\$.*PreparedUpload::/),
      pluginDownloadURL: () => wasAsked("pluginDownloadURL"),
      protect: () => assert.equal(done.get("protect"), "same"),
      provider: () => assert.match(state.get("provider")?.provider ?? "", /::asia::/),
      replaceOnChanges() {
        assert.equal(done.get("replaceOnChanges"), replaced);
        assert.doesNotMatch(stdout, /[-+~] replaceOnChanges/, "the option is not shown as a change");
      },
      replaceWith: () => assert.equal(done.get("replaceWith"), replaced),
      replacementTrigger: () => assert.equal(done.get("replacementTrigger"), replaced),
      retainOnDelete() {
        assert.match(stdout, /\(delete\[retain\]\)\n.*\n.*::retainOnDelete\]/);
        assert.equal(state.has("retainOnDelete"), false);
      },
      transformations: () => assert.equal(state.get("transformations")?.outputs?.clientIp, "203.0.113.8"),
      transforms: () => assert.equal(state.get("transforms")?.outputs?.clientIp, "203.0.113.8"),
      version: () => wasAsked("version"),
    };
    for (const look of Object.values(seen)) look();

    // What becomes of buckets has a test of its own.
    const [ofUploads = ""] = readPage("docs/options.md").split("\n## Bucket\n");
    const rows = [...ofUploads.matchAll(/^\| `(\w+)` \| (?:yes|no) \|/gm)].map(([, name]) => name);
    // What becomes of `import` has a test of its own.
    assert.deepEqual(rows.sort(), [...Object.keys(seen), "import"].sort());

    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), {
      unchanged: state.size + 2,
    });
    emulator().move("media-assets");
    const { stdout: moves } = await project.refresh();
    const hidden = moves.match(/^ {4}media-assets: moved to another place$/gm) ?? [];
    assert.equal(hidden.length, 2, "of additionalSecretOutputs");
    const { exitCode, stdout: refused } = await project.attempt(["destroy", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(refused, /::protect" cannot be deleted/);
  });
});
