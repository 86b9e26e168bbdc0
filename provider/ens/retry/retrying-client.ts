import type { Action, Service } from "../action";
import type { Attempts } from "../describe-attempts";
import type { AttemptResult, RpcClient } from "../rpc-client";
import { untilAborted } from "../transport/until-aborted";
import { backoff } from "./backoff";
import { Pacer } from "./pacer";
import { retryReason } from "./retry-reason";
import type { Slots } from "./slots";
import type { Timing } from "./timing";

/** How far retrying goes. */
export interface RetryOptions {
  /** All attempts of a call together may take so long, in milliseconds; the first is made, and in full, whatever it is. */
  readonly budgetMs: number;
  /** How many calls of the process may be under way at a time. */
  readonly slots: Slots;
  readonly timing: Timing;
  /** Gets a line for the user when calls begin to wait. */
  readonly tell: (line: string) => void;
  /** Ends every wait, with its reason. */
  readonly cancelled: AbortSignal;
}

/** What a call came to, and what it took. */
export interface Outcome extends Attempts {
  readonly result: AttemptResult;
}

/** So often is tried what fails for another reason than throttling: a wrong host would fail for ever. */
const mostFailures = 6;

type Sender = Pick<RpcClient, "getKeys" | "send">;
type Parameters = Readonly<Record<string, string>>;

/** Calls again what may go better, within a budget, all calls to the service at one pace. */
export class RetryingClient {
  readonly #rpc: Sender;
  readonly #options: RetryOptions;
  readonly #pacer: Pacer;
  #unfinished = 0;

  constructor({ name }: Pick<Service, "name">, rpc: Sender, options: RetryOptions) {
    this.#rpc = rpc;
    this.#options = options;
    this.#pacer = new Pacer(options.timing, (milliseconds) => {
      const calls = this.#unfinished === 1 ? "1 call waits" : `${this.#unfinished} calls wait`;
      options.tell(`${name} is throttling; ${calls}, next try in ${(milliseconds / 1000).toFixed(1)} s`);
    });
  }

  /** @throws CredentialsError, CancelledError */
  async call(
    action: Pick<Action<never, unknown>, "name" | "repeatable">,
    parameters: Parameters,
  ): Promise<Outcome> {
    this.#unfinished += 1;
    try {
      return await untilAborted(this.#options.cancelled, () => this.#tryUntilDone(action, parameters));
    } finally {
      this.#unfinished -= 1;
    }
  }

  async #tryUntilDone(
    { name, repeatable }: Pick<Action<never, unknown>, "name" | "repeatable">,
    parameters: Parameters,
  ): Promise<Outcome> {
    const { budgetMs, timing } = this.#options;
    let started = Number.POSITIVE_INFINITY;
    let failures = 0;
    let renewed = false;
    let last: AttemptResult | undefined;
    const durationMs = () => timing.now() - started;
    const remainingMs = () => (last === undefined ? Number.POSITIVE_INFINITY : budgetMs - durationMs());
    for (let attempts = 1; ; attempts += 1) {
      const attempt = await this.#attempt(name, parameters, remainingMs, repeatable);
      if (attempt !== undefined) started = Math.min(started, attempt.started);
      // Of an attempt that the budget cut off, the one before it tells more. Timers can be early, by less than 1 ms.
      if (last !== undefined && (attempt === undefined || cutOff(attempt.result, remainingMs()))) {
        return {
          result: last,
          attempts: attempt === undefined ? attempts - 1 : attempts,
          durationMs: durationMs(),
        };
      }
      if (attempt === undefined) throw new Error("The first attempt is made whatever the budget is.");
      const { result } = attempt;
      // Once, also where the budget allows a single attempt: what is refused is not the call but the keys.
      if (!renewed && result.kind === "errorAnswer" && (await result.renewKeys?.())) {
        renewed = true;
        continue;
      }
      const outcome = { result, attempts, durationMs: durationMs() };
      const reason = retryReason(result, repeatable);
      if (reason === undefined) return outcome;
      if (reason === "failed") failures += 1;
      const wait = this.#waitAfter(result, reason, failures);
      if (failures >= mostFailures || outcome.durationMs + wait >= budgetMs) return outcome;
      last = result;
      await timing.sleep(wait);
    }
  }

  /** One attempt, when there is a slot and it is its turn; `undefined` when that does not come in time. */
  async #attempt(
    action: string,
    parameters: Parameters,
    remainingMs: () => number,
    repeatable: boolean,
  ): Promise<{ readonly result: AttemptResult; readonly started: number } | undefined> {
    const { slots, timing } = this.#options;
    // Before a slot is taken: a role's keys need a call, and so a slot, of their own.
    const keys = await this.#rpc.getKeys();
    const limit = new AbortController();
    const done = new AbortController();
    if (Number.isFinite(remainingMs())) {
      void timing.sleep(remainingMs(), done.signal).then(() => limit.abort());
    }
    if (!(await slots.take(limit.signal))) return undefined;
    try {
      if (!(await this.#pacer.turn(limit.signal))) return undefined;
      const started = timing.now();
      const result = await this.#rpc.send(action, parameters, keys, remainingMs());
      this.#pacer.learn({
        started,
        throttled: retryReason(result, repeatable) === "throttled",
        retryAfter: result.kind === "errorAnswer" ? result.retryAfter : undefined,
      });
      return { result, started };
    } finally {
      slots.free();
      done.abort();
    }
  }

  /** Milliseconds. What was throttled waits for its turn, with all others. */
  #waitAfter(result: AttemptResult, reason: "throttled" | "failed", failures: number): number {
    if (reason === "throttled") return 0;
    const asked = result.kind === "errorAnswer" ? (result.retryAfter ?? 0) : 0;
    return Math.max(
      asked,
      backoff(failures, () => this.#options.timing.random()),
    );
  }
}

function cutOff(result: AttemptResult, remainingMs: number): boolean {
  return result.kind === "noAnswer" && remainingMs < 1;
}
