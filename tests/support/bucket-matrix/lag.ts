import assert from "node:assert/strict";
import type { Asker, Body } from "./asker";
import { aboutBuckets } from "./calls";

export function describeLag(asker: Asker): void {
  const { emulator, later, ask, answered, codeOf, make, storage } = asker;

  it("knows a new bucket by every second answer, and its objects later, where the rules say so", async () => {
    const BucketName = "media-assets";
    emulator().setRules({ lag: { createMs: 10_000, storageMs: 60_000 } });
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
    later(11_000);
    assert.equal(await codeOf("GetBucketInfo", { BucketName }), undefined);
    assert.equal(await codeOf("GetBucketInfo", { BucketName }), undefined);
    const oss = await storage();
    await assert.rejects(oss.put("key", Buffer.from("body")), { code: "NoSuchBucket" });
    later(61_000);
    await oss.put("key", Buffer.from("body"));
  });

  it("swings between old and new values where the rules say so", async () => {
    const BucketName = "media-assets";
    await make(BucketName, { Comment: "old" });
    emulator().setRules({ lag: { changeMs: 10_000 } });
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
    later(11_000);
    await look();
    await look();
    const [old, now] = ["private old private", "public-read new public-read"];
    assert.deepEqual(seen, [old, now, old, now, now]);
  });

  it("takes a deleted bucket for one without properties and for one that is there, where the rules say so", async () => {
    const BucketName = "media-assets";
    emulator().setRules({ lag: { deleteMs: 10_000 } });
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
    later(11_000);
    assert.equal(await look(), "NoSuchBucket");
    assert.equal(await look(), "NoSuchBucket");
    await make();
  });
}
