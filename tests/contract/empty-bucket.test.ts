import assert from "node:assert/strict";
import { ApiError, CancelledError, EnsError } from "../../provider/ens/errors";
import { systemTiming } from "../../provider/ens/retry/timing";
import { countInWords, countObjects } from "../../provider/resources/bucket/count-objects";
import { emptyBucket } from "../../provider/resources/bucket/empty-bucket";
import { bucketCall } from "../support/bucket-call";
import { useEmulator } from "../support/emulator";
import { failing } from "../support/failing";
import { numberedKeys, oddKeys, StorageContent } from "../support/storage-content";

describe("what is in a bucket", () => {
  const emulator = useEmulator();
  let content: StorageContent;
  let bucketName: string;
  let tests = 0;

  beforeEach(() => {
    tests += 1;
    // Nothing of the test before is in it.
    bucketName = `media-${tests}`;
    const physicalBucketName = `media-${tests}-1`;
    emulator().addBucket({ name: bucketName, physicalBucketName });
    content = new StorageContent(emulator(), physicalBucketName);
    emulator().clearRequests();
  });
  afterEach(() => emulator().clearFaults());

  const seen = () => emulator().requests.map(({ service, action }) => `${service} ${action}`);
  const seenByStorage = () => seen().filter((one) => one.startsWith("oss"));
  const isEmpty = async () => {
    assert.deepEqual([await content.keys(), await content.uploads()], [[], []]);
  };

  describe("is deleted", () => {
    it("a thousand objects a request, with unfinished uploads", async () => {
      await content.put(numberedKeys(2500));
      await content.beginUploads(["one", "two/ü", "three +%"]);
      emulator().clearRequests();
      await emptyBucket(bucketName, bucketCall(emulator()));
      const [page, pages] = ["oss GET", ["oss POST"]];
      assert.deepEqual(seen(), [
        "ens PrepareUpload",
        ...[page, ...pages, page, ...pages, page, ...pages],
        page,
        ...["oss DELETE", "oss DELETE", "oss DELETE"],
        ...[page, page],
      ]);
      await isEmpty();
    });

    it("with any keys, also such as XML cannot carry", async () => {
      await content.put(oddKeys);
      await content.beginUploads(oddKeys);
      emulator().clearRequests();
      await emptyBucket(bucketName, bucketCall(emulator()));
      // Two by requests of their own: the real storage would refuse the XML of all.
      const [page, uploads] = ["oss GET", oddKeys.map(() => "oss DELETE")];
      assert.deepEqual(seenByStorage(), [
        ...[page, "oss POST", "oss DELETE", "oss DELETE"],
        ...[page, ...uploads],
        ...[page, page],
      ]);
      await isEmpty();
    });

    it("in one listing where there is nothing, of objects and of uploads", async () => {
      await emptyBucket(bucketName, bucketCall(emulator()));
      assert.deepEqual(seen(), ["ens PrepareUpload", "oss GET", "oss GET"]);
    });

    it("although the storage fails in between", async () => {
      await content.put(numberedKeys(1500));
      emulator().fail({ service: "oss", method: "POST", kind: "lostAnswer" });
      emulator().fail({ service: "oss", method: "GET", after: 1, kind: "reset" });
      const busy = { service: "oss", method: "POST", kind: "error", after: 1 } as const;
      emulator().fail({ ...busy, code: "ServiceUnavailable", status: 503 });
      emulator().fail({ ...busy, code: "TooManyRequests", status: 429 });
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });

    it("also where the storage cannot list uploads", async () => {
      await content.put(["one"]);
      emulator().fail({
        service: "oss",
        method: "GET",
        after: 1,
        kind: "error",
        code: "NotImplemented",
        status: 501,
      });
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });

    it("up to a refusal, which keeps what was not deleted", async () => {
      const keys = numberedKeys(1500);
      await content.put(keys);
      emulator().fail({
        service: "oss",
        method: "POST",
        after: 1,
        kind: "error",
        code: "AccessDenied",
        status: 403,
      });
      const error = await failing(emptyBucket(bucketName, bucketCall(emulator())));
      assert.ok(ApiError.isInstance(error) && error.reason === "permission");
      assert.match(
        error.message,
        /^DeleteMultipleObjects for bucket .*\n.* system policy AliyunEnsEOSFullAccess/,
      );
      assert.deepEqual(await content.keys(), keys.slice(1000));
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });

    it("but for an object that the storage refuses to delete, which the error names", async () => {
      await content.put(["a", "b"]);
      const refused = "<Error><Key>b</Key><Code>FileImmutable</Code><Message>Held.</Message></Error>";
      emulator().fail({
        service: "oss",
        method: "POST",
        kind: "body",
        body: `<DeleteResult>${refused}</DeleteResult>`,
      });
      const { message } = await failing(emptyBucket(bucketName, bucketCall(emulator())));
      assert.match(message, /^DeleteMultipleObjects for bucket .* failed with FileImmutable \("b": Held\.\)/);
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });

    it("within a second up to where the deployment is cancelled", async () => {
      const keys = numberedKeys(1500);
      await content.put(keys);
      emulator().clearRequests();
      emulator().fail({ service: "oss", method: "POST", after: 1, kind: "hang" });
      const call = bucketCall(emulator());
      const work = emptyBucket(bucketName, call);
      while (seenByStorage().length < 4) await systemTiming.sleep(5);
      const started = performance.now();
      call.cancel();
      const error = await failing(work);
      const took = performance.now() - started;
      assert.ok(took < 1000, `${took} ms`);
      assert.ok(CancelledError.isInstance(error));
      const before = seen().length;
      await systemTiming.sleep(200);
      assert.equal(seen().length, before, "nothing is sent after that");
      assert.deepEqual(await content.keys(), keys.slice(1000));
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });

    it("with a line every three seconds", async () => {
      await content.put(numberedKeys(1500));
      await content.beginUploads(["one"]);
      const call = bucketCall(emulator(), { clientReadTimeout: "3500", maxRetryTimeout: "10" });
      emulator().fail({ service: "oss", method: "DELETE", kind: "hang" });
      await emptyBucket(bucketName, call);
      assert.deepEqual(call.lines, [`${bucketName}: 1500 objects deleted`]);
    });

    it("not at all where ENS does not know the bucket", async () => {
      const error = await failing(emptyBucket("other-bucket", bucketCall(emulator())));
      assert.ok(ApiError.isInstance(error) && error.reason === "noSuchBucket");
    });

    it("by no error where only the storage does not know the bucket yet", async () => {
      emulator().fail({ service: "oss", kind: "error", code: "NoSuchBucket", status: 404 });
      await emptyBucket(bucketName, bucketCall(emulator()));
      assert.deepEqual(seen(), ["ens PrepareUpload", "oss GET"]);
    });

    it("round after round while others write, and then no more", async () => {
      await content.put(numberedKeys(1100));
      let writing = true;
      let written = 0;
      const writer = (async () => {
        for (; writing; written += 1) await content.put([`written-${written}`]);
      })();
      const error = await failing(emptyBucket(bucketName, bucketCall(emulator())));
      writing = false;
      await writer;
      assert.equal(error.constructor, EnsError);
      const [, deleted, showed] =
        /^media-\d+ is not empty, since others still write to it: (\d+) objects were deleted in 5 rounds, and the last listing still showed (\d+) objects?\.\nStop what writes to the bucket, then run the command again\./.exec(
          error.message,
        ) ?? [];
      assert.ok(Number(deleted) > 1100 && Number(deleted) < 1100 + written, error.message);
      assert.ok(Number(showed) > 0, error.message);
      await emptyBucket(bucketName, bucketCall(emulator()));
      await isEmpty();
    });
  });

  describe("is counted", () => {
    const counted = async (call = bucketCall(emulator())) => {
      const count = await countObjects(bucketName, call);
      return [count, countInWords(count)] as const;
    };

    it("with the first five names", async () => {
      await content.put([...numberedKeys(1200), "a \u{1f600}"]);
      assert.deepEqual(await counted(), [
        {
          objects: 1201,
          isMore: false,
          names: ["a \u{1f600}", "object-0000", "object-0001", "object-0002", "object-0003"],
        },
        '1201 objects, the first of them "a \u{1f600}", "object-0000", "object-0001", "object-0002", "object-0003"',
      ]);
    });

    it("with as many names as fit into a line, and of a long one its beginning", async () => {
      const [long, short] = ["x".repeat(1023), (n: number) => `images/2026/11/photo-${n}.jpg`];
      await content.put([1, 2, 3, 4].map(short));
      const two = [1, 2].map((n) => `"${short(n)}"`).join(", ");
      assert.equal((await counted())[1], `4 objects, the first of them ${two}`);
      await content.delete([1, 2, 3, 4].map(short));
      await content.put([long]);
      assert.equal((await counted())[1], `1 object: "${"x".repeat(79)}…`);
    });

    it("with all names where they are few, without asking the storage", async () => {
      await content.put(["one"]);
      await content.beginUploads(["two"]);
      emulator().clearRequests();
      assert.deepEqual(await counted(), [{ objects: 1, isMore: false, names: ["one"] }, '1 object: "one"']);
      assert.deepEqual(seen(), ["ens ListObjects"]);
    });

    it("by its uploads where there are no objects", async () => {
      await content.beginUploads(["one", "two"]);
      assert.deepEqual(await counted(), [
        { objects: 0, isMore: false, names: [], uploads: 2 },
        "2 unfinished uploads",
      ]);
    });

    it("as nothing where nothing is there", async () => {
      assert.deepEqual(await counted(), [{ objects: 0, isMore: false, names: [], uploads: 0 }, ""]);
    });

    it("as far as is known where the storage cannot be asked", async () => {
      emulator().fail({ service: "oss", kind: "reset", times: 10 });
      assert.deepEqual(await counted(bucketCall(emulator(), { maxRetryTimeout: "0" })), [
        { objects: 0, isMore: false, names: [] },
        "",
      ]);
    });

    it("no further than ten thousand", async () => {
      const keys = Array.from({ length: 1000 }, (_, n) => `object-${n}`);
      const call = bucketCall(emulator());
      let asked = 0;
      const ens = {
        call: () => {
          asked += 1;
          return Promise.resolve({ keys, nextMarker: `page ${asked}` });
        },
      } as unknown as typeof call.ens;
      const [count, words] = await counted({ ...call, ens });
      assert.deepEqual([count.objects, count.isMore, asked], [10_000, true, 10]);
      assert.match(words, /^more than 10000 objects, the first of them "object-0", /);
    });
  });
});
