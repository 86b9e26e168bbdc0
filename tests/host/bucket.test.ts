import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { keptBy } from "../support/kept-by";
import type { ProviderProcess } from "../support/provider-process";
import { startProvider } from "../support/start-provider";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const bucketName = "media-assets";
const rules = [
  { prefix: "tmp/", expirationDays: 7, status: "Enabled" },
  { prefix: "logs/", expirationDays: 30, status: "Enabled" },
];
const state = {
  bucketName,
  bucketAcl: "private",
  logicalBucketType: "standard",
  forceDestroy: false,
  adopt: false,
};

describe("the provider process, for a bucket", () => {
  const emulator = useEmulator();
  let provider: ProviderProcess;
  before(async () => {
    const config = { "alicloud-ens:maxRetryTimeout": "0" };
    provider = await startProvider(emulator(), { module: "bucket", config });
  });
  beforeEach(() => {
    for (const name of emulator().buckets.keys()) emulator().removeBucket(name);
    emulator().clearFaults();
    emulator().clearRequests();
  });
  after(() => provider?.stop());

  const there = () => emulator().buckets.get(bucketName);
  const rulesThere = () => there()?.lifecycleRules.map(({ prefix }) => prefix);
  const asked = () => emulator().requests.map(({ action }) => action ?? "");
  /** The calls that change something. */
  const changing = () => asked().filter((action) => !/^(?:Get|List)/.test(action));
  const fails = async (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => assert.fail("it should fail"),
      ({ message }: Error) => message,
    );

  describe("checks", () => {
    it("a program without a name: the one that is proposed, or the one that the bucket has", async () => {
      const autoName = "media-1234567";
      const { bucketName: made, ...rest } = await provider.checkedInputs({ autoName });
      assert.equal(made, autoName);
      assert.ok(!("autoName" in rest), "state does not get the proposal");
      assert.equal((await provider.checkedInputs({ autoName }, state)).bucketName, bucketName);
    });

    it("nothing that is not known yet", async () => {
      const inputs = {
        bucketName: unknown,
        bucketAcl: unknown,
        logicalBucketType: "sink",
        ensRegionId: unknown,
        comment: unknown,
        lifecycleRules: [{ prefix: unknown, expirationDays: unknown, status: unknown }, unknown],
        forceDestroy: unknown,
      };
      assert.deepEqual(await provider.check(inputs), []);
      assert.deepEqual(await provider.check({ bucketName, lifecycleRules: unknown }), []);
    });

    it("secrets without saying them", async () => {
      const failures = await provider.check({
        bucketName: "Canary_Name",
        comment: "canary".repeat(30),
        lifecycleRules: [{ prefix: "canary/", expirationDays: 0 }],
        secretInputs: ["bucketName", "comment", "lifecycleRules.*"],
      });
      assert.equal(failures.length, 3);
      assert.doesNotMatch(JSON.stringify(failures), /canary/i);
    });
  });

  describe("compares", () => {
    const same = { changes: false, replaces: [] };
    const diff = async (olds: object, news: object) => {
      const {
        changes,
        replaces,
        deleteBeforeReplace = false,
      } = await provider.diff({ ...olds }, { ...news });
      return replaces.length > 0 ? { changes, replaces, deleteBeforeReplace } : { changes, replaces };
    };

    it("nothing but what the program decides", async () => {
      assert.deepEqual(await diff(state, state), same);
      const placed = { ...state, ensRegionId: "cn-beijing-15" };
      assert.deepEqual(await diff(placed, state), same, "ENS's choice of a node");
      const scoped = { ...state, dispatchScope: "domestic" };
      assert.deepEqual(await diff(scoped, state), same, "a scope that a warning told to leave out");
      const reversed = { ...state, lifecycleRules: [...rules].reverse() };
      assert.deepEqual(await diff({ ...state, lifecycleRules: rules }, reversed), same, "the order of rules");
      assert.deepEqual(asked(), []);
    });

    it("what changes in place", async () => {
      for (const news of [
        { bucketAcl: "public-read" },
        { comment: "new" },
        { lifecycleRules: rules },
        { lifecycleRules: [] },
        { forceDestroy: true },
        { adopt: true },
        { bucketAcl: unknown },
        { lifecycleRules: unknown },
      ]) {
        assert.deepEqual(
          await diff(state, { ...state, ...news }),
          { changes: true, replaces: [] },
          JSON.stringify(news),
        );
      }
    });

    it("what replaces: under the same name, the old one goes first", async () => {
      for (const news of [
        { logicalBucketType: "sink" },
        { ensRegionId: "cn-beijing-15" },
        { dispatchScope: "oversea" },
        { ensRegionId: unknown },
        { dispatchScope: unknown },
      ]) {
        const replaces = Object.keys(news);
        assert.deepEqual(await diff(state, { ...state, ...news }), {
          changes: true,
          replaces,
          deleteBeforeReplace: true,
        });
      }
      for (const name of ["other-assets", unknown]) {
        assert.deepEqual(await diff(state, { ...state, bucketName: name }), {
          changes: true,
          replaces: ["bucketName"],
          deleteBeforeReplace: false,
        });
      }
    });

    it("a name that becomes a secret in place, since a bucket must not go for that", async () => {
      const secret = { ...state, secretInputs: ["bucketName"] };
      assert.deepEqual(await diff(state, secret), { changes: true, replaces: [] });
      assert.deepEqual(await diff(secret, state), { changes: true, replaces: [] });
    });
  });

  it("keeps a bucket of which a rule failed, with those that are there", async () => {
    emulator().fail({
      action: "PutBucketLifecycle",
      kind: "error",
      code: "InvalidParameter.Prefix",
      after: 1,
    });
    const inputs = await provider.checkedInputs({ bucketName, lifecycleRules: rules });
    const kept = await keptBy(provider.create(inputs), "bucket");
    assert.deepEqual([kept.id, kept.state], [bucketName, { ...state, lifecycleRules: rules.slice(0, 1) }]);
    assert.equal(kept.reasons.length, 1);
    assert.match(kept.reasons[0] ?? "", /^lifecycleRules\[1\]: .*InvalidParameter\.Prefix.*request id/);
    emulator().clearRequests();
    assert.deepEqual(await provider.update(kept.state, inputs), { ...state, lifecycleRules: rules });
    assert.deepEqual(changing(), ["PutBucketLifecycle"]);
  });

  it("keeps the comment that ENS does not let be changed, and changes the rest", async () => {
    emulator().addBucket({ name: bucketName, comment: "old" });
    emulator().setRules({ updateBucketInfo: false });
    const news = { ...state, comment: "new", bucketAcl: "public-read" };
    const kept = await keptBy(provider.update({ ...state, comment: "old" }, news), "bucket");
    emulator().setRules({ updateBucketInfo: true });
    assert.deepEqual(kept.state, { ...news, comment: "old" });
    assert.match(kept.reasons.join(), /UpdateBucketInfo.*InvalidAction\.NotFound/);
    assert.equal(there()?.bucketAcl, "public-read");
  });

  it("leaves to others what ignoreChanges names, with a refresh and without", async () => {
    const given = { ...state, lifecycleRules: rules, ignoreChanges: ["comment", "lifecycleRules"] };
    emulator().addBucket({ name: bucketName, comment: "theirs" });
    const { state: found } = await provider.read(given);
    const theirs = { ...given, comment: "theirs", lifecycleRules: [] };
    assert.deepEqual(found, theirs);
    // What a refresh found is shown once.
    assert.equal((await provider.diff(found, { ...found })).changes, true);
    assert.equal((await provider.diff(found, given)).changes, false);

    emulator().clearRequests();
    const updated = await provider.update(found, { ...given, bucketAcl: "public-read" });
    assert.deepEqual(updated, { ...theirs, bucketAcl: "public-read" });
    emulator().addBucket({ name: bucketName, bucketAcl: "public-read", comment: "theirs again" });
    assert.equal((await provider.update(updated, given)).comment, "theirs again");
    assert.deepEqual(changing(), ["PutBucketAcl", "PutBucketAcl"]);
  });

  describe("reads", () => {
    it("the very same state of a bucket that is as it was", async () => {
      emulator().addBucket(bucketName);
      assert.deepEqual(await provider.read(state), { id: bucketName, state });
      assert.deepEqual(asked(), ["GetBucketInfo", "ListBuckets"]);
    });

    it("what others changed, which the next comparison reports once", async () => {
      emulator().addBucket({ name: bucketName, bucketAcl: "public-read", comment: "theirs" });
      const { state: now } = await provider.read(state);
      assert.deepEqual(now, { ...state, bucketAcl: "public-read", comment: "theirs" });
      assert.equal((await provider.diff(now, { ...now })).changes, true);
      assert.equal((await provider.diff(now, { ...now })).changes, false);
    });

    it("that a bucket is gone only when ENS says so, and not on another error", async () => {
      assert.equal((await provider.read(state)).id, "");
      assert.deepEqual(asked(), ["GetBucketInfo", "GetBucketInfo"]);
      emulator().fail({ action: "GetBucketInfo", kind: "error", code: "AccessDenied", status: 403 });
      assert.match(
        await fails(provider.read(state)),
        /GetBucketInfo for bucket "media-assets".*AccessDenied/s,
      );
    });

    it("state that lacks outputs, as that of another resource, without a change to the bucket", async () => {
      emulator().addBucket({ name: bucketName, bucketAcl: "public-read", comment: "theirs" });
      const found = { ...state, bucketAcl: "public-read", comment: "theirs" };
      const own = { bucketName, region: "cn-hangzhou" };
      assert.deepEqual((await provider.read(own)).state, { ...found, lifecycleRules: [] });
      const half = { bucketName, bucketAcl: "private", lifecycleRules: rules };
      assert.deepEqual((await provider.read(half)).state, { ...found, lifecycleRules: [] });
      assert.deepEqual(changing(), []);

      // The next update brings the bucket to what the program says.
      assert.deepEqual(await provider.diff(own, state), {
        changes: true,
        replaces: [],
        deleteBeforeReplace: true,
      });
      assert.deepEqual(await provider.update(own, state), state);
      assert.deepEqual([there()?.bucketAcl, there()?.comment], ["private", ""]);
      assert.match(
        provider.stdout,
        /media-assets: its state has no bucketAcl, logicalBucketType, so ENS is asked again/,
      );
    });
  });

  it("deletes a bucket, and takes one that is gone for deleted", async () => {
    emulator().addBucket(bucketName);
    await provider.delete(state);
    assert.equal(there(), undefined);
    await provider.delete(state);
  });

  it("makes as many buckets as the quota has room for, and the others once it is raised", async () => {
    const names = Array.from({ length: 22 }, (_, n) => `media-${n}`);
    const make = (bucketName: string) => provider.create({ ...state, bucketName });
    const ended = await Promise.allSettled(names.map(make));
    const left = names.filter((_, n) => ended[n]?.status === "rejected");
    const reasons = ended.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    assert.equal(reasons.length, 2);
    for (const reason of reasons) assert.match(reason, /TooManyBuckets.*20 by default.*sales or support/s);
    assert.equal(emulator().buckets.size, 20);

    emulator().setRules({ bucketQuota: 22 });
    await Promise.all(left.map(make));
    emulator().setRules({ bucketQuota: 20 });
    assert.deepEqual([...emulator().buckets.keys()].sort(), names.sort());
  });

  it("does not say a secret name or comment, whatever fails", async () => {
    const secretInputs = ["bucketName", "comment"];
    const secret = { ...state, bucketName: "canary-name", comment: "canary comment", secretInputs };
    emulator().fail({ action: "PutBucket", kind: "error", code: "TooManyBuckets" });
    const messages = [await fails(provider.create(secret))];
    emulator().addBucket("canary-name");
    messages.push(await fails(provider.create(secret)));
    emulator().setRules({ updateBucketInfo: false });
    const kept = await keptBy(provider.update({ ...secret, comment: "old canary" }, secret), "bucket");
    emulator().setRules({ updateBucketInfo: true });
    messages.push(...kept.reasons);
    emulator().removeBucket("canary-name");
    messages.push(await fails(provider.update(secret, { ...secret, bucketAcl: "public-read" })));
    emulator().fail({ action: "DeleteBucket", kind: "error", code: "BucketNotEmpty", status: 409 });
    messages.push(await fails(provider.delete(secret)));
    assert.match(
      messages.join("\n"),
      /TooManyBuckets.*already has a bucket.*UpdateBucketInfo.*BucketNotEmpty/s,
    );
    assert.doesNotMatch(`${messages.join("\n")}\n${provider.stdout}\n${provider.stderr}`, /canary/);
  });

  describe("gets an answer that cannot be", () => {
    const info = { BucketName: bucketName, BucketAcl: "private", LogicalBucketType: "standard", Comment: "" };
    const answers: readonly (readonly [action: string, what: string, body: object, expected: RegExp])[] = [
      [
        "GetBucketInfo",
        "an ACL of no meaning",
        { BucketInfo: { ...info, BucketAcl: "public" } },
        /BucketAcl/,
      ],
      [
        "GetBucketInfo",
        "an ACL that is a list",
        { BucketInfo: { ...info, BucketAcl: ["private"] } },
        /BucketAcl/,
      ],
      ["GetBucketInfo", "a comment that is a number", { BucketInfo: { ...info, Comment: 7 } }, /Comment/],
      ["GetBucketInfo", "a text for the bucket", { BucketInfo: "media-assets" }, /BucketInfo/],
      ["ListBuckets", "a count that is no number", { BucketInfos: [info], TotalCount: "many" }, /TotalCount/],
      ["ListBuckets", "no list", { BucketInfos: "none", TotalCount: 1 }, /BucketInfos/],
      ["GetBucketLifecycle", "days that are no number", rule({ Days: "soon" }), /Days/],
      ["GetBucketLifecycle", "a rule without an id", { Rule: [{ Prefix: "", Status: "Enabled" }] }, /ID/],
    ];
    for (const [action, what, body, expected] of answers) {
      it(`of ${action}, ${what}: nothing of it enters state`, async () => {
        emulator().addBucket(bucketName);
        emulator().fail({
          action,
          kind: "body",
          body: JSON.stringify({ RequestId: "REQ-1", ...body }),
          times: 9,
        });
        const managed = { ...state, lifecycleRules: rules };
        const messages = [await fails(provider.read(managed))];
        assert.deepEqual(changing(), []);
        // An update that needs the answer keeps what state had.
        if (action === "GetBucketInfo") {
          messages.push(await fails(provider.update(state, { ...state, bucketAcl: "public-read" })));
        }
        for (const message of messages) {
          assert.match(message, new RegExp(`${action} for buckets? "media-assets.*REQ-1.*cannot be used`));
          assert.match(message, expected);
          assert.doesNotMatch(message, /TypeError|\bat .*:\d+:\d+/);
        }
      });
    }

    it("of a write, nonsense: the provider looks what became of it", async () => {
      for (const action of ["PutBucket", "PutBucketLifecycle"]) {
        emulator().fail({ action, kind: "body", body: "<html>" });
      }
      const inputs = await provider.checkedInputs({ bucketName, lifecycleRules: rules });
      assert.deepEqual(await provider.create(inputs), { ...state, lifecycleRules: rules });
      assert.deepEqual(rulesThere(), ["tmp/", "logs/"]);
    });
  });
});

function rule(expiration: object): object {
  return { Rule: [{ ID: "rule-1", Prefix: "", Status: "Enabled", Expiration: expiration }] };
}
