import type { ApiError } from "../../ens/errors";
import { hasReason } from "../../ens/errors";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { reportWait } from "../../lifecycle/report-progress";

/** Milliseconds between attempts. */
const pause = 3000;

/** Why ENS refuses what it will soon not refuse any more, and how the wait for that is told. */
interface Refused {
  readonly reason: ApiError["reason"];
  readonly bucketName: string;
  /** What is waited for: `knows it everywhere` */
  readonly goal: string;
}

/**
 * Does something again while ENS refuses it for one reason.
 *
 * @throws ApiError, when the setting `consistencyTimeout` is over
 */
export async function whileRefused<T>(
  { reason, bucketName, goal }: Refused,
  work: () => Promise<T>,
  call: Call,
): Promise<T> {
  const { timing, settings, signal } = call;
  const started = timing.now();
  const tryOn = async (): Promise<T> => {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const isOver = timing.now() + pause - started > settings.consistencyTimeout * 1000;
        if (!hasReason(error, reason) || isOver) throw error;
        await timing.sleep(pause, signal);
        signal.throwIfAborted();
      }
    }
  };
  return reportWait(tryOn(), bucketSubject(bucketName, call), () => `waiting until ENS ${goal}`, call);
}
