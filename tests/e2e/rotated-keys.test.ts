import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { everything } from "../support/everything";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
const config = new pulumi.Config();
const partner = new ens.Provider("partner", {
  accessKey: config.require("partnerKey"),
  secretKey: config.requireSecret("partnerSecret"),
});
const triggers = config.getObject<string[]>("triggers");
new ens.PreparedUpload("own", { bucketName: "media-assets", triggers });
new ens.PreparedUpload("theirs", { bucketName: "partner-assets", triggers }, { provider: partner });
`;

/** The table: each command, and the keys that it asks with. */
const [, section = ""] = readPage("docs/settings.md").split("## Rotating keys");
const documented = [...section.matchAll(/^\| (`pulumi.*) \| (.*) \|$/gm)].flatMap(
  ([, commands = "", keys = ""]) =>
    [...commands.matchAll(/`(.*?)`/g)].map(([, command = ""]) => {
      const changes = commands.includes("with other inputs");
      return { command, keys, changes, title: `${command}${changes ? " with other inputs" : ""}` };
    }),
);
/** Of those that refresh, the rest differ only in what they do after it. */
const usual = ["pulumi up --refresh --run-program", "pulumi destroy --refresh --run-program"];
const tested = documented.filter(({ command }) => everything || usual.includes(command));

/** A command as a user types it, without the questions that it would ask. */
function typed(command: string): readonly string[] {
  const [, name = "", ...flags] = command.split(" ");
  return [name, ...flags, ...(name === "preview" ? [] : ["--yes", "--skip-preview"])];
}

describe("keys that were rotated since the last up, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets", "partner-assets"] });
  let project: PulumiProject;
  let rotate: () => void;

  async function setKeys(which: string): Promise<void> {
    emulator().setAccount({ accessKeyId: `${which}-own`, accessKeySecret: which });
    emulator().setAccount({ accessKeyId: `${which}-partner`, accessKeySecret: which });
    await project.setConfig("alicloud-ens:accessKey", `${which}-own`);
    await project.setConfig("alicloud-ens:secretKey", which, "secret");
    await project.setConfig("partnerKey", `${which}-partner`);
    await project.setConfig("partnerSecret", which, "secret");
  }

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: rotated\nruntime: nodejs\n", "index.ts": program },
      env: { ALIBABA_CLOUD_ENDPOINT_ENS: emulator().url },
    });
    await setKeys("old");
    await project.up();
    await setKeys("new");
    rotate = project.keep();
  });
  beforeEach(() => {
    rotate();
    for (const which of ["own", "partner"]) {
      emulator().setAccount({ accessKeyId: `old-${which}`, accessKeySecret: "old" });
    }
    emulator().clearRequests();
  });
  after(() => project?.remove());

  const asked = () =>
    emulator()
      .requests.map(({ accessKeyId, status }) => `${accessKeyId} ${status}`)
      .sort();

  function disable(which: string): void {
    for (const account of ["own", "partner"]) {
      const accessKeyId = `${which}-${account}`;
      emulator().setAccount({ accessKeyId, accessKeySecret: which, status: "inactive" });
    }
  }

  it("are refused in a refresh, and the error's command puts those of now into state", async () => {
    disable("old");
    const { exitCode, stdout } = await project.attempt(typed("pulumi refresh"));
    assert.notEqual(exitCode, 0);
    assert.deepEqual(asked(), ["old-own 400", "old-partner 400"]);
    const commands = [...stdout.matchAll(/Settings changed\? First `(.*?)`\./g)];
    assert.ok(commands.length >= 2, stdout);
    const [[, command = ""] = []] = commands;
    emulator().clearRequests();
    assert.deepEqual(counts(await project.run(typed(command))), { updated: 1, unchanged: 3 });
    assert.deepEqual(asked(), []);
    await project.run(typed("pulumi refresh"));
    assert.deepEqual(asked(), ["new-own 200", "new-partner 200"]);
  });

  for (const { command, keys, changes, title } of tested) {
    it(`are used by ${title} as settings.md says`, async () => {
      const of = { new: "new", "ENS is not asked": "", "those of the last `pulumi up`": "old" }[keys];
      if (changes) await project.setConfig("triggers", '["x"]');
      await project.run(typed(command));
      assert.deepEqual(asked(), of === "" ? [] : [`${of}-own 200`, `${of}-partner 200`]);
    });
  }

  it("are documented for every command", () => assert.equal(documented.length, 12));
});
