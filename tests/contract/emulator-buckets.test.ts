import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Rpc from "@alicloud/pop-core";
import OSS from "ali-oss";
import { defaultAccount, type Emulator, type EmulatorAccount, startEmulator } from "../../emulator";
import { useEmulator } from "../support/emulator";

type Answer = Readonly<Record<string, unknown>>;

const partner = { accessKeyId: "partner", accessKeySecret: "p", accountId: "2" };
const BucketName = "media-assets";

describe("the emulator's buckets", () => {
  const roleArn = "acs:ram::2:role/uploader";
  const emulator = useEmulator({
    accounts: [defaultAccount, partner],
    roles: [{ roleArn }],
    buckets: [
      "everybodys",
      { name: "partners", accountId: "2", bucketAcl: "public-read", comment: "theirs" },
      { name: "placed", placements: [{ clientIps: "203.0.113.7", physicalBucketName: "placed-east" }] },
    ],
  });
  const given = ["everybodys", "partners", "placed"];
  afterEach(() => {
    emulator().clearFaults();
    for (const name of [...emulator().buckets.keys()].filter((one) => !given.includes(one))) {
      emulator().removeBucket(name);
    }
  });

  function ask(
    action: string,
    parameters: object,
    account: EmulatorAccount = defaultAccount,
  ): Promise<Answer> {
    const { accessKeyId, accessKeySecret, securityToken } = account;
    const keys = {
      accessKeyId,
      accessKeySecret,
      ...(securityToken !== undefined ? { securityToken } : {}),
    };
    const apiVersion = action === "AssumeRole" ? "2015-04-01" : "2017-11-10";
    return new Rpc({ ...keys, endpoint: emulator().url, apiVersion }).request<Answer>(action, parameters);
  }

  function storage(bucket: string, { accessKeyId, accessKeySecret }: EmulatorAccount = defaultAccount): OSS {
    const endpoint = `http://${emulator().objectEndpoint}`;
    const options = { endpoint, sldEnable: true, bucket, accessKeyId, accessKeySecret, retryMax: 0 };
    return new OSS(options as OSS.Options);
  }

  for (const [action, parameters, isDone] of [
    ["PutBucket", {}, () => emulator().buckets.has(BucketName)],
    ["PutBucketAcl", { BucketAcl: "public-read" }, () => bucket()?.bucketAcl === "public-read"],
    ["UpdateBucketInfo", { Comment: "new" }, () => bucket()?.comment === "new"],
    [
      "PutBucketLifecycle",
      { Status: "Enabled", ExpirationDays: 7 },
      () => bucket()?.lifecycleRules.length === 1,
    ],
    ["DeleteBucket", {}, () => !emulator().buckets.has(BucketName)],
  ] as const) {
    it(`does what ${action} asks although its answer is lost, and nothing when the call was`, async () => {
      if (action !== "PutBucket") await ask("PutBucket", { BucketName });
      for (const [kind, done] of [
        ["reset", false],
        ["lostAnswer", true],
      ] as const) {
        emulator().fail({ action, kind });
        await assert.rejects(ask(action, { BucketName, ...parameters }), { code: "ECONNRESET" });
        assert.equal(isDone(), done, kind);
      }
    });
  }

  function bucket() {
    return emulator().buckets.get(BucketName);
  }

  it("are refused in the vendor's words", async () => {
    emulator().setRules({ bucketQuota: 3, ensRegions: { "cn-dalian-unicom": "notPurchased" } });
    const messageOf = (action: string, parameters: object) =>
      ask(action, parameters).then(
        () => "",
        ({ data }: { data: { Message: string } }) => data.Message,
      );
    const message = (parameters: object) => messageOf("PutBucket", { BucketName, ...parameters });
    assert.match(await message({ BucketName: "A" }), /^Specified parameter BucketName is not valid\.$/);
    assert.match(await message({ EnsRegionId: "cn-1" }), /^The ens region does not exist$/);
    const denied = await message({ EnsRegionId: "cn-dalian-unicom" });
    assert.match(denied, /^The current ens region has not been purchased$/);
    await ask("PutBucket", { BucketName });
    assert.match(await message({}), /^The bucket already exists or is occupied by other users\.$/);
    const tooMany = await message({ BucketName: "one-more" });
    assert.match(tooMany, /^The number of buckets created exceeds the limit\.$/);
    await storage(bucket()?.physicalBucketName ?? "").put("key", Buffer.from("body"));
    const notEmpty = await messageOf("DeleteBucket", { BucketName });
    assert.match(notEmpty, /^The bucket you tried to delete is not empty\.$/);
    await ask("DeleteObject", { BucketName, ObjectKey: "key" });
    emulator().setRules({ bucketQuota: 20 });
  });

  it("belong to every account unless they were given to one", async () => {
    const names = async (account: EmulatorAccount) => {
      const { BucketInfos } = await ask("ListBuckets", {}, account);
      return (BucketInfos as Answer[]).map((one) => one.BucketName);
    };
    assert.deepEqual(await names(defaultAccount), ["everybodys", "placed"]);
    assert.deepEqual(await names(partner), given);
    const { BucketInfo } = await ask("GetBucketInfo", { BucketName: "partners" }, partner);
    const { BucketAcl, Comment } = BucketInfo as Answer;
    assert.deepEqual([BucketAcl, Comment], ["public-read", "theirs"]);
  });

  it("belong to the account of a role when its session made them", async () => {
    const { Credentials } = await ask("AssumeRole", { RoleArn: roleArn, RoleSessionName: "session" });
    const { AccessKeyId, AccessKeySecret, SecurityToken } = Credentials as Readonly<Record<string, string>>;
    const session = {
      accessKeyId: AccessKeyId ?? "",
      accessKeySecret: AccessKeySecret ?? "",
      securityToken: SecurityToken ?? "",
    };
    await ask("PutBucket", { BucketName }, session);
    await ask("GetBucketInfo", { BucketName }, partner);
    await assert.rejects(ask("GetBucketInfo", { BucketName }), { code: "AccessDenied" });
  });

  it("have objects wherever they are or were, the newest of a key", async () => {
    const east = storage("placed-east");
    const before = storage(emulator().buckets.get("placed")?.physicalBucketName ?? "");
    await before.put("both", Buffer.from("old"));
    await before.put("before", Buffer.from("old"));
    const { physicalBucketName } = emulator().move("placed");
    await new Promise((resolve) => setTimeout(resolve, 2));
    await east.put("both", Buffer.from("newer"));
    await storage(physicalBucketName).put("now", Buffer.from("now"));
    const { Contents } = await ask("ListObjects", { BucketName: "placed" });
    assert.deepEqual(
      (Contents as Answer[]).map(({ Key, Size }) => [Key, Size]),
      [
        ["before", 3],
        ["both", 5],
        ["now", 3],
      ],
    );
    await ask("DeleteObject", { BucketName: "placed", ObjectKey: "both" });
    for (const place of [east, before]) await assert.rejects(place.head("both"), { status: 404 });
  });

  it("let others read or write objects as their ACL says, and nothing else", async () => {
    await ask("PutBucket", { BucketName });
    const { physicalBucketName = "" } = bucket() ?? {};
    const own = storage(physicalBucketName);
    const others = storage(physicalBucketName, partner);
    const url = `${emulator().url}/${physicalBucketName}`;
    const statusOf = async (method: string, key: string) => {
      const body = method === "PUT" ? "body" : null;
      return (await fetch(`${url}/${key}`, { method, body })).status;
    };
    await own.put("key", Buffer.from("body"));
    for (const [bucketAcl, read, write] of [
      ["private", 403, 403],
      ["public-read", 200, 403],
      ["public-read-write", 200, 200],
    ] as const) {
      await ask("PutBucketAcl", { BucketName, BucketAcl: bucketAcl });
      const seen = [
        await statusOf("GET", "key"),
        await statusOf("HEAD", "key"),
        await statusOf("PUT", "new"),
      ];
      assert.deepEqual(seen, [read, read, write], bucketAcl);
      assert.equal(await statusOf("GET", ""), 403, bucketAcl);
      await assert.rejects(others.list({ "max-keys": "10" }, {}), { code: "AccessDenied" });
      const got = others.get("key").then(
        ({ res }) => res.status,
        ({ status }: { status: number }) => status,
      );
      assert.equal(await got, read, bucketAcl);
    }
    await ask("PutBucketAcl", { BucketName, BucketAcl: "private" });
    const theirs = storage(emulator().buckets.get("partners")?.physicalBucketName ?? "", partner);
    const stolen = theirs.copy("copy", "key", physicalBucketName);
    await assert.rejects(stolen, { code: "AccessDenied" });
  });
});

