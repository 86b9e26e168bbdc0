import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import OSS from "ali-oss";
import { defaultAccount } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const run = promisify(execFile);
const examples = join(checkout, "examples");

describe("the examples, as written, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({
    buckets: [
      {
        name: "media-assets",
        placements: [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }],
      },
    ],
  });
  const projects: PulumiProject[] = [];
  after(() => {
    for (const project of projects) project.remove();
  });

  async function create(...[options]: Parameters<typeof PulumiProject.create>): Promise<PulumiProject> {
    // With types checked, as a user's run of them is.
    const env = { ...emulator().environment, TS_NODE_TRANSPILE_ONLY: "false" };
    const project = await PulumiProject.create({ ...options, env });
    projects.push(project);
    return project;
  }

  /** Checks types in the first run only: that of the same program again would find the same. */
  async function upWithTypes(project: PulumiProject): Promise<void> {
    await project.up();
    project.env.TS_NODE_TRANSPILE_ONLY = "true";
  }

  for (const example of [
    "quickstart",
    "two-accounts",
    "bucket",
    "static-site",
    "cross-stack/producer",
    "cross-stack/consumer",
    "browser-upload",
  ]) {
    it(`${example} compiles by its own tsconfig.json`, () =>
      run("npx", ["--no-install", "tsc", "--project", join(examples, example)], { cwd: checkout }));
  }

  it("quickstart resolves a bucket, for a client where one is named", async () => {
    const project = await create({ from: join(examples, "quickstart") });
    await upWithTypes(project);
    const place = emulator().buckets.get("media-assets");
    assert.equal((await project.outputs()).physicalBucketName, place?.physicalBucketName);
    await project.setConfig("clientIp", "203.0.113.7");
    await project.up();
    assert.equal((await project.outputs()).physicalBucketName, "media-east");
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
    await project.destroy();
  });

  it("bucket makes one with rules, changes a rule in place, and deletes it", async () => {
    const project = await create({ from: join(examples, "bucket") });
    await upWithTypes(project);
    const { bucketName, uploads } = await project.outputs<{
      bucketName: string;
      uploads: { physicalBucketName: string };
    }>();
    assert.match(bucketName, /^media-[0-9a-f]{7}$/);
    const there = () => emulator().buckets.get(bucketName);
    assert.equal(uploads.physicalBucketName, there()?.physicalBucketName);
    assert.deepEqual(counts(await project.up()), { unchanged: 3 });
    await project.setConfig("daysOfTmp", "14");
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 2 });
    assert.deepEqual(
      there()?.lifecycleRules.map(({ prefix, expirationDays }) => [prefix, expirationDays]),
      [
        ["tmp/", 14],
        ["logs/", 30],
      ],
    );
    await project.destroy();
    assert.equal(there(), undefined);
  });

  describe("cross-stack", () => {
    let producer: PulumiProject;
    let consumer: PulumiProject;
    let undeploy: () => void;
    let deploy: () => void;

    before(async () => {
      producer = await create({
        from: join(examples, "cross-stack", "producer"),
        config: { bucketName: "media-uploads" },
      });
      consumer = await create({
        from: join(examples, "cross-stack", "consumer"),
        sharing: producer,
        config: { producerStack: "organization/media-storage/dev" },
      });
      undeploy = keepBoth();
      await upWithTypes(producer);
      await upWithTypes(consumer);
      deploy = keepBoth();
    });
    beforeEach(() => deploy());

    /** State is the producer's, which the consumer shares. */
    function keepBoth(): () => void {
      const kept = [producer.keep(), consumer.keep()];
      return () => {
        for (const restore of kept) restore();
      };
    }

    it("says what to do when the producer was not deployed yet", async () => {
      undeploy();
      const { exitCode, stdout } = await consumer.attempt(["preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(
        stdout,
        /output "uploads" of the stack organization\/media-storage\/dev is not an upload target/,
      );
      assert.match(stdout, /pulumi up --stack organization\/media-storage\/dev/);
    });

    it("hands the target over, and the consumer uploads a file through it", async () => {
      const { uploads } = await consumer.outputs<{ uploads: { physicalBucketName: string } }>();
      assert.deepEqual(uploads, (await producer.outputs()).uploads);

      const file = join(consumer.folder, "a file.txt");
      writeFileSync(file, "hello\n");
      const { stdout } = await run("npm", ["run", "--silent", "upload", "--", file, "greetings/hello.txt"], {
        cwd: consumer.folder,
        env: { ...consumer.env, ...emulator().environment },
      });
      assert.match(
        stdout,
        new RegExp(`^Uploaded .*: http://localhost:\\d+/${uploads.physicalBucketName}/greetings`),
      );
      assert.equal(await contentOf(uploads.physicalBucketName, "greetings/hello.txt"), "hello\n");
    });

    it("has a file of the consumer's stack in the producer's bucket", async () => {
      const { helloUrl } = await consumer.outputs<{ helloUrl: string }>();
      const [, bucket = "", key = ""] = new URL(helloUrl).pathname.split("/");
      const file = readFileSync(join(consumer.folder, "hello.txt"), "utf8");
      assert.equal(await contentOf(bucket, key), file);
    });

    async function contentOf(bucket: string, key: string): Promise<string> {
      const endpoint = `http://localhost:${emulator().port}`;
      const client = new OSS({ ...defaultAccount, bucket, endpoint, sldEnable: true } as OSS.Options);
      return String((await client.get(key)).content);
    }

    it("takes a move over with producer up --refresh, then consumer up", async () => {
      const moved = emulator().move("media-uploads").physicalBucketName;
      await producer.up("--refresh");
      await consumer.up();
      const { ossOptions } = await consumer.outputs<{ ossOptions: { bucket: string } }>();
      assert.equal(ossOptions.bucket, moved);
    });

    it("says which output of which stack is no target, and why", async () => {
      const program = readFileSync(join(producer.folder, "index.ts"), "utf8");
      assert.match(program, / = media\.target;/);
      producer.write(
        "index.ts",
        program.replace("media.target", '{ bucketName: "media-uploads", physicalBucketName: "X" }'),
      );
      await producer.up();
      const { exitCode, stdout } = await consumer.attempt(["preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(
        stdout,
        /"uploads" of the stack organization\/media-storage\/dev.*physicalBucketName is not the name of a physical bucket/s,
      );
    });
  });
});

describe("the root project, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator();

  it("deploys with `pulumi config set bucketName my-bucket && pulumi up`", async () => {
    // In the checkout itself, but with settings, state and home elsewhere.
    const project = await PulumiProject.create({
      folder: checkout,
      env: { ...emulator().environment, TS_NODE_TRANSPILE_ONLY: "false" },
      stack: "test",
    });
    try {
      await project.setConfig("bucketName", "my-bucket");
      await project.up();
      const { uploads } = await project.outputs<{ uploads: { bucketName: string } }>();
      assert.equal(uploads.bucketName, "my-bucket");
      await project.destroy();
      assert.deepEqual([...emulator().buckets.keys()], []);
      await project.run(["stack", "rm", "--yes", "test"]);
    } finally {
      project.remove();
    }
  });
});
