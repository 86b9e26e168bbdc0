import assert from "node:assert/strict";
import { remove } from "../../provider/resources/bucket/remove";
import { bucketCall } from "../support/bucket-call";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { numberedKeys, oddKeys, StorageContent } from "../support/storage-content";

describe("a bucket that is deleted with its objects", () => {
  const emulator = useEmulator();
  const bucketName = "media-assets";
  const seen = (action: string) => emulator().requests.filter((one) => one.action === action).length;

  beforeEach(() => {
    emulator().clearFaults();
    emulator().clearRequests();
    emulator().removeBucket(bucketName);
    emulator().addBucket({ name: bucketName, physicalBucketName: "media-1" });
  });

  it("goes also with those that it has where it was before", async () => {
    await new StorageContent(emulator(), "media-1").put([...numberedKeys(20), ...oddKeys]);
    emulator().move(bucketName, { physicalBucketName: "media-2" });
    await new StorageContent(emulator(), "media-2").put(numberedKeys(5));
    await remove({ bucketName, forceDestroy: true }, bucketCall(emulator()));
    assert.equal(emulator().buckets.has(bucketName), false);
    assert.equal(seen("DeleteObject"), 20 + oddKeys.length);
  });

  it("goes although a replica does not know it while it is emptied", async () => {
    await new StorageContent(emulator(), "media-1").put(["a"]);
    emulator().move(bucketName, { physicalBucketName: "media-2" });
    for (const action of ["PrepareUpload", "ListObjects"])
      emulator().fail({ action, kind: "error", code: "NoSuchBucket", status: 404 });
    await remove({ bucketName, forceDestroy: true }, bucketCall(emulator()));
    assert.equal(emulator().buckets.has(bucketName), false);
  });

  it("is no error where others delete it while it is emptied", async () => {
    await new StorageContent(emulator(), "media-1").put(["a"]);
    const call = bucketCall(emulator());
    const ens: typeof call.ens = {
      call: (action, request) => {
        if (action.name === "PrepareUpload") emulator().removeBucket(bucketName);
        return call.ens.call(action, request);
      },
    };
    await remove({ bucketName, forceDestroy: true }, { ...call, ens });
    assert.equal(seen("DeleteBucket"), 2);
  });

  it("stays where nothing shows what it has, and the error does not tell to set what is set", async () => {
    // The storage lists the uploads of where a bucket is now, and ENS lists none.
    await new StorageContent(emulator(), "media-1").beginUploads(["one"]);
    emulator().move(bucketName, { physicalBucketName: "media-2" });
    const { message } = await failing(remove({ bucketName, forceDestroy: true }, bucketCall(emulator())));
    assert.match(
      message,
      /^DeleteBucket for bucket "media-assets" failed with BucketNotEmpty, request id .*\nIt was emptied 3 times, and nothing shows what it has\. Run the command again in five minutes;/,
    );
    assert.doesNotMatch(message, /forceDestroy/);
    await new StorageContent(emulator(), "media-1").abortUploads();
  });

  it("stays where somebody puts objects all the time, and the error does not tell to set what is set", async () => {
    const call = bucketCall(emulator());
    const content = new StorageContent(emulator(), "media-1");
    await content.put(["first"]);
    const ens: typeof call.ens = {
      call: async (action, request) => {
        // As soon as it is empty, it is not.
        if (action.name === "DeleteBucket") await content.put(["again"]);
        return call.ens.call(action, request);
      },
    };
    const { message } = await failing(remove({ bucketName, forceDestroy: true }, { ...call, ens }));
    assert.match(
      message,
      /not empty: it has 1 object: "again" .*\nIt was emptied 3 times\. Stop what writes to it/,
    );
    assert.doesNotMatch(message, /forceDestroy/);
  });
});
