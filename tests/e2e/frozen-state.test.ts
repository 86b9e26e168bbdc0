import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import { packageVersion } from "../../provider/ens/package-version";
import {
  frozenBuckets,
  frozenProgram,
  frozenProject,
  frozenState,
  frozenVersions,
} from "../support/frozen-state";
import { useCli } from "../support/pulumi-cli";
import { counts, type PulumiProject, type StateResource } from "../support/pulumi-project";

describe("frozen state", function () {
  this.timeout(120_000);
  useCli();
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), "ens-frozen-"));
  });
  after(() => rmSync(root, { recursive: true }));

  it(`is there for ${packageVersion}: npm run freeze-state`, () => {
    assert.ok(frozenVersions().includes(packageVersion), frozenVersions().join(", "));
  });

  for (const version of frozenVersions()) {
    describe(`of ${version}`, () => {
      const program = frozenProgram(version);
      /** Buckets and objects as the program makes them. */
      let world: string;
      let fresh: readonly StateResource[];
      let project: PulumiProject;
      let thaw: () => void;
      let emulator: Emulator;

      before("the stack as that version left it", async () => {
        world = join(root, version);
        emulator = await startEmulator({ buckets: frozenBuckets, dataDir: world });
        const made = await frozenProject(version, emulator);
        await made.up();
        fresh = await made.uploads();
        made.remove();
        project = await frozenProject(version, emulator);
        await emulator.stop();
        await project.run(["stack", "import", "--file", frozenState(version)]);
        thaw = project.keep();
      });
      after(() => project?.remove());

      beforeEach(async () => {
        const dataDir = mkdtempSync(join(root, "world-"));
        cpSync(world, dataDir, { recursive: true });
        emulator = await startEmulator({ buckets: frozenBuckets, dataDir });
        thaw();
        Object.assign(project.env, emulator.environment);
      });
      afterEach(() => emulator.stop());

      const asked = () => emulator.requests.map(({ action }) => String(action));
      const changing = () => asked().filter((action) => !/^(prepare|get|list|head)/i.test(action));
      const named = async (name: string) =>
        (await project.uploads()).find(({ urn }) => urn.endsWith(`::${name}`));

      if (version === packageVersion) {
        it("is what this version writes", async () => {
          assert.deepEqual(lasting(fresh), lasting(await project.uploads()));
        });
      }

      it("is unchanged in preview, which asks for look-ups alone", async () => {
        const { unchanged = 0, ...others } = counts(await project.preview("--expect-no-changes"));
        const lookUps = (await project.uploads()).filter(({ external }) => external);
        assert.ok(unchanged > (await project.uploads()).length - lookUps.length, String(unchanged));
        assert.deepEqual(others, {});
        assert.deepEqual(
          asked(),
          lookUps.map(() => "PrepareUpload"),
        );
      });

      it("stays the very same in a refresh of what is as it was", async () => {
        const before = await project.uploads();
        await project.refresh("--expect-no-changes");
        assert.ok(asked().length >= before.length);
        assert.deepEqual(changing(), []);
        assert.deepEqual(
          (await project.uploads()).map((one) => content(one)),
          before.map((one) => content(one)),
        );
      });

      it("takes a move in as drift", async () => {
        emulator.move("log-archive", {
          physicalBucketName: "log-archive-moved",
          endpoint: "eos.aliyuncs.com",
        });
        const { updated } = counts(await project.refresh());
        assert.equal(updated, 1);
        assert.equal((await named("logs"))?.outputs?.physicalBucketName, "log-archive-moved");
        await project.preview("--expect-no-changes");
      });

      it("is updated in place, replaced, and destroyed", async () => {
        const changed = program.replaceAll('"release 1"', '"release 2"');
        project.write("index.ts", changed);
        assert.equal(counts(await project.up()).updated, program.split('"release 1"').length - 1);
        const logs = await named("logs");
        assert.deepEqual(logs?.inputs?.triggers, ["release 2", 2, { nested: [true, "three"] }]);
        assert.deepEqual(logs?.outputs?.triggers, logs?.inputs?.triggers);

        const buckets = ["log-archive", "site-assets"];
        const moved = (await project.uploads()).filter(({ inputs }) =>
          buckets.includes(String(inputs?.bucketName)),
        );
        project.write(
          "index.ts",
          changed.replace('"log-archive"', '"media-assets"').replace('"site-assets"', '"other-assets"'),
        );
        assert.equal(counts(await project.up()).replaced, moved.length);
        assert.equal((await named("logs"))?.id, "media-assets");
        assert.equal(emulator.buckets.has("site-assets"), false);
        await destroy();
      });

      it("is destroyed, as that version left it", () => destroy());

      /** An answer is forgotten without a call; what was made is deleted. */
      async function destroy(): Promise<void> {
        const prepared = (await project.uploads()).every(({ type }) => type.includes(":PreparedUpload"));
        emulator.clearRequests();
        if (prepared) for (const name of Object.keys(emulator.environment)) delete project.env[name];
        await project.destroy();
        assert.deepEqual(await project.resources(), []);
        if (prepared) assert.deepEqual(asked(), []);
        assert.deepEqual(
          [...emulator.buckets.keys()],
          frozenBuckets.map(({ name }) => name),
        );
      }
    });
  }
});

/** What a resource is made of, without when it was; a secret is encrypted in another way each time. */
function content({ urn, type, id, inputs, outputs }: StateResource, dropped = ["ciphertext"]): object {
  const lasting = (key: string, value: unknown) => (dropped.includes(key) ? undefined : value);
  return JSON.parse(JSON.stringify({ urn, type, id, inputs, outputs }, lasting));
}

/** The same whenever it is made, in an order of its own. */
function lasting(resources: readonly StateResource[]): readonly object[] {
  return [...resources]
    .sort((one, other) => one.urn.localeCompare(other.urn))
    .map((resource) => content(resource, ["ciphertext", "requestId"]));
}
