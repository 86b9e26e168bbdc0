import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { useEmulator } from "../support/emulator";
import { testCli, useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { installNode, installSdk, resolveSdk } from "./installation";
import type { Result } from "./results";

const run = promisify(execFile);

const producerProgram = (bucketName: string, release: string) => `
import * as ens from "pulumi-alicloud-ens";
import { version } from "@pulumi/pulumi/version";

const media = new ens.PreparedUpload("media", { bucketName: "${bucketName}", triggers: ["${release}"] });

export const uploads = media.target;
export const sdk = version;
export const node = process.version;
`;

const consumerProgram = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";

const producer = new pulumi.StackReference("organization/producer/dev");
export const uploads = ens.requireUploadTarget(producer, "uploads");
export const ossOptions = uploads.apply(ens.ossClientOptions);
`;

/** Node makes the exit status 1 for a rejection that nobody awaits, and Pulumi for a promise that never ends. */
const unitTest = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");
const { ensMocks, failureOf, promiseOf } = require("pulumi-alicloud-ens/testing");

async function main() {
  pulumi.runtime.setMocks(ensMocks({ buckets: ["media-assets"] }));
  const { message } = await failureOf(() => new ens.PreparedUpload("other", { bucketName: "other-assets" }));
  const media = new ens.PreparedUpload("media", { bucketName: "media-assets" });
  console.log(message, await promiseOf(media.endpointUrl));
}

main();
`;

const packageJson = '{ "name": "program", "version": "0.0.0", "main": "index.ts" }';

/**
 * What every supported combination must do: the life of a resource and the way into another stack, by the real CLI,
 * with the package from its tarball and TypeScript programs that the SDK compiles by its own means.
 */
export function describeCore(result: Result): void {
  const { sdk, node } = result;
  describe(`@pulumi/pulumi ${sdk} on Node ${node}`, function () {
    this.timeout(120_000);
    useCli();
    const buckets = ["media", "other"].map((name) => ({
      name: `${name}-assets`,
      physicalBucketName: `${name}-anywhere`,
    }));
    const emulator = useEmulator({ buckets });
    let folder: string;
    let env: Record<string, string>;
    let started: number;
    let producer: PulumiProject;
    let deploy: () => void;
    let created: { readonly counts: object; readonly userAgent: string | undefined };
    let consumer: PulumiProject | undefined;

    before("the packages and the first up", async function () {
      this.timeout(300_000);
      const version = await resolveSdk(sdk);
      result.version = version;
      const [installed, bin] = [await installSdk(version), await installNode(node)];
      folder = mkdtempSync(join(installed, "programs-"));
      env = {
        ...emulator().environment,
        PATH: [bin, (await testCli()).folder, process.env.PATH].join(delimiter),
        // Types are checked, as in a user's run, by the compiler that the SDK brings.
        TS_NODE_TRANSPILE_ONLY: "false",
      };
      started = Date.now();
      producer = await PulumiProject.create({
        files: {
          "Pulumi.yaml": "name: producer\nruntime: nodejs\n",
          "package.json": packageJson,
          "index.ts": producerProgram("media-assets", "release 1"),
        },
        folder: join(folder, "producer"),
        env,
      });
      created = {
        counts: counts(await producer.up()),
        userAgent: emulator().requests.at(-1)?.userAgent,
      };
      // The same types again would double the time of the runs that follow.
      producer.env.TS_NODE_TRANSPILE_ONLY = "true";
      deploy = producer.keep();
    });
    beforeEach(() => {
      deploy();
      for (const bucket of buckets) emulator().addBucket(bucket);
      emulator().clearFaults();
    });
    afterEach(function () {
      const { state, title } = this.currentTest ?? {};
      if (state === "failed") result.outcome = `failed: ${title}`;
      else if (result.outcome === "not run") result.outcome = "passed";
      result.seconds = Math.round((Date.now() - started) / 1000);
    });
    after(() => {
      producer?.remove();
      consumer?.remove();
    });

    it("creates, with that Node and that SDK", async () => {
      assert.deepEqual(created.counts, { created: 2 });
      const outputs = await producer.outputs<Record<string, string> & { uploads: Record<string, string> }>();
      assert.equal(outputs.sdk, result.version);
      assert.match(outputs.node ?? "", new RegExp(`^v${node}\\.`), "the program's Node");
      const { userAgent = "" } = created;
      assert.ok(userAgent.includes(`Node.js/${outputs.node}`), `the provider's Node: ${userAgent}`);
      assert.equal(
        outputs.uploads.physicalBucketName,
        emulator().buckets.get("media-assets")?.physicalBucketName,
      );
      const [upload] = await producer.uploads();
      assert.match(upload?.sourcePosition ?? "", /index\.ts#5,/, "the program's line");
      assert.equal(upload?.stackTrace?.length, 1, "the program's stack alone");
    });

    it("says unchanged the second time", async () => {
      assert.deepEqual(counts(await producer.up()), { unchanged: 2 });
    });

    it("refreshes: unmoved is the very same state, moved is drift", async () => {
      const before = await producer.uploads();
      assert.deepEqual(counts(await producer.refresh("--expect-no-changes")), { unchanged: 2 });
      assert.deepEqual((await producer.uploads())[0]?.outputs, before[0]?.outputs);
      const moved = emulator().move("media-assets").physicalBucketName;
      assert.deepEqual(counts(await producer.refresh()), { updated: 1, unchanged: 1 });
      assert.equal((await producer.uploads())[0]?.outputs?.physicalBucketName, moved);
    });

    it("updates in place", async () => {
      producer.write("index.ts", producerProgram("media-assets", "release 2"));
      assert.deepEqual(counts(await producer.up()), { updated: 1, unchanged: 1 });
    });

    it("replaces", async () => {
      producer.write("index.ts", producerProgram("other-assets", "release 1"));
      assert.deepEqual(counts(await producer.up()), { replaced: 1, unchanged: 1 });
    });

    it("hands the target to another stack", async () => {
      consumer = await PulumiProject.create({
        folder: join(folder, "consumer"),
        files: {
          "Pulumi.yaml": "name: consumer\nruntime: nodejs\n",
          "package.json": packageJson,
          "index.ts": consumerProgram,
        },
        sharing: producer,
        env,
      });
      await consumer.up();
      const { uploads, ossOptions } = await consumer.outputs<Record<string, Record<string, string>>>();
      const place = emulator().buckets.get("media-assets");
      assert.equal(uploads?.physicalBucketName, place?.physicalBucketName);
      assert.equal(ossOptions?.bucket, place?.physicalBucketName);
    });

    it("shows an error once, without a stack", async () => {
      emulator().fail({ kind: "error", code: "NoPermission", status: 400, message: "Permission denied." });
      producer.write("index.ts", producerProgram("media-assets", "release 2"));
      const { exitCode, stdout } = await producer.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      const diagnostics = stdout.slice(stdout.indexOf("Diagnostics:"));
      assert.equal(diagnostics.match(/failed with NoPermission/g)?.length, 1, diagnostics);
      assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/);
    });

    it("has mocks for unit tests, and expects failures in them", async () => {
      const { stdout } = await run("node", ["-e", unitTest], {
        cwd: folder,
        env: { ...process.env, PATH: env.PATH },
      });
      assert.match(stdout, /^PrepareUpload .* NoSuchBucket, .* https:\/\/eos\.aliyuncs\.com$/ms);
    });

    it("destroys", async () => {
      const before = emulator().requests.length;
      await producer.destroy();
      assert.deepEqual(await producer.resources(), []);
      assert.equal(emulator().requests.length, before);
    });
  });
}
