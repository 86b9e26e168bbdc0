import assert from "node:assert/strict";
import { ens } from "../../../emulator/ens";
import type { Asker, Body, Parameters } from "./asker";
import { aboutBuckets, refused, rule } from "./calls";

export function describeProperties(asker: Asker): void {
  const { emulator, later, answered, codeOf, make, storage } = asker;

  it("makes a bucket with all that can be said of it, and tells what ENS tells", async () => {
    const said = {
      BucketAcl: "public-read",
      Comment: `${"编".repeat(127)}😀`,
      LogicalBucketType: "sink",
    };
    const madeWith = { ...said, EnsRegionId: "cn-beijing-15", DispatchScope: "domestic" };
    assert.deepEqual(await make("media-assets", madeWith), {});
    const { BucketInfo } = (await answered("GetBucketInfo", { BucketName: "media-assets" })) as {
      readonly BucketInfo: Readonly<Record<string, string>>;
    };
    const { CreateTime = "", ModifyTime, ...told } = BucketInfo;
    assert.deepEqual(told, { BucketName: "media-assets", ...said });
    assert.match(CreateTime, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(Math.abs(Date.parse(CreateTime) - Date.now()) < 60_000);
    assert.equal(ModifyTime, CreateTime);
    const list = await answered("ListBuckets", {});
    const BucketInfos = [{ ...BucketInfo, EnsRegionId: "cn-beijing-15" }];
    assert.deepEqual(list, { BucketInfos, TotalCount: 1 });
    assert.equal(emulator().buckets.get("media-assets")?.dispatchScope, "domestic");
  });

  it("answers every action that the emulator has, and is refused each", async () => {
    const BucketName = "media-assets";
    await make();
    await (await storage()).put("key", Buffer.from("body"));
    const right: [string, Parameters][] = [
      ["PutBucket", { BucketName: "other-assets" }],
      ["ListBuckets", {}],
      ...aboutBuckets.map(([name, parameters]): [string, Parameters] => [
        name,
        { BucketName, ...parameters },
      ]),
    ];
    const all = ens.actions.map(({ name }) => name).sort();
    assert.deepEqual(right.map(([name]) => name).sort(), all);
    for (const [name, parameters] of right) await answered(name, parameters);
    // What the tests below ask for.
    assert.deepEqual([...new Set([...refused, ...aboutBuckets].map(([name]) => name))].sort(), all);
  });

  it("makes a private bucket for everywhere when nothing is said of it", async () => {
    await make();
    const { BucketInfo } = await answered("GetBucketInfo", { BucketName: "media-assets" });
    const { BucketAcl, Comment, LogicalBucketType } = BucketInfo as Body;
    assert.deepEqual(
      { BucketAcl, Comment, LogicalBucketType },
      {
        BucketAcl: "private",
        Comment: "",
        LogicalBucketType: "standard",
      },
    );
  });

  it("refuses what cannot be, by the vendor's codes, and changes nothing", async () => {
    await make();
    await answered("PutBucketLifecycle", rule({ Prefix: "tmp/" }));
    const before = JSON.stringify([...emulator().buckets]);
    for (const [action, parameters, code, status] of refused) {
      assert.equal(await codeOf(action, parameters), code, `${action} ${JSON.stringify(parameters)}`);
      assert.equal(emulator().requests.at(-1)?.status, status, code);
    }
    assert.equal(JSON.stringify([...emulator().buckets]), before);
  });

  it("knows no bucket that was not made, and none without a name", async () => {
    for (const [action, parameters] of aboutBuckets) {
      assert.equal(await codeOf(action, { BucketName: "nowhere", ...parameters }), "NoSuchBucket", action);
      assert.equal(await codeOf(action, parameters), "MissingBucketName", action);
    }
  });

  it("keeps the buckets of accounts apart, and shares those of an account among its keys", async () => {
    await make();
    for (const [action, parameters] of aboutBuckets) {
      const code = await codeOf(action, { BucketName: "media-assets", ...parameters }, "other");
      assert.equal(code, "AccessDenied", action);
    }
    assert.equal(await codeOf("PutBucket", { BucketName: "media-assets" }, "other"), "BucketAlreadyExists");
    assert.deepEqual(await answered("ListBuckets", {}, "other"), { BucketInfos: [], TotalCount: 0 });
    await answered("GetBucketInfo", { BucketName: "media-assets" }, "second-key");
  });

  it("gives an account no more buckets than its quota, until one is deleted", async () => {
    emulator().setRules({ bucketQuota: 2 });
    await make("first");
    await make("second");
    assert.equal(await codeOf("PutBucket", { BucketName: "third" }), "TooManyBuckets");
    await answered("PutBucket", { BucketName: "of-another" }, "other");
    await answered("DeleteBucket", { BucketName: "first" });
    await make("third");
  });

  it("lists buckets by name, a page at a time and by prefix", async () => {
    for (let number = 0; number < 12; number += 1) await make(`b-${String(number).padStart(2, "0")}`);
    await make("other");
    const list = async (parameters: Parameters) => {
      const { BucketInfos, TotalCount } = await answered("ListBuckets", parameters);
      return [(BucketInfos as Body[]).map(({ BucketName }) => BucketName).join(" "), TotalCount];
    };
    assert.deepEqual(await list({}), ["b-00 b-01 b-02 b-03 b-04 b-05 b-06 b-07 b-08 b-09", 13]);
    assert.deepEqual(await list({ PageNumber: "2" }), ["b-10 b-11 other", 13]);
    assert.deepEqual(await list({ Prefix: "b-", PageNumber: "3", PageSize: "5" }), ["b-10 b-11", 12]);
    assert.deepEqual(await list({ PageNumber: "3" }), ["", 13]);
    assert.deepEqual(await list({ Prefix: "other", PageSize: "100" }), ["other", 1]);
  });

  it("changes the ACL and the comment of a bucket, and when it was modified", async () => {
    await make();
    later(60_000);
    await answered("PutBucketAcl", { BucketName: "media-assets", BucketAcl: "public-read-write" });
    await answered("PutBucketAcl", { BucketName: "media-assets", BucketAcl: "public-read-write" });
    const acl = await answered("GetBucketAcl", { BucketName: "media-assets" });
    assert.deepEqual(acl, { BucketAcl: "public-read-write" });
    await answered("UpdateBucketInfo", { BucketName: "media-assets", Comment: "new" });
    await answered("UpdateBucketInfo", { BucketName: "media-assets" });
    const { BucketInfo } = await answered("GetBucketInfo", { BucketName: "media-assets" });
    const { BucketAcl, Comment, CreateTime, ModifyTime } = BucketInfo as Readonly<Record<string, string>>;
    assert.deepEqual([BucketAcl, Comment], ["public-read-write", "new"]);
    const passed = Date.parse(ModifyTime ?? "") - Date.parse(CreateTime ?? "");
    assert.ok(passed >= 59_000 && passed <= 70_000, String(passed));
  });

  it("has no UpdateBucketInfo where the rules say so", async () => {
    await make();
    emulator().setRules({ updateBucketInfo: false });
    const code = await codeOf("UpdateBucketInfo", { BucketName: "media-assets", Comment: "new" });
    assert.equal(code, "InvalidAction.NotFound");
  });

  it("adds, changes, tells and deletes lifecycle rules, one a call", async () => {
    const BucketName = "media-assets";
    await make();
    const rules = () => answered("GetBucketLifecycle", { BucketName });
    assert.equal(await codeOf("GetBucketLifecycle", { BucketName }), "NoSuchLifecycle");
    assert.equal(await codeOf("DeleteBucketLifecycle", { BucketName }), "NoSuchLifecycle");
    const { RuleId: tmp } = await answered("PutBucketLifecycle", rule({ Prefix: "tmp/" }));
    const byDate = { BucketName, Status: "Disabled", CreatedBeforeDate: "2026-01-01T00:00:00Z" };
    const { RuleId: old } = await answered("PutBucketLifecycle", { ...byDate, AllowSameActionOverlap: true });
    const ofDate = {
      ID: old,
      Prefix: "",
      Status: "Disabled",
      Expiration: { CreatedBeforeDate: "2026-01-01T00:00:00Z" },
    };
    const ofDays = { ID: tmp, Prefix: "tmp/", Status: "Enabled", Expiration: { Days: "7" } };
    assert.deepEqual(await rules(), { Rule: [ofDays, ofDate] });
    const changed = { Prefix: "temp/", Status: "Disabled", ExpirationDays: 8, RuleId: String(tmp) };
    assert.equal(await codeOf("PutBucketLifecycle", rule(changed)), "InvalidParameter.Prefix");
    const overlapping = rule({ ...changed, AllowSameActionOverlap: true });
    assert.deepEqual(await answered("PutBucketLifecycle", overlapping), { RuleId: tmp });
    const { Rule } = await answered("GetBucketLifecycle", { BucketName, RuleId: String(tmp) });
    const Expiration = { Days: "8" };
    assert.deepEqual(Rule, [{ ID: tmp, Prefix: "temp/", Status: "Disabled", Expiration }]);
    await answered("DeleteBucketLifecycle", { BucketName, RuleId: String(tmp) });
    assert.deepEqual(await rules(), { Rule: [ofDate] });
    await answered("DeleteBucketLifecycle", { BucketName });
    assert.deepEqual(emulator().buckets.get(BucketName)?.lifecycleRules, []);
  });
}
