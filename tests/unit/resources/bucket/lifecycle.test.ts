import assert from "node:assert/strict";
import { ApiError, CancelledError, ConnectionError } from "../../../../provider/ens/errors";
import { PartialFailure } from "../../../../provider/lifecycle/partial-failure";
import { BucketLifecycle, type Interruption } from "../../../support/bucket-lifecycle";

const bucketName = "media-assets";

const plain = {
  bucketName,
  bucketAcl: "private",
  logicalBucketType: "standard",
  forceDestroy: false,
  adopt: false,
};

const rules = [
  { prefix: "tmp/", expirationDays: 7 },
  { prefix: "logs/", expirationDays: 30 },
];

/** The rules as state has them. */
const enabled = rules.map((rule) => ({ ...rule, status: "Enabled" }));

describe("the lifecycle of a bucket", () => {
  let bucket: BucketLifecycle;
  beforeEach(() => {
    bucket = new BucketLifecycle();
  });

  const there = () => bucket.world.buckets.byName.get(bucketName);
  const rulesThere = () =>
    there()?.lifecycleRules.map(({ prefix, expirationDays }) => [prefix, expirationDays]);
  const calls = (action: string) => bucket.called.filter((called) => called === action).length;
  /** For so many milliseconds no replica knows of any bucket. */
  const notKnowing =
    (ms: number): Interruption =>
    (action) =>
      action === "GetBucketInfo" && bucket.time.now() < ms
        ? Promise.reject(refusal("NoSuchBucket", "noSuchBucket"))
        : undefined;

  describe("when it is made", () => {
    it("is private from a name alone, and waited for until two answers show it", async () => {
      assert.deepEqual(await bucket.create({ bucketName }), plain);
      assert.equal(there()?.bucketAcl, "private");
      assert.deepEqual(bucket.called, [
        "GetBucketInfo",
        "PutBucket",
        "GetBucketInfo",
        "GetBucketInfo",
        "ListBuckets",
      ]);
      assert.deepEqual(bucket.lines, []);
    });

    it("has all that the program says", async () => {
      const inputs = {
        bucketName,
        bucketAcl: "public-read",
        logicalBucketType: "sink",
        ensRegionId: "cn-beijing-15",
        comment: "for the media team",
        lifecycleRules: rules,
        forceDestroy: true,
      };
      assert.deepEqual(await bucket.create(inputs), { ...inputs, lifecycleRules: enabled, adopt: false });
      assert.deepEqual(rulesThere(), [
        ["tmp/", 7],
        ["logs/", 30],
      ]);
    });

    it("tells the node that ENS chose, also from a later page of the list", async () => {
      for (let count = 0; count < 150; count += 1) {
        bucket.world.buckets.add({ name: `${bucketName}-${String(count).padStart(3, "0")}` });
      }
      bucket.world.rules.change({ bucketQuota: 1000 });
      bucket.world.buckets.add({ name: `${bucketName}-100-x`, ensRegionId: "cn-wuxi-1" });
      const found = await bucket.create({ bucketName: `${bucketName}-100-x`, adopt: true });
      assert.equal(found.ensRegionId, "cn-wuxi-1");
    });

    it("takes the name that was proposed where the program gives none, and keeps the one it has", () => {
      assert.equal(bucket.check({}).bucketName, "auto-1234567");
      assert.equal(bucket.check({}, { bucketName: "before-7654321" }).bucketName, "before-7654321");
      assert.equal(bucket.check({ bucketName }, { bucketName: "before" }).bucketName, bucketName);
    });

    it("is the one that was made where the answer was lost", async () => {
      bucket.interruption = losing("PutBucket", 1, { done: true });
      assert.deepEqual(await bucket.create({ bucketName }), plain);
      assert.equal(calls("PutBucket"), 1);
    });

    it("is asked for again where the request was lost", async () => {
      bucket.interruption = losing("PutBucket", 1, { done: false });
      assert.deepEqual(await bucket.create({ bucketName }), plain);
      assert.equal(calls("PutBucket"), 2);
    });

    it("is the one that was made where the answer was lost and ENS does not show it yet", async () => {
      bucket = new BucketLifecycle({ lag: { createMs: 8000 } });
      bucket.interruption = losing("PutBucket", 1, { done: true });
      assert.deepEqual(await bucket.create({ bucketName }), plain);
    });

    it("is the one that was made where the answer was lost and ENS knows nothing of it at first", async () => {
      bucket.interruption = bothOf(losing("PutBucket", 1, { done: true }), notKnowing(20_000));
      assert.deepEqual(await bucket.create({ bucketName }), plain);
    });

    it("is not taken for the one that was made where the answer was lost and ENS never shows it", async () => {
      bucket.interruption = bothOf(losing("PutBucket", 1, { done: true }), notKnowing(600_000));
      const { message } = await errorOf(bucket.create({ bucketName }));
      assert.match(
        message,
        /BucketAlreadyExists.* An earlier answer was lost, and for 120 s ENS did not show the bucket\..*`adopt: true`/s,
      );
    });

    it("ends with the error when every request is lost", async () => {
      bucket.interruption = losing("PutBucket", 99, { done: false });
      const error = await errorOf(bucket.create({ bucketName }));
      assert.ok(ConnectionError.isInstance(error));
      assert.equal(calls("PutBucket"), 3);
      assert.equal(there(), undefined);
    });

    it("is refused where the account has one, which names adopt", async () => {
      await bucket.create({ bucketName });
      const { message } = await errorOf(bucket.create({ bucketName }));
      assert.match(
        message,
        /already has a bucket "media-assets".*`adopt: true`.*`{ deleteBeforeReplace: true }`/s,
      );
      assert.equal(calls("PutBucket"), 0);
    });

    it("is refused where another account has one, which says so", async () => {
      bucket.world.buckets.create({ name: bucketName, accountId: "another" });
      assert.match((await errorOf(bucket.create({ bucketName, adopt: true }))).message, /another account/);
    });

    it("is refused where another account has one that ENS does not show", async () => {
      bucket.world.buckets.create({ name: bucketName, accountId: "another" });
      bucket.interruption = (action) =>
        action === "GetBucketInfo" ? Promise.reject(refusal("NoSuchBucket", "noSuchBucket")) : undefined;
      assert.match(
        (await errorOf(bucket.create({ bucketName }))).message,
        /BucketAlreadyExists.*has no such bucket/s,
      );
    });

    it("is taken over with adopt, and what differs is changed", async () => {
      await bucket.create({ bucketName, bucketAcl: "public-read", comment: "old", lifecycleRules: rules });
      const state = await bucket.create({ bucketName, adopt: true, lifecycleRules: [{ expirationDays: 1 }] });
      assert.deepEqual(state, {
        ...plain,
        adopt: true,
        lifecycleRules: [{ prefix: "", expirationDays: 1, status: "Enabled" }],
      });
      assert.deepEqual([there()?.bucketAcl, there()?.comment], ["private", ""]);
      assert.deepEqual(rulesThere(), [["", 1]]);
      assert.match(bucket.lines.join("\n"), /was there already, and is taken over/);
    });

    it("is not taken over where it is of another kind or on another node", async () => {
      await bucket.create({ bucketName, logicalBucketType: "sink", ensRegionId: "cn-beijing-15" });
      const other = { bucketName, adopt: true };
      assert.match(
        (await errorOf(bucket.create(other))).message,
        /cannot be taken over: logicalBucketType is sink, not standard/,
      );
      const elsewhere = { ...other, logicalBucketType: "sink", ensRegionId: "cn-wuxi-1" };
      assert.match(
        (await errorOf(bucket.create(elsewhere))).message,
        /ensRegionId is cn-beijing-15, not cn-wuxi-1/,
      );
    });

    it("waits for the name of a bucket that it has just deleted", async () => {
      await bucket.delete(await bucket.create({ bucketName }));
      let refused = 2;
      bucket.interruption = (action) =>
        action === "PutBucket" && refused-- > 0
          ? Promise.reject(refusal("BucketAlreadyExists", "bucketExists"))
          : undefined;
      assert.deepEqual(await bucket.create({ bucketName }), plain);
      assert.match(bucket.lines.join("\n"), /waiting until ENS frees the name/);
      bucket.interruption = () => undefined;
      assert.match((await errorOf(bucket.create({ bucketName }))).message, /already has a bucket/);
    });

    it("stays in state with the rules that are there when a rule fails, and the next update does the rest", async () => {
      bucket.interruption = refusing("PutBucketLifecycle", 2);
      const error = await partial(bucket.create({ bucketName, lifecycleRules: rules }));
      assert.deepEqual(error.state, { ...plain, lifecycleRules: enabled.slice(0, 1) });
      assert.match(error.message, /^lifecycleRules\[1\]: /);
      bucket.interruption = () => undefined;
      const news = { bucketName, lifecycleRules: rules };
      assert.deepEqual(await bucket.update({ ...error.state }, news), { ...plain, lifecycleRules: enabled });
      assert.equal(calls("PutBucketLifecycle"), 1);
    });

    it("has rules for objects that other rules fit too, which ENS refuses unless it is told", async () => {
      const all = { prefix: "", expirationDays: 90 };
      const state = await bucket.create({ bucketName, lifecycleRules: [...rules, all] });
      assert.deepEqual(state.lifecycleRules, [...enabled, { ...all, status: "Enabled" }]);
      await bucket.update(state, { bucketName, lifecycleRules: [...rules, { ...all, expirationDays: 60 }] });
      assert.deepEqual(rulesThere()?.at(-1), ["", 60]);
    });

    it("has the other rules when some fail, each of which the error names, also when it is changed", async () => {
      const [a, b, c, d, e] = ["a/", "b/", "c/", "d/", "e/"].map((prefix, index) => ({
        prefix,
        expirationDays: index + 1,
        status: "Enabled",
      }));
      bucket.interruption = bothOf(refusing("PutBucketLifecycle", 1), refusing("PutBucketLifecycle", 2));
      const made = await partial(bucket.create({ bucketName, lifecycleRules: [a, b, c, d] }));
      assert.deepEqual(made.state, { ...plain, lifecycleRules: [b, d] });
      assert.deepEqual(
        made.reasons.map((reason) => reason.split(":")[0]),
        ["lifecycleRules[0]", "lifecycleRules[2]"],
      );
      assert.equal(await bucket.read({ ...made.state }), "same", "a refresh in between");

      bucket.interruption = bothOf(refusing("DeleteBucketLifecycle", 1), refusing("PutBucketLifecycle", 1));
      const news = { bucketName, lifecycleRules: [a, c, e] };
      const changed = await partial(bucket.update({ ...made.state }, news));
      assert.deepEqual(changed.state, { ...plain, lifecycleRules: [c, e, b] });
      assert.deepEqual(
        changed.reasons.map((reason) => reason.split(":")[0]),
        ['The rule for prefix "b/"', "lifecycleRules[0]"],
      );
      bucket.interruption = () => undefined;
      assert.deepEqual(await bucket.update({ ...changed.state }, news), {
        ...plain,
        lifecycleRules: [a, c, e],
      });
      assert.deepEqual([calls("DeleteBucketLifecycle"), calls("PutBucketLifecycle")], [1, 1]);
    });

    it("has one rule for each that was put where answers were lost", async () => {
      bucket.interruption = losing("PutBucketLifecycle", 1, { done: true });
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      assert.deepEqual(state.lifecycleRules, enabled);
      assert.equal(rulesThere()?.length, 2);
    });

    it("has one rule for each that was put where an answer was lost and ENS shows the rule late", async () => {
      let asked = 0;
      const late: Interruption = (action) =>
        action === "GetBucketLifecycle" && ++asked <= 3 ? Promise.resolve({ rules: [] }) : undefined;
      bucket.interruption = bothOf(losing("PutBucketLifecycle", 1, { done: true }), late);
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      assert.deepEqual(state.lifecycleRules, enabled);
      assert.equal(rulesThere()?.length, 2);
    });

    it("stays in state when the deployment is cancelled while it is waited for", async () => {
      bucket = new BucketLifecycle({ lag: { createMs: 60_000 } });
      bucket.interruption = (action) => {
        if (action === "GetBucketInfo" && there() !== undefined)
          bucket.cancel.abort(new CancelledError("Nothing was changed."));
        return undefined;
      };
      const error = await partial(bucket.create({ bucketName, lifecycleRules: rules }));
      assert.deepEqual(error.state, plain);
      assert.match(error.message, /cancelled\. Bucket "media-assets" was made as far as state says/);
      assert.doesNotMatch(error.message, /Nothing was changed/);
    });
  });

  describe("while ENS lags", () => {
    it("is waited for after it was made, with a line", async () => {
      bucket = new BucketLifecycle({ lag: { createMs: 10_000 } });
      assert.deepEqual(await bucket.create({ bucketName, lifecycleRules: rules }), {
        ...plain,
        lifecycleRules: enabled,
      });
      assert.match(
        bucket.lines[0] ?? "",
        /^bucket "media-assets": waiting until ENS shows the new bucket \(3 s so far\)$/,
      );
      assert.ok(bucket.time.now() >= 10_000);
    });

    it("gets its rules although some replicas do not know it yet that is shown already", async () => {
      bucket.interruption = bothOf(unknownTo("GetBucketLifecycle", 2), unknownTo("PutBucketLifecycle", 1));
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      assert.deepEqual(state, { ...plain, lifecycleRules: enabled });
      assert.match(
        bucket.lines.join("\n"),
        /^bucket "media-assets": waiting until ENS knows it everywhere \(3 s so far\)$/m,
      );
    });

    it("is taken over although some replicas do not know it yet, or do not list it", async () => {
      await bucket.create({ bucketName, logicalBucketType: "sink", ensRegionId: "cn-beijing-15" });
      let listed = 0;
      bucket.interruption = bothOf(
        bothOf(unknownTo("PutBucketAcl", 1), unknownTo("UpdateBucketInfo", 1)),
        (action) =>
          action === "ListBuckets" && ++listed <= 2
            ? Promise.resolve({ buckets: [], totalCount: 0 })
            : undefined,
      );
      const wanted = {
        ...plain,
        logicalBucketType: "sink",
        ensRegionId: "cn-beijing-15",
        bucketAcl: "public-read",
        comment: "mine",
        adopt: true,
      };
      assert.deepEqual(await bucket.create(wanted), wanted);
    });

    it("stays in state when ENS does not show it within the limit, and the next update goes on", async () => {
      bucket = new BucketLifecycle(
        { lag: { createMs: 60_000 } },
        { "alicloud-ens:consistencyTimeout": "20" },
      );
      const inputs = { bucketName, lifecycleRules: rules };
      const error = await partial(bucket.create(inputs));
      assert.equal(error.reasons.length, 1, "nothing says that there is no such bucket");
      assert.match(error.message, /"media-assets" was made, but after 20 s ENS does not show the new bucket/);
      assert.deepEqual(error.state, plain);
      await bucket.run((call) => call.timing.sleep(60_000, call.signal));
      const state = await bucket.update({ ...error.state }, inputs);
      assert.deepEqual(state, { ...plain, lifecycleRules: enabled });
    });

    it("is waited for after a change of its ACL and its comment", async () => {
      bucket = new BucketLifecycle({ lag: { changeMs: 10_000 } });
      const state = await bucket.create({ bucketName });
      const news = { bucketName, bucketAcl: "public-read", comment: "new" };
      assert.deepEqual(await bucket.update(state, news), { ...plain, ...news });
      assert.match(bucket.lines[0] ?? "", /waiting until ENS shows what was changed \(3 s so far\)$/);
    });

    it("gets back the ACL that it had a moment ago, although an old answer shows it still", async () => {
      bucket = new BucketLifecycle({ lag: { changeMs: 8000 } });
      const state = await bucket.create({ bucketName });
      bucket.world.buckets.change(bucketName, { bucketAcl: "public-read" });
      await bucket.update({ ...state, bucketAcl: "public-read" }, { bucketName });
      assert.equal(there()?.bucketAcl, "private");
    });

    it("has not drifted and is not gone for a refresh that reads old answers", async () => {
      bucket = new BucketLifecycle({ lag: { changeMs: 8000, createMs: 8000 } });
      bucket.world.buckets.create({ name: bucketName });
      assert.equal(await bucket.read(plain), "same");
      const state = { ...plain, bucketAcl: "public-read" };
      bucket.world.buckets.change(bucketName, { bucketAcl: "public-read" });
      assert.equal(await bucket.read(state), "same");
    });

    it("with rules is not gone for a refresh and found by a look-up, where GetBucketInfo shows it first", async () => {
      bucket = new BucketLifecycle({ lag: { createMs: 8000 } });
      bucket.world.buckets.create({ name: bucketName });
      bucket.world.buckets.setLifecycleRules(bucketName, [{ id: "one", ...enabled[0] } as never]);
      const state = { ...plain, lifecycleRules: enabled.slice(0, 1) };
      assert.equal(await bucket.read(state), "same");
      bucket.world.buckets.remove(bucketName);
      bucket.world.buckets.create({ name: bucketName });
      bucket.world.buckets.setLifecycleRules(bucketName, [{ id: "one", ...enabled[0] } as never]);
      assert.deepEqual(await bucket.find({ bucketName }), state);
    });

    it("is as it was for a refresh as soon as one answer says so", async () => {
      bucket = new BucketLifecycle({ lag: { createMs: 600_000 } });
      bucket.world.buckets.create({ name: bucketName });
      assert.equal(await bucket.read(plain), "same");
      assert.equal(bucket.time.now(), 5000);
    });

    it("is asked for once more within a limit of less than five seconds", async () => {
      bucket = new BucketLifecycle(
        { lag: { createMs: 600_000 } },
        { "alicloud-ens:consistencyTimeout": "3" },
      );
      bucket.world.buckets.create({ name: bucketName });
      assert.equal(await bucket.read(plain), "same");
      assert.equal(bucket.time.now(), 3000);
    });

    it("is an error for a refresh when ENS does not settle, not drift", async () => {
      bucket = new BucketLifecycle({ lag: { changeMs: 600_000 } });
      const state = await bucket.create({ bucketName });
      bucket.world.buckets.change(bucketName, { bucketAcl: "public-read" });
      // No answer agrees with this state, and no two agree with each other.
      const other = { ...state, comment: "another" };
      assert.match((await errorOf(bucket.read(other))).message, /different answers .* for 120 s/);
    });

    it("is gone only after two answers that say so", async () => {
      bucket = new BucketLifecycle({ lag: { deleteMs: 10_000 } });
      const state = await bucket.create({ bucketName });
      await bucket.delete(state);
      assert.ok(bucket.time.now() >= 10_000);
      assert.match(bucket.lines[0] ?? "", /waiting until ENS shows that it is deleted \(3 s so far\)$/);
    });

    it("stays in state when ENS shows the deleted bucket beyond the limit", async () => {
      bucket = new BucketLifecycle(
        { lag: { deleteMs: 600_000 } },
        { "alicloud-ens:consistencyTimeout": "20" },
      );
      const state = await bucket.create({ bucketName });
      const { message } = await errorOf(bucket.delete(state));
      assert.match(
        message,
        /was deleted, but after 20 s ENS still shows it at times.*run the command again/is,
      );
    });
  });

  describe("when it is changed", () => {
    it("changes only what differs", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      const [tmp] = rules;
      const news = { bucketName, lifecycleRules: [{ prefix: "logs/", expirationDays: 60 }, tmp] };
      const now = await bucket.update(state, news);
      assert.deepEqual(now.lifecycleRules, [
        { prefix: "logs/", expirationDays: 60, status: "Enabled" },
        enabled[0],
      ]);
      assert.deepEqual(
        [calls("PutBucketLifecycle"), calls("DeleteBucketLifecycle"), calls("PutBucketAcl")],
        [1, 0, 0],
      );
    });

    it("keeps its node and its scope where the program does not say them any more", async () => {
      const said = { ensRegionId: "cn-beijing-15", dispatchScope: "domestic" };
      const state = await bucket.create({ bucketName, ...said });
      const now = await bucket.update(state, { bucketName, comment: "new" });
      assert.deepEqual(now, { ...plain, ...said, comment: "new" });
    });

    it("keeps the id of a rule that is changed", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      const ids = there()?.lifecycleRules.map(({ id }) => id);
      const changed = rules.map((rule) => ({ ...rule, status: "Disabled" }));
      await bucket.update(state, { bucketName, lifecycleRules: changed });
      assert.deepEqual(
        there()?.lifecycleRules.map(({ id }) => id),
        ids,
      );
    });

    it("deletes rules that the program has no more, also those of others; left out, it leaves all", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      const unmanaged = await bucket.update(state, { bucketName });
      assert.deepEqual(unmanaged, plain);
      assert.equal(rulesThere()?.length, 2);
      assert.deepEqual(await bucket.update(unmanaged, { bucketName, lifecycleRules: [] }), {
        ...plain,
        lifecycleRules: [],
      });
      assert.deepEqual(rulesThere(), []);
    });

    it("says what to do where ENS does not know how to change a comment, and does the rest", async () => {
      const state = await bucket.create({ bucketName, comment: "old" });
      bucket.world.rules.change({ updateBucketInfo: false });
      const error = await partial(
        bucket.update(state, { bucketName, comment: "new", bucketAcl: "public-read" }),
      );
      assert.match(error.message, /UpdateBucketInfo.*InvalidAction\.NotFound.*comment/s);
      assert.deepEqual(error.state, { ...plain, comment: "old", bucketAcl: "public-read" });
    });

    it("is an error where the bucket is gone", async () => {
      const state = await bucket.create({ bucketName });
      bucket.world.buckets.delete(bucketName);
      assert.match(
        (await errorOf(bucket.update(state, { bucketName, bucketAcl: "public-read" }))).message,
        /There is no bucket "media-assets" any more.*`pulumi refresh`/s,
      );
    });
  });

  describe("when it is read", () => {
    it("is the very same where nothing moved, with as few questions as there are", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      assert.equal(await bucket.read(state), "same");
      assert.deepEqual(bucket.called, ["GetBucketInfo", "ListBuckets", "GetBucketLifecycle"]);
    });

    it("shows what others changed", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      bucket.world.buckets.change(bucketName, { bucketAcl: "public-read", comment: "mine" });
      const date = "2027-01-01T00:00:00Z";
      const kept = there()?.lifecycleRules.slice(1) ?? [];
      bucket.world.buckets.setLifecycleRules(bucketName, [
        ...kept,
        { id: "other", prefix: "new/", status: "Enabled", createdBeforeDate: date },
      ]);
      assert.deepEqual(await bucket.read(state), {
        state: {
          ...plain,
          bucketAcl: "public-read",
          comment: "mine",
          lifecycleRules: [enabled[1], { prefix: "new/", status: "Enabled", createdBeforeDate: date }],
        },
        moved: ["bucketAcl", "comment", "lifecycleRules"],
      });
    });

    it("leaves rules alone that the program does not manage, and what ENS does not tell", async () => {
      const state = await bucket.create({ bucketName, dispatchScope: "oversea" });
      bucket.world.buckets.setLifecycleRules(bucketName, [
        { id: "other", prefix: "", status: "Enabled", expirationDays: 1 },
      ]);
      assert.equal(await bucket.read(state), "same");
      assert.ok(!bucket.called.includes("GetBucketLifecycle"));
    });

    it("is not gone where only its rules are said to be those of no bucket", async () => {
      const state = await bucket.create({ bucketName, lifecycleRules: rules });
      let answers = 2;
      bucket.interruption = (action) => {
        if (action !== "GetBucketLifecycle" || answers === 0) return undefined;
        answers -= 1;
        const details = { code: "NoSuchBucket", reason: "noSuchBucket", statusCode: 404 } as const;
        return Promise.reject(new ApiError({ what: "No such bucket.", remedy: "Ask again." }, details));
      };
      assert.equal(await bucket.read(state), "same");
    });

    it("is gone when ENS says so twice, with five seconds for a replica that lags", async () => {
      const state = await bucket.create({ bucketName });
      const started = bucket.time.now();
      const noSuchBucket = { code: "NoSuchBucket", reason: "noSuchBucket", statusCode: 404 } as const;
      bucket.interruption = (action) =>
        action === "GetBucketInfo" && bucket.time.now() < started + 4000
          ? Promise.reject(new ApiError({ what: "No such bucket.", remedy: "Ask again." }, noSuchBucket))
          : undefined;
      assert.equal(await bucket.read(state), "same");
      bucket.world.buckets.delete(bucketName);
      assert.equal(await bucket.read(state), "gone");
      assert.deepEqual(bucket.called, ["GetBucketInfo", "GetBucketInfo"]);
    });
  });

  describe("when it is deleted", () => {
    it("is gone, and gone already is success", async () => {
      const state = await bucket.create({ bucketName });
      await bucket.delete(state);
      assert.equal(there(), undefined);
      await bucket.delete(state);
    });

    it("is not deleted where another resource has just taken it over", async () => {
      const state = await bucket.create({ bucketName });
      await bucket.create({ bucketName, adopt: true });
      await bucket.delete(state);
      assert.ok(there() !== undefined);
      assert.match(bucket.lines.join("\n"), /another resource has just taken it over/);
    });

    it("is deleted again where a replica did not know it yet", async () => {
      const state = await bucket.create({ bucketName });
      let count = 0;
      bucket.interruption = (action) =>
        action === "DeleteBucket" && ++count === 1
          ? Promise.reject(refusal("NoSuchBucket", "noSuchBucket"))
          : undefined;
      await bucket.delete(state);
      assert.equal(there(), undefined);
    });
  });
});

