import assert from "node:assert/strict";
import OSS from "ali-oss";
import { type Emulator, startEmulator } from "../../emulator";
import type { ActionAnswer, ActionCall } from "./gateway-client";

const accounts = [
  { accessKeyId: "own", accessKeySecret: "a-secret", accountId: "1" },
  { accessKeyId: "second-key", accessKeySecret: "a-secret", accountId: "1" },
  { accessKeyId: "other", accessKeySecret: "a-secret", accountId: "2" },
];

type Parameters = ActionCall["parameters"];
type Body = Readonly<Record<string, unknown>>;

/** What cannot be, by action, with the answer's code and status. `media-assets` is there, and has a rule. */
const refused: readonly (readonly [string, Parameters, string, number])[] = [
  ["PutBucket", {}, "MissingBucketName", 400],
  ["PutBucket", { BucketName: "Not_A_Bucket" }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "ab" }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "b".repeat(51) }, "InvalidBucketName", 400],
  ["PutBucket", { BucketName: "new-assets", BucketAcl: "public" }, "InvalidBucketAcl", 400],
  ["PutBucket", { BucketName: "new-assets", LogicalBucketType: "edge" }, "InvalidLogicalBucketType", 400],
  ["PutBucket", { BucketName: "new-assets", DispatchScope: "overseas" }, "InvalidDispatchScope", 400],
  ["PutBucket", { BucketName: "new-assets", Comment: "😀".repeat(129) }, "InvalidComment", 400],
  ["PutBucket", { BucketName: "new-assets", LogicalBucketType: "sink" }, "MissingEnsRegionId", 400],
  ["PutBucket", { BucketName: "new-assets", EnsRegionId: "cn-nowhere-1" }, "NoSuchEnsRegion", 404],
  ["PutBucket", { BucketName: "new-assets", EnsRegionId: "cn-dalian-unicom" }, "OperationDenied", 403],
  ["PutBucket", { BucketName: "media-assets" }, "BucketAlreadyExists", 400],
  ["ListBuckets", { PageNumber: "0" }, "InvalidParameter.PageNumber", 400],
  ["ListBuckets", { PageNumber: "first" }, "InvalidParameter.PageNumber", 400],
  ["ListBuckets", { PageSize: "101" }, "InvalidParameter.PageSize", 400],
  ["PutBucketAcl", { BucketName: "media-assets" }, "MissingBucketAcl", 400],
  ["PutBucketAcl", { BucketName: "media-assets", BucketAcl: "public" }, "InvalidBucketAcl", 400],
  ["UpdateBucketInfo", { BucketName: "media-assets", Comment: "x".repeat(129) }, "InvalidComment", 400],
  ["PutBucketLifecycle", { BucketName: "media-assets", ExpirationDays: 7 }, "MissingStatus", 400],
  ["PutBucketLifecycle", { ...rule({ Status: "On" }) }, "InvalidStatus", 400],
  ["PutBucketLifecycle", { BucketName: "media-assets", Status: "Enabled" }, "MissingExpirationDays", 400],
  ["PutBucketLifecycle", rule({ ExpirationDays: 0 }), "InvalidParameter.ExpirationDays", 400],
  [
    "PutBucketLifecycle",
    rule({ CreatedBeforeDate: "2026-01-01T00:00:00Z" }),
    "InvalidCreatedBeforeDate",
    400,
  ],
  [
    "PutBucketLifecycle",
    { BucketName: "media-assets", Status: "Enabled", CreatedBeforeDate: "soon" },
    "InvalidCreatedBeforeDate",
    400,
  ],
  ["PutBucketLifecycle", rule({ Prefix: "p".repeat(1024) }), "InvalidPrefix", 400],
  ["PutBucketLifecycle", rule({ Prefix: "tmp/" }), "InvalidParameter.Prefix", 400],
  ["PutBucketLifecycle", rule({ RuleId: "r".repeat(256) }), "InvalidRuleId", 400],
  ["PutBucketLifecycle", rule({ AllowSameActionOverlap: "maybe" }), "InvalidAllowSameActionOverlap", 400],
  ["PutBucketLifecycle", rule({ RuleId: "mine" }), "NoSuchLifecycle", 404],
  ["GetBucketLifecycle", { BucketName: "media-assets", RuleId: "mine" }, "NoSuchLifecycle", 404],
  ["DeleteBucketLifecycle", { BucketName: "media-assets", RuleId: "mine" }, "NoSuchLifecycle", 404],
  ["ListObjects", { BucketName: "media-assets", MaxKeys: 1001 }, "InvalidParameter.MaxKeys", 400],
  ["ListObjects", { BucketName: "media-assets", EncodingType: "base64" }, "InvalidEncodingType", 400],
  ["ListObjects", { BucketName: "media-assets", Prefix: "p".repeat(1000) }, "InvalidPrefix", 400],
  ["ListObjects", { BucketName: "media-assets", Marker: "m".repeat(1024) }, "InvalidMarker", 400],
  ["ListObjects", { BucketName: "media-assets", StartAfter: "s".repeat(1000) }, "InvalidStartAfter", 400],
  ["DeleteObject", { BucketName: "media-assets" }, "MissingObjectKey", 400],
  ["DeleteObject", { BucketName: "media-assets", ObjectKey: "nothing" }, "NoSuchKey", 404],
];

