import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { RetryingClient, type RetryOptions } from "../../../../provider/ens/retry/retrying-client";
import type { Reply } from "../../../../provider/ens/rpc-client";
import { VirtualTime } from "../../../support/virtual-time";

const never = new AbortController().signal;
setMaxListeners(0, never);
const answer: Reply = { kind: "answer", body: {} };

function refusal(code: string, statusCode = 400, retryAfter?: number): Reply {
  return {
    kind: "refusal",
    refusal: { code, statusCode, message: "" },
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
}

function failure(transient: boolean): Reply {
  return { kind: "failure", why: "the connection was reset", transient };
}

describe("retrying", () => {
  let time: VirtualTime;
  let lines: string[];
  let asked: number;
  beforeEach(() => {
    time = new VirtualTime();
    lines = [];
    asked = 0;
  });

  /** A client of a service that replies in turn, the last reply for ever. */
  function client(replies: readonly Reply[], change: Partial<RetryOptions> = {}): RetryingClient {
    const call = async () => {
      asked += 1;
      await time.sleep(30);
      return replies[Math.min(asked, replies.length) - 1] as Reply;
    };
    return new RetryingClient(
      { call },
      { budget: 300_000, timing: time, notify: (line) => lines.push(line), cancelled: never, ...change },
    );
  }

  for (const [what, reply] of [
    ["Throttling as a 400", refusal("Throttling")],
    ["Throttling.User as a 429", refusal("Throttling.User", 429)],
    ["Throttling.Api as a 503", refusal("Throttling.Api", 503)],
    ["a 429 with another code", refusal("TooMany", 429)],
    ["ServiceUnavailable", refusal("ServiceUnavailable", 503)],
    ["InternalError", refusal("InternalError", 500)],
    ["any other 5xx", refusal("Oops", 502)],
    ["a nonce used before", refusal("SignatureNonceUsed")],
    ["a connection that failed", failure(true)],
  ] as const) {
    it(`tries again after ${what}`, async () => {
      const outcome = await time.run(client([reply, reply, answer]).call("PrepareUpload", {}));
      assert.equal(outcome.reply, answer);
      assert.equal(outcome.attempts, 3);
    });
  }

  for (const code of [
    "NoSuchBucket",
    "NoPermission",
    "AccessDenied",
    "UserDisable",
    "InvalidBucketName",
    "InvalidClientIp",
    "InvalidAccessKeyId.NotFound",
    "SignatureDoesNotMatch",
    "InvalidSecurityToken.Expired",
    "InvalidTimeStamp.Expired",
    "SomethingNew",
  ]) {
    it(`does not try again after ${code}`, async () => {
      const outcome = await time.run(client([refusal(code)]).call("PrepareUpload", {}));
      assert.deepEqual([outcome.attempts, asked], [1, 1]);
    });
  }

  it("does not try again what will not get better, such as a certificate", async () => {
    assert.equal((await time.run(client([failure(false)]).call("PrepareUpload", {}))).attempts, 1);
  });

  /** A refusal of keys whose source then gives others, or the same. */
  function keysRefused(others: boolean): Reply {
    return { ...refusal("InvalidSecurityToken.Expired"), renewKeys: async () => others } as Reply;
  }

  it("tries again at once with other keys where those it had were refused, also within no budget", async () => {
    const outcome = await time.run(
      client([keysRefused(true), answer], { budget: 0 }).call("PrepareUpload", {}),
    );
    assert.deepEqual([outcome.reply, outcome.attempts], [answer, 2]);
    assert.deepEqual(time.slept, [30, 30]);
  });

  it("does not try again with the keys that were refused", async () => {
    assert.equal((await time.run(client([keysRefused(false)]).call("PrepareUpload", {}))).attempts, 1);
  });

  it("asks for other keys once a call", async () => {
    assert.equal((await time.run(client([keysRefused(true)]).call("PrepareUpload", {}))).attempts, 2);
  });

  it("gives up on what is not throttling after six attempts, waiting longer and longer at most", async () => {
    const outcome = await time.run(client([failure(true)]).call("PrepareUpload", {}));
    assert.equal(outcome.attempts, 6);
    const waits = time.slept.filter((wait) => wait !== 30);
    [400, 800, 1600, 3200, 6400].forEach((most, index) => {
      assert.ok((waits[index] as number) <= most, `wait ${index} of ${waits[index]}`);
    });
    assert.equal(outcome.took, time.now());
  });

  it("waits as long as the service asks", async () => {
    await time.run(client([refusal("ServiceUnavailable", 503, 7000), answer]).call("PrepareUpload", {}));
    assert.ok(time.slept.includes(7000));
    time = new VirtualTime();
    asked = 0;
    await time.run(client([refusal("Throttling", 400, 9000), answer]).call("PrepareUpload", {}));
    assert.ok(time.now() >= 9000 && time.now() < 9100, String(time.now()));
  });

  it("keeps trying under throttling until the budget is used up, and no longer", async () => {
    const outcome = await time.run(
      client([refusal("Throttling")], { budget: 60_000 }).call("PrepareUpload", {}),
    );
    assert.ok(outcome.attempts > 10);
    assert.equal(outcome.took, 60_000);
  });

  it("gives up when the next turn comes after the budget, with what ENS said last", async () => {
    const throttled = refusal("Throttling", 400, 9000);
    const outcome = await time.run(client([throttled], { budget: 5000 }).call("PrepareUpload", {}));
    assert.deepEqual(outcome, { reply: throttled, attempts: 1, took: 5000 });
    assert.equal(time.now(), 5000);
  });

  it("lets others have the turn of a call that gave up", async () => {
    const replies = [refusal("Throttling", 400, 4000), refusal("Throttling", 400, 4000), answer];
    const shared = client(replies, { budget: 2000 });
    const first = await time.run(Promise.all([1, 2].map(() => shared.call("PrepareUpload", {}))));
    assert.deepEqual(
      first.map(({ attempts }) => attempts),
      [1, 1],
    );
    assert.equal((await time.run(shared.call("PrepareUpload", {}))).reply, answer);
  });

  it("leaves an attempt no more than is left of the budget, the first one aside", async () => {
    const patiences: number[] = [];
    const hang = failure(true);
    const call = async (_action: string, _query: unknown, patience = Number.POSITIVE_INFINITY) => {
      patiences.push(patience);
      await time.sleep(Math.min(60_000, patience));
      return hang;
    };
    const options = { budget: 100_000, timing: time, notify: () => undefined, cancelled: never };
    const outcome = await time.run(new RetryingClient({ call }, options).call("PrepareUpload", {}));
    assert.equal(patiences[0], Number.POSITIVE_INFINITY);
    assert.ok(patiences[1] !== undefined && patiences[1] <= 40_000, String(patiences[1]));
    assert.equal(outcome.attempts, 2);
    assert.ok(Math.abs(outcome.took - 100_000) < 1, String(outcome.took));
  });

  it("makes one attempt where the budget is nothing", async () => {
    assert.equal(
      (await time.run(client([failure(true)], { budget: 0 }).call("PrepareUpload", {}))).attempts,
      1,
    );
  });

  it("tells the user once when waiting begins", async () => {
    const busy = client([...Array.from({ length: 12 }, () => refusal("Throttling", 400, 1250)), answer]);
    await time.run(Promise.all(Array.from({ length: 12 }, () => busy.call("PrepareUpload", {}))));
    assert.deepEqual(lines, ["ENS is throttling; 12 uploads wait, next try in 1.2 s"]);
  });

  for (const [parallel, hint] of [
    [8, true],
    [8, false],
    [64, true],
    [64, false],
  ] as const) {
    it(`gets 1000 calls, ${parallel} at once, through a quota of 50 a second${hint ? "" : " that does not say how long to wait"}`, async () => {
      let [second, used, refused] = [0, 0, 0];
      const call = async (): Promise<Reply> => {
        await time.sleep(30);
        const now = Math.floor(time.now() / 1000);
        if (now !== second) [second, used] = [now, 0];
        used += 1;
        if (used <= 50) return answer;
        refused += 1;
        return refusal("Throttling.User", 400, hint ? (second + 1) * 1000 - time.now() : undefined);
      };
      const options = {
        budget: 300_000,
        timing: time,
        notify: (line: string) => lines.push(line),
        cancelled: never,
      };
      const shared = new RetryingClient({ call }, options);
      let left = 1000;
      const worker = async () => {
        while (left > 0) {
          left -= 1;
          assert.equal((await shared.call("PrepareUpload", {})).reply, answer);
        }
      };
      await time.run(Promise.all(Array.from({ length: parallel }, worker)));
      const share = time.now() / 20_000;
      console.log(
        `      ${share.toFixed(2)} of the quota's own time, ${refused} refused, ${lines.length} line(s)`,
      );
      assert.ok(share <= 1.15, `${share} of the quota's own time`);
      assert.ok(refused < Math.max(50, parallel * 1.5), `${refused} refused`);
      assert.equal(lines.length, 1);
    });
  }
});
