import assert from "node:assert/strict";
import { ApiError, CancelledError, ConnectionError, EnsError } from "../../../provider/ens/errors";
import type { BucketPlace } from "../../../provider/eos/storage-action";
import { Deployment } from "../../../provider/lifecycle/deployment";
import type { Call } from "../../../provider/lifecycle/lifecycle";
import { untilBucketIsKnown } from "../../../provider/lifecycle/until-bucket-is-known";
import { failing } from "../../support/failing";
import { VirtualTime } from "../../support/virtual-time";

const unknown = () =>
  new ApiError("unknown", { code: "NoSuchBucket", reason: "noSuchBucket", statusCode: 404 });
const unresolved = (code: string) =>
  new ConnectionError("unresolved", { cause: Object.assign(new Error(), { code }) });

describe("waiting for a bucket that the object storage does not know yet", () => {
  let time: VirtualTime;
  let lines: string[];
  let asked: number;
  let cancellation: AbortController;

  beforeEach(() => {
    time = new VirtualTime();
    lines = [];
    asked = 0;
    cancellation = new AbortController();
  });

  const answer = async () => ({ physicalBucketName: `media-${asked}`, endpoint: "eos.aliyuncs.com" });

  function wait<T>(work: (at: BucketPlace) => Promise<T>, again: () => Promise<object> = answer) {
    const call = {
      ens: {
        call: () => {
          asked += 1;
          return asked === 1 ? answer() : again();
        },
      },
      deployment: new Deployment(),
      timing: time,
      signal: cancellation.signal,
      tell: (line: string) => lines.push(line),
      shown: (value: string) => value,
    };
    return time.run(untilBucketIsKnown("media", work, call as unknown as Call));
  }

  /** Work that fails so often, and then gives where it was done. */
  function failingWork(times: number, error: () => Error) {
    let left = times;
    return async (at: BucketPlace) => {
      left -= 1;
      if (left >= 0) throw error();
      return at.physicalBucketName;
    };
  }

  it("says nothing where the bucket is known", async () => {
    assert.equal(await wait(failingWork(0, unknown)), "media-1");
    assert.deepEqual([asked, lines], [1, []]);
  });

  for (const [what, error, line] of [
    ["the storage says so", unknown, "the object storage does not know it yet"],
    [
      "its name is unknown",
      () => unresolved("ENOTFOUND"),
      "its name at eos.aliyuncs.com does not resolve yet",
    ],
    [
      "its name cannot be looked up",
      () => unresolved("EAI_AGAIN"),
      "its name at eos.aliyuncs.com does not resolve yet",
    ],
  ] as const) {
    it(`waits where ${what}, with a line every three seconds, and goes where ENS then says`, async () => {
      assert.equal(await wait(failingWork(2, error)), "media-3");
      assert.equal(time.now(), 6000);
      assert.equal(lines[0], `bucket "media": ${line}; a new bucket needs up to five minutes (3 s so far)`);
      assert.match(lines[1] ?? "", /\(6 s so far\)$/);
    });
  }

  it("ends after six minutes, and says what is true then", async () => {
    const error = await failing(wait(failingWork(Number.POSITIVE_INFINITY, unknown)));
    assert.ok(EnsError.isInstance(error) && !ApiError.isInstance(error));
    assert.match(
      error.message,
      /^ENS says where bucket "media" is, but after 6 minutes the object storage still does not know it\.\sRun the command again later/,
    );
    assert.equal(time.now(), 360_000);
  });

  it("ends with what ENS says, when that does not know the bucket either", async () => {
    const gone = unknown();
    assert.equal(await failing(wait(failingWork(9, unknown), () => Promise.reject(gone))), gone);
    assert.equal(asked, 2);
  });

  for (const error of [
    new ApiError("denied", { code: "AccessDenied", reason: "permission", statusCode: 403 }),
    unresolved("ECONNREFUSED"),
    new Error("a fault"),
  ]) {
    it(`does not wait after another error: ${error.message}`, async () => {
      assert.equal(await failing(wait(failingWork(1, () => error))), error);
      assert.equal(asked, 1);
    });
  }

  it("ends when the deployment is cancelled", async () => {
    const cancelled = new CancelledError("Cancelled.");
    const work = async () => {
      if (time.now() >= 9000) cancellation.abort(cancelled);
      throw unknown();
    };
    assert.equal(await failing(wait(work)), cancelled);
  });
});
