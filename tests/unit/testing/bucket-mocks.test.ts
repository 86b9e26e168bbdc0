import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import * as ens from "../../../provider";
import { ensMocks, failureOf, promiseOf } from "../../../testing";
import { readPage } from "../../support/pages";

describe("mocks for a user's tests, where the program makes buckets", () => {
  function useMocks(...[options]: Parameters<typeof ensMocks>): void {
    pulumi.runtime.setMocks(ensMocks(options), "media-storage", "dev");
  }

  it("find the place of a bucket that was made in the same program", async () => {
    useMocks();
    const bucket = new ens.Bucket("media", { bucketName: "media-assets" });
    const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
    const { bucketName, physicalBucketName } = await promiseOf(media.target);
    assert.equal(bucketName, "media-assets");
    assert.match(physicalBucketName, /^media-assets-[0-9a-f]{6}$/);
    const { message } = await failureOf(
      () => new ens.PreparedUpload("other", { bucketName: "other-assets" }),
    );
    assert.match(message, /NoSuchBucket/);
  });

  it("make it as the program says, with what it leaves out", async () => {
    useMocks();
    const lifecycleRules = [{ prefix: "tmp/", expirationDays: 7 }, { expirationDays: 30 }];
    const bucket = new ens.Bucket("media", {
      bucketName: "media-assets",
      bucketAcl: "public-read",
      comment: "for the media team",
      lifecycleRules,
    });
    const { bucketAcl, logicalBucketType, comment, forceDestroy, adopt, ensRegionId } = bucket;
    const outputs = { bucketAcl, logicalBucketType, comment, forceDestroy, adopt, ensRegionId };
    assert.deepEqual(await promiseOf(outputs), {
      bucketAcl: "public-read",
      logicalBucketType: "standard",
      comment: "for the media team",
      forceDestroy: false,
      adopt: false,
      ensRegionId: undefined,
    });
    assert.deepEqual(await promiseOf(bucket.lifecycleRules), [
      { prefix: "tmp/", expirationDays: 7, status: "Enabled" },
      { prefix: "", expirationDays: 30, status: "Enabled" },
    ]);
    assert.equal(await promiseOf(bucket.id), "media-assets");
  });

  it("name it after the resource where the program gives no name, in a preview as in an update", async () => {
    const nameIn = async (isPreview: boolean) => {
      pulumi.runtime.setMocks(ensMocks(), "media-storage", "dev", isPreview);
      const bucket = new ens.Bucket("media");
      const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
      assert.equal(await promiseOf(media.bucketName), await promiseOf(bucket.bucketName));
      return promiseOf(bucket.bucketName);
    };
    // The name on docs/bucket.md, which the real CLI gives to this resource of this project and stack.
    assert.match(readPage("docs/bucket.md"), /bucketName: "media-690b421"/);
    assert.deepEqual([await nameIn(true), await nameIn(false)], ["media-690b421", "media-690b421"]);
  });

  it("leave its id unknown in a preview, and what is not decided yet", async () => {
    pulumi.runtime.setMocks(ensMocks(), "media-storage", "dev", true);
    const isKnown = (output: unknown) => (output as { readonly isKnown: Promise<boolean> }).isKnown;
    const bucket = new ens.Bucket("media", { bucketName: "media-assets" });
    const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
    assert.equal(await isKnown(bucket.id), false);
    assert.equal(await promiseOf(bucket.bucketAcl), "private");
    assert.equal(await isKnown(media.endpoint), false);
    const commented = new ens.Bucket("commented", { comment: media.endpoint });
    assert.equal(await isKnown(commented.comment), false);
    const bad = await failureOf(() => new ens.Bucket("bad", { bucketName: "Media" }));
    assert.match(bad.message, /property bucketName has a problem/);
  });

  it("refuse inputs by their names and places, all at once", async () => {
    useMocks();
    const { message } = await failureOf(
      () =>
        new ens.Bucket("media", {
          bucketName: "Media",
          bucketAcl: "public" as "private",
          logicalBucketType: "sink",
          lifecycleRules: [{ expirationDays: 7 }, { prefix: "tmp/", expirationDays: 0 }],
        }),
    );
    const named = /^resource 'media'(?:: property (\S+))? has a problem: (?:(\S+): )?expected/gm;
    assert.deepEqual(
      [...message.matchAll(named)].map(([, property, place]) => property ?? place),
      ["bucketName", "bucketAcl", "ensRegionId", "lifecycleRules[1].expirationDays"],
    );
  });

  it("have the buckets of `buckets` already, which adopt takes over", async () => {
    useMocks({ buckets: [{ name: "media-assets", comment: "older", bucketAcl: "public-read" }] });
    const { message } = await failureOf(() => new ens.Bucket("media", { bucketName: "media-assets" }));
    assert.match(message, /already has a bucket "media-assets"\..*\nSet `adopt: true` to take it over/);
    const adopted = new ens.Bucket("media", { bucketName: "media-assets", adopt: true });
    assert.equal(await promiseOf(adopted.bucketAcl), "private");
    // The program does not say `comment`, so there is none afterwards.
    assert.equal(await promiseOf(adopted.comment), undefined);
  });

  it("make more buckets than an account may have at first, since yours may have more", async () => {
    useMocks({ buckets: Array.from({ length: 20 }, (_, index) => `older-${index}`) });
    assert.match(await promiseOf(new ens.Bucket("media").bucketName), /^media-/);
  });

  it("refuse a second bucket with the same name", async () => {
    useMocks();
    const first = new ens.Bucket("media", { bucketName: "media-assets" });
    await promiseOf(first.id);
    const { message } = await failureOf(() => new ens.Bucket("other", { bucketName: "media-assets" }));
    assert.match(message, /already has a bucket "media-assets"/);
  });

  it("keep secret what was secret, and nothing else", async () => {
    useMocks();
    const bucket = new ens.Bucket("media", {
      bucketName: pulumi.secret("media-assets"),
      lifecycleRules: [{ prefix: pulumi.secret("tmp/"), expirationDays: 7 }],
    });
    assert.equal(await promiseOf(bucket.bucketName), "media-assets");
    assert.equal(await pulumi.isSecret(bucket.bucketName), true);
    assert.equal(await pulumi.isSecret(bucket.lifecycleRules), true);
    assert.equal(await pulumi.isSecret(bucket.bucketAcl), false);
    assert.equal(await pulumi.isSecret(bucket.adopt), false);
    // Ids are in clear.
    assert.doesNotMatch(await promiseOf(bucket.id), /media-assets/);
    const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
    assert.equal(await pulumi.isSecret(media.physicalBucketName), true);
    const bad = await failureOf(
      () =>
        new ens.Bucket("bad", {
          bucketName: pulumi.secret("Media"),
          comment: pulumi.secret("x".repeat(129)),
        }),
    );
    assert.match(bad.message, /resource 'bad' has a problem: bucketName: .*got \[secret\]/);
    assert.match(bad.message, /resource 'bad' has a problem: comment: .*got \[secret\]/);
    assert.doesNotMatch(bad.message, /Media|129/);
    const taken = await failureOf(
      () => new ens.Bucket("taken", { bucketName: pulumi.secret("media-assets") }),
    );
    assert.match(taken.message, /already has a bucket "\[secret\]"/);
    assert.doesNotMatch(taken.message, /media-assets/);
  });

  it("look buckets up: those of `buckets`, and those that the program made", async () => {
    useMocks({ buckets: [{ name: "media-assets", bucketAcl: "public-read", comment: "older" }] });
    const found = ens.Bucket.get("found", "media-assets");
    assert.equal(await promiseOf(found.bucketAcl), "public-read");
    assert.equal(await promiseOf(found.comment), "older");
    assert.deepEqual(await promiseOf(found.lifecycleRules), []);
    const made = new ens.Bucket("made", { lifecycleRules: [{ expirationDays: 7 }] });
    const again = ens.Bucket.get("again", made.bucketName);
    assert.deepEqual(await promiseOf(again.lifecycleRules), await promiseOf(made.lifecycleRules));
    const missing = await failureOf(() => ens.Bucket.get("missing", "other-assets"));
    assert.match(missing.message, /bucket "other-assets" failed with NoSuchBucket/);
    const bad = await failureOf(() => ens.Bucket.get("bad", "Media"));
    assert.match(bad.message, /Bucket\.get cannot ask ENS\.\nbucketName: .*got "Media"/);
  });

  it("say the same in every run", async () => {
    const run = async () => {
      useMocks();
      const bucket = new ens.Bucket("media", { lifecycleRules: [{ expirationDays: 7 }] });
      const { target } = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
      const { id, lifecycleRules } = bucket;
      return promiseOf({ id, lifecycleRules, target });
    };
    assert.deepEqual(await run(), await run());
  });
});