describe("an emulator with a folder", () => {
  let dataDir = "";
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), "emulator-buckets-"));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it("keeps the buckets that PutBucket made, beside their objects", async () => {
    const options = { dataDir, buckets: [{ name: "given", comment: "as the options say" }] };
    const first = await startEmulator(options);
    const ask = (emulator: Emulator, action: string, parameters: object) =>
      new Rpc({ ...defaultAccount, endpoint: emulator.url, apiVersion: "2017-11-10" }).request<Answer>(
        action,
        parameters,
      );
    await ask(first, "PutBucket", { BucketName: "deleted" });
    await ask(first, "PutBucket", { BucketName, Comment: "made" });
    await ask(first, "PutBucketLifecycle", { BucketName, Status: "Enabled", ExpirationDays: 7 });
    await ask(first, "UpdateBucketInfo", { BucketName: "given", Comment: "changed" });
    const endpoint = `http://${first.objectEndpoint}`;
    const bucket = first.buckets.get(BucketName)?.physicalBucketName ?? "";
    const oss = new OSS({ ...defaultAccount, endpoint, sldEnable: true, bucket } as OSS.Options);
    await oss.put("key", Buffer.from("body"));
    first.move(BucketName);
    const before = first.buckets.get(BucketName);
    await ask(first, "DeleteBucket", { BucketName: "deleted" });
    await first.stop();

    const second = await startEmulator(options);
    assert.deepEqual([...second.buckets.keys()], [BucketName, "given"]);
    assert.equal(second.buckets.get("given")?.comment, "as the options say");
    assert.deepEqual(second.buckets.get(BucketName), { ...before, endpoint: second.objectEndpoint });
    const { Contents } = await ask(second, "ListObjects", { BucketName });
    assert.equal((Contents as Answer[])[0]?.Key, "key");
    await second.stop();
  });

  it("says which file it cannot read", async () => {
    writeFileSync(join(dataDir, "buckets.json"), "[]");
    await assert.rejects(
      startEmulator({ dataDir }),
      /dataDir .* cannot hold objects: .*buckets\.json is not what an emulator wrote; remove it\.$/,
    );
  });
});
