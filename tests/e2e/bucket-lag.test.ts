import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");
const buckets = new pulumi.Config().requireObject("buckets");
for (const [bucketName, args] of Object.entries(buckets)) new ens.Bucket(bucketName, { bucketName, ...args });
`;

const lifecycleRules = [{ prefix: "tmp/", expirationDays: 7 }];

describe("buckets of an ENS that lags, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  /** How far the emulator's clock is ahead: what lags is over when it jumps. */
  let ahead = 0;
  const emulator = useEmulator({ clock: () => new Date(Date.now() + ahead) });
  let project: PulumiProject;
  let undeploy: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: lag\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      env: { ...emulator().environment },
    });
    undeploy = project.keep();
  });
  beforeEach(() => undeploy());
  after(() => project?.remove());

  const give = (buckets: object) => project.setConfig("buckets", JSON.stringify(buckets));
  const named = (name: string) => emulator().buckets.get(name);

  it("are made, changed and deleted once ENS shows it, with a line after three seconds", async () => {
    await give({ changed: {}, deleted: {} });
    await project.up();
    emulator().setRules({ lag: { createMs: 4500, changeMs: 4500, deleteMs: 4500 } });
    await give({ changed: { bucketAcl: "public-read", comment: "new" }, made: { lifecycleRules } });
    const result = await project.up();
    assert.deepEqual(counts(result), { created: 1, updated: 1, deleted: 1, unchanged: 1 });
    for (const line of [
      /bucket "made": waiting until ENS shows the new bucket/,
      /bucket "changed": waiting until ENS shows what was changed/,
      /bucket "deleted": waiting until ENS shows that it is deleted/,
    ]) {
      assert.match(result.stdout, line);
    }
    assert.deepEqual([...emulator().buckets.keys()].sort(), ["changed", "made"]);
    assert.deepEqual([named("changed")?.bucketAcl, named("changed")?.comment], ["public-read", "new"]);
    assert.equal(named("made")?.lifecycleRules.length, 1);
  });

  it("are in state when the time is over, have not drifted, and the next up goes on", async () => {
    emulator().setRules({ lag: { createMs: 600_000, changeMs: 0, deleteMs: 0 } });
    await project.setConfig("alicloud-ens:consistencyTimeout", "3");
    await give({ late: { lifecycleRules } });
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /Bucket "late" was made, but after 3 s ENS does not show .* It is in state\..*Run `pulumi up` again to go on, or allow more time: `pulumi config set alicloud-ens:consistencyTimeout 600`/s,
    );
    assert.doesNotMatch(stdout, /NoSuchBucket|\n\s+at .*\.[jt]s:\d+/);
    const before = await project.uploads();
    assert.deepEqual(
      before.map(({ id }) => id),
      ["late"],
    );

    // ENS answers that there is no such bucket, and with the bucket, in turn. What Pulumi counts is the rule that is not there.
    assert.deepEqual(counts(await project.refresh()), { updated: 1, unchanged: 1 });
    const after = await project.uploads();
    assert.deepEqual(
      after.map(({ outputs }) => outputs),
      before.map(({ outputs }) => outputs),
    );

    ahead += 600_000;
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 1 });
    assert.equal(named("late")?.lifecycleRules.length, 1);
  });
});
