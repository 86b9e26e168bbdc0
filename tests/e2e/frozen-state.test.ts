import assert from "node:assert/strict";
import { packageVersion } from "../../provider/ens/package-version";
import { useEmulator } from "../support/emulator";
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
  const emulator = useEmulator({ buckets: frozenBuckets });
  const prepared = () => emulator().requests.filter(({ action }) => action === "PrepareUpload").length;
  const projects: PulumiProject[] = [];
  beforeEach(() => emulator().clearRequests());
  after(() => {
    for (const project of projects) project.remove();
  });

  /** The stack as that version left it. */
  async function load(version: string): Promise<PulumiProject> {
    const project = await frozenProject(version, emulator());
    projects.push(project);
    await project.run(["stack", "import", "--file", frozenState(version)]);
    return project;
  }

  it(`is there for ${packageVersion}, and is what it writes (\`npm run freeze-state\` makes it)`, async () => {
    assert.ok(frozenVersions().includes(packageVersion), frozenVersions().join(", "));
    const frozen = await load(packageVersion);
    const fresh = await frozenProject(packageVersion, emulator());
    projects.push(fresh);
    await fresh.up();
    assert.deepEqual(
      (await fresh.uploads()).map(lasting).sort(byUrn),
      (await frozen.uploads()).map(lasting).sort(byUrn),
    );
  });

  for (const version of frozenVersions()) {
    describe(`of ${version}`, () => {
      const program = frozenProgram(version);
      let project: PulumiProject;
      let thaw: () => void;
      before(async () => {
        project = await load(version);
        thaw = project.keep();
      });
      beforeEach(() => {
        for (const bucket of frozenBuckets) emulator().addBucket(bucket);
        thaw();
      });

      it("is unchanged in preview, without a call", async () => {
        const { unchanged, ...others } = counts(await project.preview("--expect-no-changes"));
        assert.equal(unchanged, (await project.uploads()).length + 1);
        assert.deepEqual(others, {});
        assert.equal(prepared(), 0);
      });

      it("stays the very same in a refresh of buckets that have not moved", async () => {
        const before = await project.uploads();
        await project.refresh("--expect-no-changes");
        assert.equal(prepared(), before.length);
        assert.deepEqual((await project.uploads()).map(content), before.map(content));
      });

      it("takes a move in as drift", async () => {
        emulator().move("log-archive", {
          physicalBucketName: "log-archive-moved",
          endpoint: "eos.aliyuncs.com",
        });
        const { updated } = counts(await project.refresh());
        assert.equal(updated, 1);
        assert.equal((await named(project, "logs"))?.outputs?.physicalBucketName, "log-archive-moved");
        await project.preview("--expect-no-changes");
      });

      it("is updated in place, replaced, and then destroyed without a call", async () => {
        const changed = program.replace('"release 1"', '"release 2"');
        assert.notEqual(changed, program);
        project.write("index.ts", changed);
        assert.equal(counts(await project.up()).updated, 1);
        assert.equal(prepared(), 1);
        assert.deepEqual(
          (await named(project, "logs"))?.inputs?.triggers,
          (await named(project, "logs"))?.outputs?.triggers,
        );

        project.write("index.ts", changed.replace('"log-archive"', '"media-assets"'));
        assert.equal(counts(await project.up()).replaced, 1);
        assert.equal((await named(project, "logs"))?.id, "media-assets");
        await destroyWithoutCall();
      });

      it("is destroyed without a call, as that version left it", () => destroyWithoutCall());

      async function destroyWithoutCall(): Promise<void> {
        emulator().clearRequests();
        for (const name of Object.keys(emulator().environment)) delete project.env[name];
        await project.destroy();
        assert.deepEqual(await project.resources(), []);
        assert.equal(prepared(), 0);
      }
    });
  }
});

async function named(project: PulumiProject, name: string): Promise<StateResource | undefined> {
  return (await project.uploads()).find(({ urn }) => urn.endsWith(`::${name}`));
}

/** What a resource is made of, without when it was. */
function content({ urn, type, id, inputs, outputs }: StateResource) {
  return { urn, type, id, inputs, outputs };
}

/** What is the same whenever it is made. */
function lasting(resource: StateResource) {
  const { outputs: { requestId: _, ...outputs } = {}, ...others } = content(resource);
  return { ...others, outputs };
}

function byUrn(one: { readonly urn: string }, other: { readonly urn: string }): number {
  return one.urn.localeCompare(other.urn);
}
