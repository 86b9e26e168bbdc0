import assert from "node:assert/strict";
import type { EmulatorBucket } from "../../emulator";
import { resources } from "../../provider/resources/registry";
import { ensMocks } from "../../testing";
import { useEmulator } from "../support/emulator";
import { ProviderProcess } from "../support/provider-process";

const buckets: readonly EmulatorBucket[] = [
  {
    name: "media-assets",
    endpoint: "eos.example.com",
    placements: [
      { clientIps: "203.0.113.0/24", physicalBucketName: "media-berlin", endpoint: "eos-berlin.example.com" },
      { clientIps: "2001:db8::/32", endpoint: "eos-six.example.com:8443" },
    ],
  },
  // The emulator of the provider process keeps what adopting it changes.
  { name: "older-assets" },
  // It lies where the emulator listens, so that objects can be put.
  { name: "object-assets" },
];

interface Question {
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Looks it up by this id. */
  readonly id?: string;
}

const bucketName = "media-assets";
const objectBucket = "object-assets";
/** Relative to the checkout, where both run. */
const localFolder = "testing";
const sites = { oslo: "203.0.113.7", bergen: "203.0.113.7", lima: "198.51.100.20" };

const signature = "4dabf18193072939515e22adb298388d";
const asset = { [signature]: "c44067f5952c0a294b673a41bacd8c17" };
const archive = { [signature]: "0def7320c3a5731c473e5ecbe6d01bc7", path: "dist" };

type Questions = Readonly<Record<string, Question>>;

