import assert from "node:assert/strict";
import { World } from "../../../emulator/world/world";
import { deleteObjects } from "../../../provider/eos/actions/delete-objects";
import { listObjects } from "../../../provider/eos/actions/list-objects";
import { putObject } from "../../../provider/eos/actions/put-object";
import { bytesContent } from "../../../provider/eos/content";
import { objectsIn } from "../../../testing/emulated-objects";
import { failing } from "../../support/failing";

const odd = ["a b/ü+%?#😀&<>.txt", "a b/line\nbreak\r"];

describe("the object storage of mocks", () => {
  const place = { bucketName: "media-assets", physicalBucketName: "media-1", endpoint: "eos.aliyuncs.com" };
  let objects: ReturnType<typeof objectsIn>;

  beforeEach(() => {
    const buckets = [{ name: place.bucketName, physicalBucketName: place.physicalBucketName }];
    const world = new World({ buckets }, { objectEndpoint: place.endpoint });
    objects = objectsIn(world, () => "");
  });

  const put = (key: string) =>
    objects.call(putObject, { ...place, key, content: bytesContent(Buffer.from(key)) });
  const list = (more: { readonly prefix?: string; readonly marker?: string } = {}) =>
    objects.call(listObjects, { ...place, ...more });
  const keys = async (more: { readonly prefix?: string } = {}) =>
    (await list(more)).items.map(({ key }) => key);

  it("lists what was put, with its ETag and size, whatever it is called", async () => {
    const etags = [];
    for (const key of odd) etags.push((await put(key)).etag);
    const { items, next } = await list();
    assert.equal(next, undefined);
    const found = new Map(items.map(({ key, etag, size }) => [key, { etag, size }]));
    for (const [index, key] of odd.entries()) {
      assert.deepEqual(found.get(key), { etag: etags[index], size: Buffer.byteLength(key) });
    }
    assert.equal(found.size, odd.length);
  });

  it("lists what begins with a prefix, a thousand at a time", async () => {
    for (let n = 0; n < 1001; n += 1) await put(`site/${String(n).padStart(4, "0")}`);
    await put("other");
    const first = await list({ prefix: "site/" });
    assert.deepEqual([first.items.length, first.next], [1000, "site/0999"]);
    const second = await list({ prefix: "site/", marker: "site/0999" });
    assert.deepEqual([second.items.map(({ key }) => key), second.next], [["site/1000"], undefined]);
  });

  it("deletes what it is told, and no more; what is gone already is no error", async () => {
    for (const key of [...odd, "kept"]) await put(key);
    await objects.call(deleteObjects, { ...place, keys: [...odd, "none"] });
    assert.deepEqual(await keys(), ["kept"]);
    await objects.call(deleteObjects, { ...place, keys: odd });
    assert.deepEqual(await keys(), ["kept"]);
  });

  it("knows no other bucket", async () => {
    const other = { ...place, bucketName: "other", physicalBucketName: "other-1" };
    for (const call of [
      objects.call(listObjects, other),
      objects.call(deleteObjects, { ...other, keys: ["a"] }),
    ]) {
      assert.match((await failing(call)).message, /for bucket "other" .* failed with NoSuchBucket/);
    }
  });
});
