import type { Reply, RpcClient } from "../rpc-client";
import { untilAborted } from "../transport/until-aborted";
import { backoff } from "./backoff";
import { Pacer } from "./pacer";
import type { Timing } from "./timing";
import { worthRetrying } from "./worth-retrying";

/** How far retrying goes. */
export interface RetryOptions {
  /** All attempts of a call together may take so long, in milliseconds; the first is made, and in full, whatever it is. */
  readonly budget: number;
  readonly timing: Timing;
  /** Gets a line for the user when calls begin to wait. */
  readonly notify: (line: string) => void;
  /** Ends every wait, with its reason. */
  readonly cancelled: AbortSignal;
}

/** What a call came to, and what it took. */
export interface Outcome {
  readonly reply: Reply;
  readonly attempts: number;
  /** Milliseconds from the first attempt to the last. */
  readonly took: number;
}

/** So often is tried what fails for another reason than throttling: a wrong host would fail for ever. */
const mostTransient = 6;

/** Calls again what may go better, within a budget, all calls of the process at one pace. */
export class RetryingClient {
  readonly #rpc: Pick<RpcClient, "call">;
  readonly #options: RetryOptions;
  readonly #pacer: Pacer;

  constructor(rpc: Pick<RpcClient, "call">, options: RetryOptions) {
    this.#rpc = rpc;
    this.#options = options;
    this.#pacer = new Pacer(options.timing, (waiting, milliseconds) => {
      const uploads = waiting === 1 ? "1 upload waits" : `${waiting} uploads wait`;
      options.notify(`ENS is throttling; ${uploads}, next try in ${(milliseconds / 1000).toFixed(1)} s`);
    });
  }

  /** @throws CredentialsError, CancelledError */
  async call(action: string, query: Readonly<Record<string, string>>): Promise<Outcome> {
    return untilAborted(this.#options.cancelled, () => this.#tryUntilDone(action, query));
  }

  async #tryUntilDone(action: string, query: Readonly<Record<string, string>>): Promise<Outcome> {
    const { budget, timing } = this.#options;
    const started = timing.now();
    let transient = 0;
    let renewed = false;
    let last: Reply | undefined;
    const left = () => (last === undefined ? Number.POSITIVE_INFINITY : budget - (timing.now() - started));
    for (let attempts = 1; ; attempts += 1) {
      const { reply, made } = await this.#pacer.run(
        async () => ({ reply: await this.#rpc.call(action, query, left()), made: true }),
        ({ reply: result }) => ({
          throttled: worthRetrying(result) === "throttled",
          retryAfter: result.kind === "refusal" ? result.retryAfter : undefined,
        }),
        last && { patience: left(), otherwise: { reply: last, made: false } },
      );
      // Of an attempt that the budget cut off, the one before it tells more. Timers can be early, by less than 1 ms.
      if (last !== undefined && (!made || (reply.kind === "failure" && left() < 1))) {
        return { reply: last, attempts: made ? attempts : attempts - 1, took: timing.now() - started };
      }
      // Once, also where the budget allows a single attempt: what is refused is not the call but the keys.
      if (!renewed && reply.kind === "refusal" && (await reply.renewKeys?.())) {
        renewed = true;
        continue;
      }
      const took = timing.now() - started;
      const reason = worthRetrying(reply);
      if (reason === undefined) return { reply, attempts, took };
      if (reason === "transient") transient += 1;
      // Who was throttled waits at the pacer, with all others.
      const asked = reply.kind === "refusal" ? (reply.retryAfter ?? 0) : 0;
      const wait =
        reason === "throttled"
          ? 0
          : Math.max(
              asked,
              backoff(transient, () => timing.random()),
            );
      if (transient >= mostTransient || took + wait >= budget) return { reply, attempts, took };
      last = reply;
      await timing.sleep(wait);
    }
  }
}