function refusal(code: string, reason: ApiError["reason"]): ApiError {
  return new ApiError(`It failed with ${code}.`, { code, reason, statusCode: 400 });
}

/** Loses the first so many calls of an action: their answers, or the requests. */
function losing(action: string, times: number, { done }: { readonly done: boolean }): Interruption {
  let left = times;
  return (called, act) => {
    if (called !== action || left-- <= 0) return undefined;
    const isLost = () => Promise.reject(new ConnectionError("The connection was reset."));
    return done ? act().then(isLost) : isLost();
  };
}

/** Answers so many calls of an action as a replica does that does not know the bucket yet. */
function unknownTo(action: string, times: number): Interruption {
  let left = times;
  return (called) =>
    called === action && left-- > 0 ? Promise.reject(refusal("NoSuchBucket", "noSuchBucket")) : undefined;
}

function bothOf(one: Interruption, other: Interruption): Interruption {
  return (action, act) => one(action, act) ?? other(action, act);
}

/** Refuses one call of an action: the first, the second… */
function refusing(action: string, which: number): Interruption {
  let count = 0;
  return (called) =>
    called === action && ++count === which
      ? Promise.reject(refusal("InvalidParameter.Prefix", "invalidInput"))
      : undefined;
}

/** The error that work ends with. */
async function errorOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => assert.fail("It succeeded."),
    (error: Error) => error,
  );
}

async function partial(work: Promise<unknown>): Promise<PartialFailure> {
  const error = await errorOf(work);
  assert.ok(PartialFailure.isInstance(error), error.message);
  return error;
}