/** Every action about a bucket, with what it needs besides the bucket's name. */
const aboutBuckets: readonly (readonly [string, Parameters])[] = [
  ["GetBucketInfo", {}],
  ["UpdateBucketInfo", { Comment: "new" }],
  ["PutBucketAcl", { BucketAcl: "private" }],
  ["GetBucketAcl", {}],
  ["PutBucketLifecycle", { Status: "Enabled", ExpirationDays: 7 }],
  ["GetBucketLifecycle", {}],
  ["DeleteBucketLifecycle", {}],
  ["ListObjects", {}],
  ["DeleteObject", { ObjectKey: "key" }],
  ["PrepareUpload", {}],
  ["DeleteBucket", {}],
];

function rule(parameters: Parameters): Parameters {
  return { BucketName: "media-assets", Status: "Enabled", ExpirationDays: 7, ...parameters };
}

/** What every client must be told of buckets and their objects, whoever wrote it. */
export function describeBuckets(client: () => (call: ActionCall) => Promise<ActionAnswer>): void {
  let emulator: Emulator;
  let aheadMs = 0;

  beforeEach(async () => {
    aheadMs = 0;
    emulator = await startEmulator({
      accounts,
      clock: () => new Date(Date.now() + aheadMs),
      ensRegions: { "cn-beijing-15": "purchased", "cn-dalian-unicom": "notPurchased" },
    });
  });
  afterEach(() => emulator.stop());

  function ask(action: string, parameters: Parameters, accessKeyId = "own"): Promise<ActionAnswer> {
    const endpoint = `127.0.0.1:${emulator.port}`;
    return client()({ endpoint, accessKeyId, accessKeySecret: "a-secret", action, parameters });
  }

  async function answered(action: string, parameters: Parameters, accessKeyId?: string): Promise<Body> {
    const answer = await ask(action, parameters, accessKeyId);
    assert.ok("body" in answer, `${action}: ${JSON.stringify(answer)}`);
    const { RequestId, ...body } = answer.body;
    assert.equal(RequestId, emulator.requests.at(-1)?.requestId);
    return body;
  }

  /** The code of a refusal, which the emulator gave with this status; `undefined` when there was an answer. */
  async function codeOf(action: string, parameters: Parameters, accessKeyId?: string) {
    const answer = await ask(action, parameters, accessKeyId);
    const { code, status } = emulator.requests.at(-1) ?? {};
    assert.equal("code" in answer ? answer.code : undefined, code);
    if ("code" in answer && answer.status !== undefined) assert.equal(answer.status, status);
    return code;
  }

  function make(name = "media-assets", parameters: Parameters = {}): Promise<Body> {
    return answered("PutBucket", { BucketName: name, ...parameters });
  }

  /** The bucket as the object storage has it, for another client nobody here wrote. */
  async function storage(name = "media-assets"): Promise<OSS> {
    const { BucketName, Endpoint } = await answered("PrepareUpload", { BucketName: name });
    return new OSS({
      endpoint: `http://${Endpoint}`,
      sldEnable: true,
      bucket: String(BucketName),
      accessKeyId: "own",
      accessKeySecret: "a-secret",
      retryMax: 0,
    } as OSS.Options);
  }

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
    assert.equal(emulator.buckets.get("media-assets")?.dispatchScope, "domestic");
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
    const before = JSON.stringify([...emulator.buckets]);
    for (const [action, parameters, code, status] of refused) {
      assert.equal(await codeOf(action, parameters), code, `${action} ${JSON.stringify(parameters)}`);
      assert.equal(emulator.requests.at(-1)?.status, status, code);
    }
    assert.equal(JSON.stringify([...emulator.buckets]), before);
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
    emulator.setRules({ bucketQuota: 2 });
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
    aheadMs = 60_000;
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
    emulator.setRules({ updateBucketInfo: false });
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
    assert.deepEqual(await answered("PutBucketLifecycle", rule(changed)), { RuleId: tmp });
    const { Rule } = await answered("GetBucketLifecycle", { BucketName, RuleId: String(tmp) });
    const Expiration = { Days: "8" };
    assert.deepEqual(Rule, [{ ID: tmp, Prefix: "temp/", Status: "Disabled", Expiration }]);
    await answered("DeleteBucketLifecycle", { BucketName, RuleId: String(tmp) });
    assert.deepEqual(await rules(), { Rule: [ofDate] });
    await answered("PutBucketLifecycle", rule({ Prefix: "tmp/" }));
    await answered("DeleteBucketLifecycle", { BucketName });
    assert.deepEqual(emulator.buckets.get(BucketName)?.lifecycleRules, []);
  });

  it("shows and deletes the objects that the object storage has", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    for (const key of ["a/1.txt", "a/2 ü.txt", "b.txt"]) await oss.put(key, Buffer.from(key));
    const { Contents, ...page } = await answered("ListObjects", { BucketName, Prefix: "a/" });
    assert.deepEqual(
      (Contents as Body[]).map(({ Key, Size }) => [Key, Size]),
      [
        ["a/1.txt", 7],
        ["a/2 ü.txt", 10],
      ],
    );
    const [first] = Contents as Readonly<Record<string, string>>[];
    const { res } = await oss.head("a/1.txt");
    const { etag } = res.headers as Readonly<Record<string, string>>;
    assert.equal(`"${first?.ETag}"`, etag);
    assert.match(first?.ETag ?? "", /^[0-9A-F]{32}$/);
    assert.match(first?.LastModified ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(
      { ...page },
      {
        BucketName,
        ContinuationToken: "",
        IsTruncated: false,
        KeyCount: 2,
        Marker: "",
        MaxKeys: 100,
        Prefix: "a/",
      },
    );
    await answered("DeleteObject", { BucketName, ObjectKey: "a/1.txt" });
    await assert.rejects(oss.head("a/1.txt"), { status: 404 });
    await oss.delete("a/2 ü.txt");
    const { Contents: left } = await answered("ListObjects", { BucketName });
    assert.deepEqual(
      (left as Body[]).map(({ Key }) => Key),
      ["b.txt"],
    );
  });

  it("lists objects a page at a time, by marker, by token and after a key", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    for (const key of ["a", "b", "c d", "e"]) await oss.put(key, Buffer.from(key));
    const list = async (parameters: Parameters) => {
      const page = await answered("ListObjects", { BucketName, ...parameters });
      const keys = (page.Contents as Body[]).map(({ Key }) => Key).join(",");
      return { ...page, keys } as Readonly<Record<string, string>>;
    };
    const first = await list({ MaxKeys: 2 });
    assert.deepEqual([first.keys, first.IsTruncated, first.NextMarker], ["a,b", true, "b"]);
    const ContinuationToken = first.NextContinuationToken ?? "";
    const second = await list({ MaxKeys: 2, ContinuationToken });
    assert.deepEqual([second.keys, second.IsTruncated], ["c d,e", false]);
    assert.equal((await list({ Marker: "b" })).keys, "c d,e");
    assert.equal((await list({ StartAfter: "c d" })).keys, "e");
    assert.equal((await list({ StartAfter: "a", Marker: "b", EncodingType: "url" })).keys, "c%20d,e");
    const none = await list({ MaxKeys: 0 });
    assert.deepEqual([none.keys, none.IsTruncated, none.KeyCount], ["", false, 0]);
  });

  it("deletes a bucket only when it holds neither an object nor an upload under way", async () => {
    const BucketName = "media-assets";
    await make();
    const oss = await storage();
    await oss.put("key", Buffer.from("body"));
    const { uploadId } = await oss.initMultipartUpload("in parts");
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "BucketNotEmpty");
    await oss.delete("key");
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "BucketNotEmpty");
    await oss.abortMultipartUpload("in parts", uploadId);
    assert.deepEqual(await answered("DeleteBucket", { BucketName }), {});
    assert.equal(await codeOf("DeleteBucket", { BucketName }), "NoSuchBucket");
    await assert.rejects(oss.put("key", Buffer.from("body")), { code: "NoSuchBucket" });
    await make();
  });

  it("knows a new bucket by every second answer, and its objects later, where the rules say so", async () => {
    const BucketName = "media-assets";
    emulator.setRules({ lag: { createMs: 10_000, storageMs: 60_000 } });
    await make();
    assert.equal(await codeOf("PutBucket", { BucketName }), "BucketAlreadyExists");
    for (const [action, parameters] of aboutBuckets.filter(([name]) => name.startsWith("Get"))) {
      for (const expected of ["NoSuchBucket", "there", "NoSuchBucket", "there"]) {
        const code = await codeOf(action, { BucketName, ...parameters });
        assert.equal(code === "NoSuchBucket" ? code : "there", expected, action);
      }
    }
    assert.equal((await answered("ListBuckets", {})).TotalCount, 0);
    assert.equal((await answered("ListBuckets", {})).TotalCount, 1);
    aheadMs = 11_000;
    assert.equal(await codeOf("GetBucketInfo", { BucketName }), undefined);
    assert.equal(await codeOf("GetBucketInfo", { BucketName }), undefined);
    const oss = await storage();
    await assert.rejects(oss.put("key", Buffer.from("body")), { code: "NoSuchBucket" });
    aheadMs = 61_000;
    await oss.put("key", Buffer.from("body"));
  });

  it("swings between old and new values where the rules say so", async () => {
    const BucketName = "media-assets";
    await make(BucketName, { Comment: "old" });
    emulator.setRules({ lag: { changeMs: 10_000 } });
    await answered("PutBucketAcl", { BucketName, BucketAcl: "public-read" });
    await answered("UpdateBucketInfo", { BucketName, Comment: "new" });
    const seen: string[] = [];
    const look = async () => {
      const { BucketInfo } = await answered("GetBucketInfo", { BucketName });
      const { BucketAcl, Comment } = BucketInfo as Body;
      const acl = await answered("GetBucketAcl", { BucketName });
      seen.push(`${BucketAcl} ${Comment} ${acl.BucketAcl}`);
    };
    for (let round = 0; round < 3; round += 1) await look();
    aheadMs = 11_000;
    await look();
    await look();
    const [old, now] = ["private old private", "public-read new public-read"];
    assert.deepEqual(seen, [old, now, old, now, now]);
  });

  it("takes a deleted bucket for one without properties and for one that is there, where the rules say so", async () => {
    const BucketName = "media-assets";
    emulator.setRules({ lag: { deleteMs: 10_000 } });
    await make();
    await answered("DeleteBucket", { BucketName });
    const look = async () => {
      const answer = await ask("GetBucketInfo", { BucketName });
      if ("code" in answer) return answer.code;
      // The SDK leaves out what is null.
      return answer.body.BucketInfo ? "there" : "nothing";
    };
    const seen: string[] = [];
    for (let round = 0; round < 5; round += 1) seen.push(await look());
    assert.deepEqual(seen, ["nothing", "there", "NoSuchBucket", "there", "nothing"]);
    assert.equal(await codeOf("GetBucketAcl", { BucketName }), "NoSuchBucket");
    assert.equal(await codeOf("GetBucketAcl", { BucketName }), undefined);
    assert.equal((await answered("ListBuckets", {})).TotalCount, 0);
    assert.equal((await answered("ListBuckets", {})).TotalCount, 1);
    for (let round = 0; round < 2; round += 1) {
      assert.equal(await codeOf("DeleteBucket", { BucketName }), "NoSuchBucket");
    }
    assert.equal(await codeOf("PutBucket", { BucketName }), "BucketAlreadyExists");
    aheadMs = 11_000;
    assert.equal(await look(), "NoSuchBucket");
    assert.equal(await look(), "NoSuchBucket");
    await make();
  });
}
