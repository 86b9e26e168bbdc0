import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import type { AttemptResult, ErrorAnswer } from "../../../../provider/ens/attempt-result";
import { RetryingClient, type RetryOptions } from "../../../../provider/ens/retry/retrying-client";
import { Slots } from "../../../../provider/ens/retry/slots";
import { VirtualTime } from "../../../support/virtual-time";

const never = new AbortController().signal;
setMaxListeners(0, never);
const answer: AttemptResult = { kind: "answer", body: {} };
const keys = { accessKeyId: "id", accessKeySecret: "secret" };
const getKeys = async () => keys;
const question = { name: "PrepareUpload", repeatable: true };
const write = { name: "CreateSomething", repeatable: false };

function refusal(code: string, statusCode = 400, retryAfter?: number): ErrorAnswer {
  return {
    kind: "errorAnswer",
    code,
    statusCode,
    message: "",
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
}

function failure(transient: boolean, mayHaveArrived = true): AttemptResult {
  return { kind: "noAnswer", why: "the connection was reset", transient, mayHaveArrived };
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

  function options(change: Partial<RetryOptions> = {}): RetryOptions {
    return {
      budgetMs: 300_000,
      slots: new Slots(64),
      timing: time,
      tell: (line) => lines.push(line),
      cancelled: never,
      ...change,
    };
  }

  /** A client of a service that answers in turn, the last answer for ever. */
  function client(results: readonly AttemptResult[], change: Partial<RetryOptions> = {}): RetryingClient {
    const send = async () => {
      asked += 1;
      await time.sleep(30);
      return results[Math.min(asked, results.length) - 1] ?? answer;
    };
    return new RetryingClient({ name: "ENS" }, { getKeys, send }, options(change));
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
      const outcome = await time.run(client([reply, reply, answer]).call(question, {}));
      assert.equal(outcome.result, answer);
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
      const outcome = await time.run(client([refusal(code)]).call(question, {}));
      assert.deepEqual([outcome.attempts, asked], [1, 1]);
    });
  }

  it("does not try again what will not get better, such as a certificate", async () => {
    assert.equal((await time.run(client([failure(false)]).call(question, {}))).attempts, 1);
  });

  /** A refusal of keys whose source then gives others, or the same. */
  function keysRefused(others: boolean): AttemptResult {
    return { ...refusal("InvalidSecurityToken.Expired"), renewKeys: async () => others };
  }

  it("tries again at once with other keys where those it had were refused, also within no budget", async () => {
    const outcome = await time.run(client([keysRefused(true), answer], { budgetMs: 0 }).call(question, {}));
    assert.deepEqual([outcome.result, outcome.attempts], [answer, 2]);
    assert.deepEqual(time.slept, [30, 30]);
  });

  it("does not try again with the keys that were refused", async () => {
    assert.equal((await time.run(client([keysRefused(false)]).call(question, {}))).attempts, 1);
  });

  it("asks for other keys once a call", async () => {
    assert.equal((await time.run(client([keysRefused(true)]).call(question, {}))).attempts, 2);
  });

  it("gives up on what is not throttling after six attempts, waiting longer and longer at most", async () => {
    const outcome = await time.run(client([failure(true)]).call(question, {}));
    assert.equal(outcome.attempts, 6);
    const waits = time.slept.filter((wait) => wait !== 30);
    [400, 800, 1600, 3200, 6400].forEach((most, index) => {
      assert.ok((waits[index] as number) <= most, `wait ${index} of ${waits[index]}`);
    });
    assert.equal(outcome.durationMs, time.now());
  });

  it("waits as long as the service asks", async () => {
    await time.run(client([refusal("ServiceUnavailable", 503, 7000), answer]).call(question, {}));
    assert.ok(time.slept.includes(7000));
    time = new VirtualTime();
    asked = 0;
    await time.run(client([refusal("Throttling", 400, 9000), answer]).call(question, {}));
    assert.ok(time.now() >= 9000 && time.now() < 9100, String(time.now()));
  });

  it("keeps trying under throttling until the budget is used up, and no longer", async () => {
    const outcome = await time.run(client([refusal("Throttling")], { budgetMs: 60_000 }).call(question, {}));
    assert.ok(outcome.attempts > 10);
    assert.equal(outcome.durationMs, 60_000);
  });

  it("gives up when the next turn comes after the budget, with what ENS said last", async () => {
    const throttled = refusal("Throttling", 400, 9000);
    const outcome = await time.run(client([throttled], { budgetMs: 5000 }).call(question, {}));
    assert.deepEqual(outcome, { result: throttled, attempts: 1, durationMs: 5000 });
    assert.equal(time.now(), 5000);
  });

  it("lets others have the turn of a call that gave up", async () => {
    const replies = [refusal("Throttling", 400, 4000), refusal("Throttling", 400, 4000), answer];
    const shared = client(replies, { budgetMs: 2000 });
    const first = await time.run(Promise.all([1, 2].map(() => shared.call(question, {}))));
    assert.deepEqual(
      first.map(({ attempts }) => attempts),
      [1, 1],
    );
    assert.equal((await time.run(shared.call(question, {}))).result, answer);
  });

  it("leaves an attempt no more than is left of the budget, the first one aside", async () => {
    const limits: number[] = [];
    const hang = failure(true);
    const send = async (_action: unknown, _parameters: unknown, _keys: unknown, remainingMs: number) => {
      limits.push(remainingMs);
      await time.sleep(Math.min(60_000, remainingMs));
      return hang;
    };
    const retrying = new RetryingClient({ name: "ENS" }, { getKeys, send }, options({ budgetMs: 100_000 }));
    const outcome = await time.run(retrying.call(question, {}));
    assert.equal(limits[0], Number.POSITIVE_INFINITY);
    assert.ok(limits[1] !== undefined && limits[1] <= 40_000, String(limits[1]));
    assert.equal(outcome.attempts, 2);
    assert.ok(Math.abs(outcome.durationMs - 100_000) < 1, String(outcome.durationMs));
  });

  it("makes one attempt where the budget is nothing", async () => {
    assert.equal((await time.run(client([failure(true)], { budgetMs: 0 }).call(question, {}))).attempts, 1);
  });

  it("tells the user once when waiting begins", async () => {
    const busy = client([...Array.from({ length: 12 }, () => refusal("Throttling", 400, 1250)), answer]);
    await time.run(Promise.all(Array.from({ length: 12 }, () => busy.call(question, {}))));
    assert.deepEqual(lines, ["ENS is throttling; 12 calls wait, next try in 1.2 s"]);
  });

  describe("of what changes something", () => {
    for (const [what, result] of [
      ["a server error, which may come after it was done", refusal("InternalError", 500)],
      ["an answer that was lost on the way", failure(true)],
      ["a nonce used before, by this very call", refusal("SignatureNonceUsed")],
    ] as const) {
      it(`does not ask again after ${what}`, async () => {
        const outcome = await time.run(client([result, answer]).call(write, {}));
        assert.deepEqual([outcome.result, outcome.attempts], [result, 1]);
      });
    }

    for (const [what, result] of [
      ["throttling, which does nothing", refusal("Throttling.User")],
      ["a connection that was never made", failure(true, false)],
    ] as const) {
      it(`asks again after ${what}`, async () => {
        const outcome = await time.run(client([result, answer]).call(write, {}));
        assert.deepEqual([outcome.result, outcome.attempts], [answer, 2]);
      });
    }
  });

  it("has no more calls under way than there are slots, of all services together", async () => {
    let [underWay, most] = [0, 0];
    const send = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await time.sleep(30);
      underWay -= 1;
      return answer;
    };
    const shared = options({ slots: new Slots(8) });
    const clients = ["ENS", "STS"].map((name) => new RetryingClient({ name }, { getKeys, send }, shared));
    const calls = clients.flatMap((one) => Array.from({ length: 200 }, () => one.call(question, {})));
    await time.run(Promise.all(calls));
    assert.equal(most, 8);
    assert.equal(time.now(), (400 / 8) * 30);
  });

  it("gets a role's keys by a call of their own without waiting for the slots of those who need them", async () => {
    const shared = options({ slots: new Slots(1) });
    const send = async () => answer;
    const sts = new RetryingClient({ name: "STS" }, { getKeys, send }, shared);
    const assumed = async () => {
      await sts.call(question, {});
      return keys;
    };
    const ens = new RetryingClient({ name: "ENS" }, { getKeys: assumed, send }, shared);
    const outcomes = await time.run(Promise.all([1, 2, 3].map(() => ens.call(question, {}))));
    assert.deepEqual(
      outcomes.map(({ result }) => result),
      [answer, answer, answer],
    );
  });

  it("counts the budget from when a call is sent, not from when it began to wait for a slot", async () => {
    const slow = async () => {
      await time.sleep(50_000);
      return answer;
    };
    const shared = options({ slots: new Slots(1), budgetMs: 60_000 });
    const first = new RetryingClient({ name: "ENS" }, { getKeys, send: slow }, shared);
    const replies = [failure(true), answer];
    const send = async () => replies.shift() ?? answer;
    const second = new RetryingClient({ name: "ENS" }, { getKeys, send }, shared);
    const calls = [first.call(question, {}), first.call(question, {}), second.call(question, {})];
    const outcome = (await time.run(Promise.all(calls)))[2];
    assert.deepEqual([outcome?.result, outcome?.attempts], [answer, 2]);
  });

  interface Crowd {
    readonly calls: number;
    /** How many begin at once. */
    readonly parallel: number;
    readonly quota: number;
    /** How many may be under way at a time. */
    readonly slots: number;
    /** Whether the service says how long to wait. */
    readonly hint: boolean;
  }

  /** Sends many calls to a service with a quota a second; how long they took of its own time, and how many it refused. */
  async function crowd({ calls, parallel, quota, slots, hint }: Crowd) {
    let [second, used, refused] = [0, 0, 0];
    const send = async (): Promise<AttemptResult> => {
      await time.sleep(30);
      const now = Math.floor(time.now() / 1000);
      if (now !== second) [second, used] = [now, 0];
      used += 1;
      if (used <= quota) return answer;
      refused += 1;
      return refusal("Throttling.User", 400, hint ? (second + 1) * 1000 - time.now() : undefined);
    };
    const shared = new RetryingClient(
      { name: "ENS" },
      { getKeys, send },
      options({ slots: new Slots(slots) }),
    );
    let left = calls;
    const worker = async () => {
      while (left > 0) {
        left -= 1;
        assert.equal((await shared.call(question, {})).result, answer);
      }
    };
    await time.run(Promise.all(Array.from({ length: parallel }, worker)));
    const share = time.now() / ((calls / quota) * 1000);
    console.log(
      `      ${share.toFixed(2)} of the quota's own time, ${refused} refused, ${lines.length} line(s)`,
    );
    return { share, refused };
  }

  for (const [parallel, hint] of [
    [8, true],
    [8, false],
    [64, true],
    [64, false],
  ] as const) {
    it(`gets 1000 calls, ${parallel} at once, through a quota of 50 a second${hint ? "" : " that does not say how long to wait"}`, async () => {
      const { share, refused } = await crowd({ calls: 1000, parallel, quota: 50, slots: parallel, hint });
      assert.ok(share <= 1.15, `${share} of the quota's own time`);
      assert.ok(refused < Math.max(50, parallel * 1.5), `${refused} refused`);
      assert.equal(lines.length, 1);
    });
  }

  for (const hint of [true, false]) {
    it(`gets 400 calls that begin at once through a quota of 40 a second${hint ? "" : " that does not say how long to wait"}`, async () => {
      const { share, refused } = await crowd({ calls: 400, parallel: 400, quota: 40, slots: 8, hint });
      assert.ok(share <= 1.2, `${share} of the quota's own time`);
      assert.ok(refused <= 20, `${refused} refused`);
      assert.equal(lines.length, 1);
    });
  }
});
