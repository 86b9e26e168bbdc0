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
import { PulumiProject } from "../support/pulumi-project";

const run = promisify(execFile);
const examples = join(checkout, "examples");

describe("examples/cross-stack, as written, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator();
  let producer: PulumiProject;
  let consumer: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;

  before(async () => {
    producer = await PulumiProject.create({
      from: join(examples, "cross-stack", "producer"),
      config: { bucketName: "media-uploads" },
      env: emulator().environment,
    });
    consumer = await PulumiProject.create({
      from: join(examples, "cross-stack", "consumer"),
      sharing: producer,
      config: { producerStack: "organization/media-storage/dev" },
      env: emulator().environment,
    });
    undeploy = keepBoth();
    await producer.up();
    await consumer.up();
    deploy = keepBoth();
  });
  beforeEach(() => deploy());
  after(() => {
    for (const project of [producer, consumer]) project?.remove();
  });

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
