import assert from "node:assert/strict";
import { World } from "../../../emulator/world/world";
import { listBuckets } from "../../../provider/ens/actions/list-buckets";
import type { Caller } from "../../../provider/ens/client";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { Session } from "../../../provider/lifecycle/session";
import { resources } from "../../../provider/resources/registry";
import { callerIn } from "../../../testing/emulated-ens";
import { objectsIn } from "../../../testing/emulated-objects";
import { Folder } from "../../support/folder";
import { type ClassName, scenarios } from "../../support/plugin-scenarios";

const hint = /has no EOS bucket [^.]*\.\nDid you mean media-assets\? /;

describe("the error of a bucket that there is not", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder();
  });
  afterEach(() => folder.remove());

  /** A deployment of an account with two buckets, and how it lists them. */
  function deployment(list?: () => Promise<never>) {
    const world = new World({ buckets: ["media-assets", "logs"] }, { objectEndpoint: "eos.aliyuncs.com" });
    const asked: string[] = [];
    const { signal } = new AbortController();
    const options = { config: () => undefined, env: {}, tell: () => {}, signal };
    const session = new Session(options, ({ howToSet }) => {
      const ens = callerIn(world, howToSet);
      const call: Caller["call"] = (action, ...rest) => {
        asked.push(action.name);
        return action.name === listBuckets.name && list !== undefined ? list() : ens.call(action, ...rest);
      };
      const download = () => Promise.reject(new Error("Nothing should be read."));
      return { ens: { call }, objects: objectsIn(world, howToSet), download };
    });
    const provider = (className: ClassName) =>
      dynamicProvider(resources[className], { session, configure: async () => {} });
    const create = async (className: ClassName, bucketName: string, others: object = {}) => {
      const { inputs } = scenarios(folder)[className];
      return messageOf(provider(className).create({ ...inputs, bucketName, ...others }));
    };
    return { provider, create, listings: () => asked.filter((name) => name === listBuckets.name).length };
  }

  for (const className of ["PreparedUpload", "PreparedUploads", "BucketFolder", "BucketObject"] as const) {
    it(`names the one that was probably meant, for a ${className}`, async () => {
      const { create, provider } = deployment();
      const { inputs } = scenarios(folder)[className];
      const { inputs: checked } = await provider(className).check(
        {},
        { ...inputs, bucketName: "media-asets" },
      );
      assert.match(await create(className, "media-asets", checked), hint);
    });
  }

  it("names it for look-ups", async () => {
    const { provider } = deployment();
    for (const className of ["PreparedUpload", "Bucket"] as const) {
      assert.match(await messageOf(provider(className).read("media-asets", {})), hint, className);
    }
  });

  it("names it for the physical name in place of the logical one", async () => {
    assert.match(await deployment().create("PreparedUpload", "media-assets-d82863"), hint);
  });

  it("names none that is more than a slip away", async () => {
    for (const name of ["media-photos", "assets", "logbook", "log-2026"]) {
      const message = await deployment().create("PreparedUpload", name);
      assert.match(message, /NoSuchBucket/);
      assert.doesNotMatch(message, /Did you mean/, name);
    }
  });

  it("lists the account's buckets once in a deployment", async () => {
    const { create, listings } = deployment();
    const messages = await Promise.all(
      ["media-asets", "media-asset", "medai-assets"].map((name) => create("PreparedUpload", name)),
    );
    for (const message of messages) assert.match(message, hint);
    assert.equal(listings(), 1);
  });

  it("compares no name that is a secret, since the nearest would tell it", async () => {
    const { create, listings } = deployment();
    const message = await create("PreparedUpload", "media-asets", { secretInputs: ["bucketName"] });
    assert.match(message, /has no EOS bucket/);
    assert.doesNotMatch(message, /Did you mean|media/);
    assert.equal(listings(), 0);
  });

  it("is none in a refresh and in a destroy, which ask for no other bucket", async () => {
    const { provider, listings } = deployment();
    const state = { bucketName: "media-asets", physicalBucketName: "p", endpoint: "e", requestId: "r" };
    assert.deepEqual(await provider("PreparedUpload").read("media-asets", state), { id: "" });
    const { bucketName } = state;
    const sites = { bucketName, clientIps: { berlin: "203.0.113.7" }, places: { berlin: "p@e" } };
    assert.deepEqual(await provider("PreparedUploads").read("id", sites), { id: "" });
    await provider("BucketObject").delete("id", { bucketName, key: "a", content: "a" });
    assert.equal(listings(), 0);
  });

  it("stays as it is where buckets may not be listed", async () => {
    const { create } = deployment(() => Promise.reject(new Error("NoPermission")));
    assert.match(await create("PreparedUpload", "media-asets"), /NoSuchBucket.*\nList its buckets/s);
  });

  it("waits two seconds at most for the list", async () => {
    const { create } = deployment(() => new Promise(() => {}));
    const began = performance.now();
    assert.match(await create("PreparedUpload", "media-asets"), /NoSuchBucket.*\nList its buckets/s);
    assert.ok(performance.now() - began < 3000);
  });
});

async function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "nothing failed",
    (error: Error) => error.message,
  );
}
