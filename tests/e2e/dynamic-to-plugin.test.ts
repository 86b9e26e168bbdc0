import assert from "node:assert/strict";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { programIn } from "../support/language-programs";
import { projectFiles, useLanguage } from "../support/language-project";
import { counts, type PulumiProject, type StateResource } from "../support/pulumi-project";

describe("a stack of dynamic resources that moves to the plugin, by the real CLI", function () {
  this.timeout(120_000);
  const yaml = useLanguage("yaml");
  const emulator = useEmulator({
    buckets: [{ name: "partner-assets", physicalBucketName: "partner-physical" }],
  });
  let project: PulumiProject;
  after(() => project?.remove());

  /** Ours, by their names in the program. */
  const ours = async (): Promise<ReadonlyMap<string, StateResource>> =>
    new Map(
      (await project.resources())
        .filter(({ type }) => /^(pulumi-nodejs:dynamic\/)?alicloud-ens:/.test(type))
        .map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]),
    );

  it("keeps every resource and every output, and changes nothing in ENS", async () => {
    project = await yaml().project("moving", programIn("yaml", "everything"), {
      files: {
        ...{
          "Pulumi.yaml": "name: moving\nruntime: nodejs\n",
          "index.ts": programIn("nodejs", "everything"),
        },
        ...{ "logo.svg": "<svg/>", "site/index.html": "index" },
      },
      env: emulator().environment,
      config: { partnerKey: defaultAccount.accessKeyId },
    });
    await project.setConfig("noteText", "note", "secret");
    await project.setConfig("partnerSecret", defaultAccount.accessKeySecret, "secret");
    await project.up();
    const [outputs, before] = [await project.outputs(), await ours()];
    assert.equal(before.size, 8);
    emulator().clearRequests();

    const { "Pulumi.yaml": moved = "" } = projectFiles("yaml", "moving", programIn("yaml", "everything"));
    project.write("Pulumi.yaml", moved);
    // The explicit provider is another one. What the dynamic resources made in the program is an output from now on.
    assert.deepEqual(counts(await project.up()), { created: 1, updated: 3, deleted: 1, unchanged: 6 });
    assert.deepEqual([...new Set(emulator().requests.map(({ action }) => action))], ["PrepareUpload"]);
    assert.deepEqual(await project.outputs(), outputs);
    const after = await ours();
    for (const [name, { id, type, outputs = {} }] of before) {
      const now = after.get(name);
      assert.deepEqual(
        [now?.id, now?.type],
        [id, type.replace("pulumi-nodejs:dynamic/alicloud-ens:", "alicloud-ens:index:")],
      );
      const lost = Object.keys(outputs).filter((output) => !(output in (now?.outputs ?? {})));
      assert.deepEqual(
        lost.filter((output) => output !== "__provider"),
        [],
        name,
      );
    }
    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), { unchanged: 10 });
  });
});
