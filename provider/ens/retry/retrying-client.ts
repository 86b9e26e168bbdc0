import type { Action, Service } from "../action";
import type { AttemptResult } from "../attempt-result";
import type { Attempts } from "../describe-attempts";
import type { Keys } from "../keys";
import type { CalledAction } from "../rpc-client";
import { untilAborted } from "../transport/until-aborted";
import { backoff } from "./backoff";
import type { CallSoFar } from "./call-so-far";
import { newCall } from "./call-so-far";
import { Pacer } from "./pacer";
import type { RetryReason } from "./retry-reason";
import { mayBeDone, retryReason } from "./retry-reason";
import type { Slots } from "./slots";
import type { Timing } from "./timing";

/** What limits trying again. */
export interface RetryOptions {
  /**
   * How long all attempts of a call together may take, in milliseconds. The first is always made, and in full. What sends
   * for longer may still be tried again when it fails: the time counts from the last progress.
   */
  readonly budgetMs: number;
  /** How many calls of the process may be under way at a time. */
  readonly slots: Slots;
  readonly timing: Timing;
  /** Gives the user a line when calls begin to wait. */
  readonly tell: (line: string) => void;
  /** Ends every wait; its reason becomes the error. */
  readonly cancelled: AbortSignal;
}

/** The result of a call, and how many attempts and how much time it took. */
export interface Outcome extends Attempts {
  readonly result: AttemptResult;
}

/** A call ends after this many failures; throttling does not count. A wrong host would fail for ever. */
const mostFailures = 6;

/** One attempt that was made. */
interface Attempt {
  readonly result: AttemptResult;
  /** When it was sent. */
  readonly started: number;
  /** Why the call should be tried again. */
  readonly reason: RetryReason | undefined;
}

/** Makes the attempts of a call, each by itself. */
export interface Sender<Called, Sent> {
  /** The keys for the next attempt. */
  getKeys(): Promise<Keys | undefined>;
  /**
   * @param remainingMs - Ends the attempt, where that is earlier than its own timeout.
   * @param progressed - Called when a part of a long request has been sent.
   */
  send(
    action: Called,
    request: Sent,
    keys: Keys | undefined,
    remainingMs: number,
    progressed: () => void,
  ): Promise<AttemptResult>;
}

type Repeated = Pick<Action<never, unknown>, "repeatable">;

/** Tries a call again where that may help, within a budget. All calls to the service share one pace. */
export class RetryingClient<Called = CalledAction, Sent = Readonly<Record<string, string>>> {
  readonly #sender: Sender<Called, Sent>;
  readonly #options: RetryOptions;
  readonly #pacer: Pacer;
  #unfinished = 0;

  constructor({ name }: Pick<Service, "name">, sender: Sender<Called, Sent>, options: RetryOptions) {
    this.#sender = sender;
    this.#options = options;
    this.#pacer = new Pacer(options.timing, (milliseconds) => {
      const calls = this.#unfinished === 1 ? "1 call waits" : `${this.#unfinished} calls wait`;
      options.tell(`${name} is throttling; ${calls}, next try in ${(milliseconds / 1000).toFixed(1)} s`);
    });
  }

  /**
   * @param soFar - Kept up to date while the call lasts.
   * @throws CredentialsError, CancelledError
   */
  async call(action: Called & Repeated, request: Sent, soFar: CallSoFar = newCall()): Promise<Outcome> {
    this.#unfinished += 1;
    try {
      return await untilAborted(this.#options.cancelled, () => this.#tryUntilDone(action, request, soFar));
    } finally {
      this.#unfinished -= 1;
    }
  }

  async #tryUntilDone(action: Called & Repeated, request: Sent, soFar: CallSoFar): Promise<Outcome> {
    const { budgetMs, timing } = this.#options;
    let started = Number.POSITIVE_INFINITY;
    let failures = 0;
    let renewed = false;
    let last: AttemptResult | undefined;
    let lastProgress = Number.NEGATIVE_INFINITY;
    const progressed = () => {
      lastProgress = timing.now();
    };
    const durationMs = () => timing.now() - started;
    const spentMs = () => timing.now() - Math.max(started, lastProgress);
    const remainingMs = () => (last === undefined ? Number.POSITIVE_INFINITY : budgetMs - spentMs());
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await this.#attempt(action, request, soFar, remainingMs, progressed);
      if (attempt !== undefined) started = Math.min(started, attempt.started);
      // When the budget cut an attempt off, the attempt before it tells more. Timers can be early, by less than 1 ms.
      if (last !== undefined && (attempt === undefined || cutOff(attempt.result, remainingMs()))) {
        return {
          result: last,
          attempts: attempt === undefined ? attempts - 1 : attempts,
          durationMs: durationMs(),
        };
      }
      if (attempt === undefined) throw new Error("The first attempt is made whatever the budget is.");
      const { result, reason } = attempt;
      // Once, even where the budget allows a single attempt: the keys were refused, not the call.
      if (!renewed && result.kind === "errorAnswer" && (await result.renewKeys?.())) {
        renewed = true;
        continue;
      }
      const outcome = { result, attempts, durationMs: durationMs() };
      if (reason === undefined) return outcome;
      if (reason === "failed") failures += 1;
      const wait = this.#waitAfter(result, reason, failures);
      if (failures >= mostFailures || spentMs() + wait >= budgetMs) return outcome;
      last = result;
      soFar.last = result;
      soFar.waitsFor = "again";
      await timing.sleep(wait);
    }
  }

  /** Makes one attempt, when there is a slot and it is its turn; `undefined` when time ran out before that. */
  async #attempt(
    action: Called & Repeated,
    request: Sent,
    soFar: CallSoFar,
    remainingMs: () => number,
    progressed: () => void,
  ): Promise<Attempt | undefined> {
    const { slots, timing } = this.#options;
    // Before a slot is taken: getting a role's keys is also a call, which needs a slot.
    soFar.waitsFor = "keys";
    const keys = await this.#sender.getKeys();
    const limit = new AbortController();
    const done = new AbortController();
    if (Number.isFinite(remainingMs())) {
      void timing.sleep(remainingMs(), done.signal).then(() => limit.abort());
    }
    soFar.waitsFor = "slot";
    if (!(await slots.take(limit.signal))) return undefined;
    try {
      soFar.waitsFor = "turn";
      if (!(await this.#pacer.turn(limit.signal))) return undefined;
      soFar.waitsFor = "answer";
      const started = timing.now();
      const before = soFar.mayBeDone;
      soFar.mayBeDone = true;
      const result = await this.#sender.send(action, request, keys, remainingMs(), progressed);
      soFar.mayBeDone = before || mayBeDone(result);
      const reason = retryReason(result, action.repeatable);
      this.#pacer.learn({
        started,
        throttled: reason === "throttled",
        retryAfter: result.kind === "errorAnswer" ? result.retryAfter : undefined,
      });
      return { result, started, reason };
    } finally {
      slots.free();
      done.abort();
    }
  }

  /** How long to wait, in milliseconds. None after throttling: the pacer then makes all calls wait for their turn. */
  #waitAfter(result: AttemptResult, reason: RetryReason, failures: number): number {
    if (reason === "throttled") return 0;
    const retryAfter = result.kind === "errorAnswer" ? (result.retryAfter ?? 0) : 0;
    return Math.max(
      retryAfter,
      backoff(failures, () => this.#options.timing.random()),
    );
  }
}

function cutOff(result: AttemptResult, remainingMs: number): boolean {
  return result.kind === "noAnswer" && remainingMs < 1;
}
