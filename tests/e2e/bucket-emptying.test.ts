import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { numberedKeys, StorageContent } from "../support/storage-content";

const program = (forceDestroy: boolean) => `
const ens = require("pulumi-alicloud-ens");
new ens.Bucket("media", { bucketName: "media-assets", forceDestroy: ${forceDestroy} });
`;

describe("deleting a bucket that is not empty, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator();
  let project: PulumiProject;
  let content: StorageContent;
  let deploy: () => void;
  let tests = 0;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: emptying\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program(true),
      },
      env: { ...emulator().environment },
    });
    await project.up();
    deploy = project.keep();
  });
  beforeEach(() => {
    deploy();
    tests += 1;
    // Nothing of the test before is in it.
    const physicalBucketName = `media-assets-${tests}`;
    emulator().addBucket({ name: "media-assets", physicalBucketName });
    content = new StorageContent(emulator(), physicalBucketName);
  });
  after(() => project?.remove());

  const destroy = () => project.attempt(["destroy", "--yes", "--skip-preview"]);
  const isThere = () => emulator().buckets.has("media-assets");

  it("says what it has and what to do, and does it once that is done", async () => {
    project.write("index.js", program(false));
    await project.up();
    await content.put(numberedKeys(7));
    const { exitCode, stdout } = await destroy();
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /Bucket "media-assets" was not deleted, since it is not empty: it has 7 objects, the first of them "object-0000", .*"object-0004" .*Delete them; or, unless the bucket was replaced, set `forceDestroy: true`, run `pulumi up`/s,
    );
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.equal((await content.keys()).length, 7);
    assert.equal((await project.uploads()).length, 1);

    project.write("index.js", program(true));
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 1 });
    assert.deepEqual(counts(await project.destroy()), { deleted: 2 });
    assert.equal(isThere(), false);
  });

  it("says it also of one that was replaced, which goes once its objects are deleted", async () => {
    project.write("index.js", program(false));
    await project.up();
    await content.put(["a.txt"]);
    project.write("index.js", program(true).replace("media-assets", "media-more"));
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /"media-assets" was not deleted, .* 1 object: "a\.txt" .*unless the bucket was replaced/s,
    );
    await content.delete(["a.txt"]);
    await project.up();
    assert.deepEqual([...emulator().buckets.keys()], ["media-more"]);
    await project.destroy();
  });

  it("empties it first where the program says so: objects and unfinished uploads, with a line every three seconds", async () => {
    await content.put(numberedKeys(2500));
    await content.beginUploads(["one", "two", "three"]);
    emulator().fail({ service: "oss", method: "POST", after: 1, kind: "lostAnswer", delayMs: 6500 });
    const result = await project.destroy();
    assert.deepEqual(counts(result), { deleted: 2 });
    const lines = result.stdout.match(/media-assets: 1000 objects.* deleted/g) ?? [];
    assert.ok(lines.length >= 2, result.stdout);
    assert.equal(isThere(), false);
  });

  it("ends where others write to it all the time, and says so", async () => {
    const writing = new AbortController();
    const write = async () => {
      for (let n = 0; !writing.signal.aborted; n += 1) {
        await content.put([`theirs-${n}`]);
        await sleep(5);
      }
    };
    const written = write();
    const { exitCode, stdout } = await destroy();
    writing.abort();
    await written;
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /media-assets is not empty, since others still write to it: \d+ objects .*Stop what writes to the bucket/s,
    );
    assert.ok(isThere());
    assert.equal((await project.uploads()).length, 1);
    assert.deepEqual(counts(await project.destroy()), { deleted: 2 });
  });
});