/** What each resource is asked. A resource without questions does not compile. */
const questions: Readonly<Record<keyof typeof resources, Questions>> = {
  BucketFolder: {
    "a folder": { inputs: { bucketName: objectBucket, path: localFolder } },
    "a folder with everything": {
      inputs: {
        bucketName: objectBucket,
        path: localFolder,
        prefix: "a b/ü+%?#😀/",
        include: ["*.ts", "*.md"],
        exclude: ["index.*"],
        fileOptions: [
          {
            files: "*.ts",
            contentType: "text/x-own",
            cacheControl: "no-cache",
            contentDisposition: "inline",
            contentEncoding: "identity",
            metadata: { Owner: "web", stage: "1" },
          },
        ],
      },
    },
    "nulls for what can be left out": {
      inputs: {
        bucketName: objectBucket,
        path: localFolder,
        prefix: null,
        include: null,
        exclude: null,
        fileOptions: null,
      },
    },
    "files that the program gives": { inputs: { bucketName: objectBucket, path: localFolder, files: "{}" } },
    "no folder": { inputs: { bucketName: objectBucket, path: "none" } },
    "a file": { inputs: { bucketName: objectBucket, path: "README.md" } },
    "a folder of which nothing is left": {
      inputs: { bucketName: objectBucket, path: localFolder, include: ["*.html"] },
    },
    "a prefix that makes keys too long": {
      inputs: { bucketName: objectBucket, path: localFolder, prefix: "ü".repeat(511) },
    },
    "several bad inputs": {
      inputs: {
        bucketName: "Media",
        path: 1,
        prefix: "/x",
        include: [],
        exclude: ["!a"],
        fileOptions: [{ files: "a/", cacheControl: "ü", cachControl: "x" }, 1],
      },
    },
    secrets: {
      inputs: {
        bucketName: objectBucket,
        path: localFolder,
        prefix: "hidden/",
        secretInputs: ["bucketName", "prefix"],
      },
    },
    "bad secrets": {
      inputs: { bucketName: "Media", path: "", prefix: "/x", secretInputs: ["bucketName", "path", "prefix"] },
    },
    "a secret bucket that is not there": {
      inputs: { bucketName: "other-assets", path: localFolder, secretInputs: ["bucketName"] },
    },
    "a bucket that is not there": { inputs: { bucketName: "other-assets", path: localFolder } },
    "a look-up": { inputs: { bucketName: objectBucket, path: localFolder }, id: `${objectBucket}/` },
  },
  Bucket: {
    "a bucket by name alone": { inputs: { bucketName: "first-bucket" } },
    "a bucket with everything": {
      inputs: {
        bucketName: "second-bucket",
        bucketAcl: "public-read",
        logicalBucketType: "sink",
        ensRegionId: "cn-beijing-15",
        comment: "for the media team",
        lifecycleRules: [
          { prefix: "tmp/", expirationDays: 7 },
          { expirationDays: 30, status: "Disabled" },
        ],
        forceDestroy: true,
        adopt: true,
      },
    },
    "a name that the program proposes": { inputs: { autoName: "media-1234567" } },
    "nulls for what can be left out": {
      inputs: {
        bucketName: "third-bucket",
        bucketAcl: null,
        comment: null,
        lifecycleRules: null,
        adopt: null,
      },
    },
    "several bad inputs": {
      inputs: { bucketName: "Media", bucketAcl: "public", logicalBucketType: "sink", lifecycleRules: [{}] },
    },
    "bad secrets": { inputs: { bucketName: "Media", comment: 7, secretInputs: ["bucketName", "comment"] } },
    "a bucket that is there already": { inputs: { bucketName } },
    "a bucket that is there already, to adopt": {
      inputs: { bucketName: "older-assets", bucketAcl: "public-read", adopt: true },
    },
    "a bucket that is there already, and cannot be adopted": {
      inputs: { bucketName, logicalBucketType: "sink", ensRegionId: "cn-beijing-15", adopt: true },
    },
    "an edge node that there is not": {
      inputs: { bucketName: "fourth-bucket", logicalBucketType: "sink", ensRegionId: "nowhere" },
    },
    "a look-up": { inputs: { bucketName }, id: bucketName },
    "a look-up of a bucket that is not there": { inputs: { bucketName: "other-assets" }, id: "other-assets" },
  },
  BucketObject: {
    "a text": { inputs: { bucketName: objectBucket, key: "index.html", content: "<h1>Hi</h1>" } },
    "an empty text": { inputs: { bucketName: objectBucket, key: "empty", content: "" } },
    "an asset of text": {
      inputs: {
        bucketName: objectBucket,
        key: "a/b.txt",
        source: { ...asset, hash: "6b51", text: "some text" },
      },
    },
    "a file": {
      inputs: {
        bucketName: objectBucket,
        key: "README",
        source: { ...asset, hash: "f00d", path: "README.md" },
      },
    },
    "a file that is not there": {
      inputs: { bucketName: objectBucket, key: "none", source: { ...asset, hash: "f00d", path: "none.md" } },
    },
    "a text with everything": {
      inputs: {
        bucketName: objectBucket,
        key: "odd key/ü+%?#😀",
        content: "x",
        contentType: "text/x-own",
        cacheControl: "no-cache",
        contentDisposition: "inline",
        contentEncoding: "identity",
        metadata: { Owner: "web", stage: "1" },
      },
    },
    "nulls for what can be left out": {
      inputs: {
        bucketName: objectBucket,
        key: "nulls",
        content: "x",
        source: null,
        contentType: null,
        metadata: { a: null },
      },
    },
    "an archive": { inputs: { bucketName: objectBucket, key: "zip", source: archive } },
    "several bad inputs": {
      inputs: { bucketName: "Media", key: "/x", content: 1, cacheControl: "ü", metadata: { "a b": 1 } },
    },
    "two contents": {
      inputs: { bucketName: objectBucket, key: "two", content: "x", source: { ...asset, text: "x" } },
    },
    "no content": { inputs: { bucketName: objectBucket, key: "none" } },
    secrets: {
      inputs: {
        bucketName: objectBucket,
        key: "k",
        content: "hidden",
        metadata: { a: "b" },
        secretInputs: ["content", "metadata.*"],
      },
    },
    "bad secrets": {
      inputs: { bucketName: "Media", key: "", content: 7, secretInputs: ["bucketName", "key", "content"] },
    },
    "a bucket that is not there": { inputs: { bucketName: "other-assets", key: "k", content: "x" } },
    "a look-up": { inputs: { bucketName: objectBucket, key: "k", content: "x" }, id: "object-assets/k" },
  },
  PreparedUpload: {
    "a bucket": { inputs: { bucketName } },
    "a bucket for a client with a place of its own": { inputs: { bucketName, clientIp: "203.0.113.7" } },
    "a bucket for a client without one": { inputs: { bucketName, clientIp: "198.51.100.20" } },
    "a bucket for an IPv6 client": { inputs: { bucketName, clientIp: "2001:db8::1" } },
    "a bucket for a private address": { inputs: { bucketName, clientIp: "10.0.0.1" } },
    "triggers of every kind": { inputs: { bucketName, triggers: ["v1", { nested: [1, null] }, true] } },
    "nulls for what can be left out": { inputs: { bucketName, clientIp: null, triggers: null } },
    "several bad inputs": { inputs: { bucketName: "Media", clientIp: "203.0.113.7:80", triggers: "v1" } },
    secrets: { inputs: { bucketName, clientIp: "203.0.113.7", secretInputs: ["bucketName", "clientIp"] } },
    "bad secrets": {
      inputs: { bucketName: "Media", clientIp: "x", secretInputs: ["bucketName", "clientIp"] },
    },
    "a secret bucket that is not there": {
      inputs: { bucketName: "other-assets", secretInputs: ["bucketName"] },
    },
    "no bucket's name": { inputs: { clientIp: "203.0.113.7" } },
    "a bucket that is not there": { inputs: { bucketName: "other-assets", clientIp: "203.0.113.7" } },
    "a look-up": { inputs: { bucketName }, id: bucketName },
    "a look-up for a client": { inputs: { bucketName, clientIp: "203.0.113.7" }, id: bucketName },
    "a look-up of a bucket that is not there": {
      inputs: { bucketName: "other-assets" },
      id: "other-assets",
    },
    "a look-up with bad inputs": { inputs: { bucketName: "Media", clientIp: "x" }, id: "Media" },
  },
  PreparedUploads: {
    "many sites": { inputs: { bucketName, clientIps: sites, triggers: ["v1"] } },
    "bad sites": { inputs: { bucketName, clientIps: { ...sites, "eu.west": "x", "": "203.0.113.7" } } },
    "no sites": { inputs: { bucketName, clientIps: {} } },
    "sites of a bucket that is not there": { inputs: { bucketName: "other-assets", clientIps: sites } },
    "a look-up of sites": { inputs: { bucketName }, id: bucketName },
    "a look-up that finds nothing": {
      inputs: { bucketName: "other-assets", clientIps: sites },
      id: "other-assets",
    },
  },
};

