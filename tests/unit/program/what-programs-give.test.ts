import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import * as ens from "../../../provider";
import * as kit from "../../../testing";

const folder = mkdtempSync(join(tmpdir(), "given-"));

/** Makes Pulumi forget the promises that it has under way. Its types leave it out. */
const { leakedPromises } = require("@pulumi/pulumi/runtime/debuggable") as { leakedPromises(): unknown };

/** What a program in JavaScript, or with a cast, can give in any place. */
const anything: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", folder],
  ["an empty text", ""],
  ["a number", 7],
  ["true", true],
  ["an empty object", {}],
  ["an object", { a: 1 }],
  ["a list", [() => undefined]],
  ["a function", () => 1],
  ["a map", new Map()],
  ["an output", pulumi.output("text")],
  ["a promise", Promise.resolve(1)],
];

const bucketName = "media-assets";

/** Every place of the package's functions and constructors that takes a value. */
const places: Readonly<Record<string, (value: never) => unknown>> = {
  "PreparedUpload's args": (value) => new ens.PreparedUpload("m", value),
  "its options": (value) => new ens.PreparedUpload("m", { bucketName }, value),
  "its bucketName": (value) => new ens.PreparedUpload("m", { bucketName: value }),
  "its clientIp": (clientIp) => new ens.PreparedUpload("m", { bucketName, clientIp }),
  "its triggers": (triggers) => new ens.PreparedUpload("m", { bucketName, triggers }),
  "its provider": (provider) => new ens.PreparedUpload("m", { bucketName }, { provider }),
  "its secret outputs": (value) =>
    new ens.PreparedUpload("m", { bucketName }, { additionalSecretOutputs: value }),
  "its transformations": (value) => new ens.PreparedUpload("m", { bucketName }, { transformations: value }),
  "get's bucketName": (value) => ens.PreparedUpload.get("m", value),
  "get's args": (value) => ens.PreparedUpload.get("m", bucketName, value),
  "get's options": (value) => ens.PreparedUpload.get("m", bucketName, {}, value),
  isInstance: (value) => ens.PreparedUpload.isInstance(value),
  "an error's isInstance": (value) => ens.ApiError.isInstance(value),
  "PreparedUploads' args": (value) => new ens.PreparedUploads("m", value),
  "its clientIps": (clientIps) => new ens.PreparedUploads("m", { bucketName, clientIps }),
  "Bucket's args": (value) => new ens.Bucket("m", value),
  "its options, too": (value) => new ens.Bucket("m", {}, value),
  "its name": (value) => new ens.Bucket("m", { bucketName: value }),
  "its dispatchScope": (dispatchScope) => new ens.Bucket("m", { dispatchScope, logicalBucketType: "sink" }),
  "its lifecycleRules": (lifecycleRules) => new ens.Bucket("m", { lifecycleRules }),
  "one of them": (rule) => new ens.Bucket("m", { lifecycleRules: [rule] }),
  "Bucket.get's bucketName": (value) => ens.Bucket.get("m", value),
  "Bucket.get's options": (value) => ens.Bucket.get("m", bucketName, value),
  "Bucket.isInstance": (value) => ens.Bucket.isInstance(value),
  "Provider's args": (value) => new ens.Provider("m", value),
  "its role": (assumeRole) => new ens.Provider("m", { assumeRole }),
  "its endpoints": (endpoints) => new ens.Provider("m", { endpoints }),
  ossClientOptions: (value) => ens.ossClientOptions(value),
  "requireUploadTarget's stack": (value) => ens.requireUploadTarget(value, "uploads"),
  "requireUploadTargets' stack": (value) => ens.requireUploadTargets(value, "uploads"),
  "ensMocks' options": (value) => kit.ensMocks(value),
  "ensMocks' buckets": (buckets) => kit.ensMocks({ buckets }),
  "failureOf's function": (value) => kit.failureOf(value).catch(() => {}),
  "stackEnvironment's emulator": (value) => kit.stackEnvironment(value, folder),
  "stackEnvironment's folder": (value) => kit.stackEnvironment({ environment: {} } as kit.Emulator, value),
};

describe("what a program gives", () => {
  const ignore = () => {};
  before(() => {
    pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "id", state: inputs }), call: () => ({}) });
    process.on("unhandledRejection", ignore);
  });
  after(() => {
    process.off("unhandledRejection", ignore);
    leakedPromises();
    rmSync(folder, { recursive: true });
  });

  for (const [place, give] of Object.entries(places)) {
    it(`as ${place} is taken, or refused in words of this package`, () => {
      for (const [what, value] of anything) {
        try {
          give(value as never);
        } catch (error) {
          const isOfJavaScript = [TypeError, RangeError, ReferenceError].some(
            (type) => error instanceof type,
          );
          assert.ok(!isOfJavaScript, `${what}: ${error}`);
        }
      }
    });
  }
});