/** What came of a question: outputs, or the words it was refused with. */
type Outcome = { readonly outputs: unknown } | { readonly refused: string };

describe("mocks and the provider process answer alike", () => {
  const emulator = useEmulator();
  // Each question of the mocks meets the buckets as they were at first.
  beforeEach(() => {
    for (const name of emulator().buckets.keys()) emulator().removeBucket(name);
    for (const bucket of buckets) emulator().addBucket(bucket);
  });

  async function byProvider(provider: ProviderProcess, { inputs, id }: Question): Promise<Outcome> {
    try {
      if (id !== undefined) {
        const found = await provider.read(inputs, id);
        // The engine's words for a look-up that finds nothing.
        return found.id === "" ? { refused: `resource '${id}' does not exist` } : { outputs: found.state };
      }
      const failures = await provider.check(inputs);
      if (failures.length === 0)
        return { outputs: await provider.create(await provider.checkedInputs(inputs)) };
      const lines = failures.map(({ property, reason }) =>
        property === ""
          ? `resource 'media' has a problem: ${reason}`
          : `resource 'media': property ${property} has a problem: ${reason}`,
      );
      return { refused: lines.join("\n") };
    } catch (error) {
      return { refused: (error as { readonly details: string }).details };
    }
  }

  async function byMocks(className: string, { inputs, id }: Question): Promise<Outcome> {
    const type = `pulumi-nodejs:dynamic/alicloud-ens:${className}`;
    try {
      const { newResource } = ensMocks({ buckets });
      const { state } = await newResource({
        type,
        name: "media",
        inputs,
        ...(id !== undefined ? { id } : {}),
      });
      return { outputs: state };
    } catch (error) {
      return { refused: (error as Error).message };
    }
  }

  for (const { className, subpath } of Object.values(resources)) {
    const asked: Questions = new Map(Object.entries(questions)).get(className) ?? {};
    describe(`for ${className}`, () => {
      let provider: ProviderProcess;
      before(async () => {
        provider = await ProviderProcess.start({ module: subpath, env: { ...emulator().environment } });
      });
      after(() => provider.stop());

      for (const [what, question] of Object.entries(asked)) {
        it(what, async () => {
          const expected = comparable(await byProvider(provider, question));
          assert.deepEqual(comparable(await byMocks(className, question)), expected);
        });
      }
    });
  }
});

/** Without what differs from call to call: request ids, and where the credentials come from. */
function comparable(outcome: Outcome): Outcome {
  const text = JSON.stringify(outcome)
    .replace(/[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, "<request id>")
    .replace(/of the keys from (the mocks|[a-z]+ [a-z]+ \S+)/g, "of the keys");
  return JSON.parse(text);
}
