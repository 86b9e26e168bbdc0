import { isDeepStrictEqual } from "node:util";
import type { Explanation } from "../ens/errors";
import { EnsError, withDocsLink } from "../ens/errors";
import type { Call } from "./lifecycle";
import { reportWait } from "./report-progress";

/** Seconds between readings. A reading right after another may be answered by the same replica. */
const pauses = [1, 2, 3];
const longestPause = 5;

/** What is read, and how a wait for it is told. */
export interface Reading<T> {
  /** One reading. */
  read(): Promise<T>;
  /** Whether it is what was written; by default any is. */
  isExpected?(value: T): boolean;
  /** Whether one reading of it is enough; by default none is. */
  isSure?(value: T): boolean;
  /** Whether the next reading is to come late, since much is lost if two replicas that lag agree on it; by default none. */
  isGrave?(value: T): boolean;
  /** What is read, as lines and errors say it: `bucket "media-assets"`. */
  readonly subject: string;
  /** Who answers. Default: ENS. */
  readonly who?: string;
  /** What is waited for. Default: that the answers agree. */
  readonly goal?: string;
}

/** There were still different answers when the time was over. */
export class NotSettled extends EnsError {
  constructor(explanation: Explanation) {
    super(withDocsLink(explanation, "consistency"));
  }
}

/**
 * Reads until two readings in a row are the same. For seconds after a write, ENS and its storage answer with old and new
 * values in turn, so that one reading says nothing (https://github.com/aliyun/terraform-provider-alicloud/pull/10644).
 *
 * @param first - A reading that was made already.
 * @throws NotSettled when the setting `consistencyTimeout` is over
 */
export async function untilTwoAgree<T>(
  {
    read,
    isExpected = () => true,
    isSure = () => false,
    isGrave = () => false,
    subject,
    who = "ENS",
    goal = "says the same twice",
  }: Reading<T>,
  call: Call,
  first?: { readonly value: T },
): Promise<T> {
  const { timing, settings, signal } = call;
  const { consistencyTimeout: limit, howToSet } = settings;
  const notSettled = {
    what: `${subject}: ${who} gave different answers in turn for ${limit} s. State was left as it is.`,
    remedy: `Run the command again, or allow more time: ${howToSet({ consistencyTimeout: 600 })}.`,
  };
  let waiting = first === undefined ? `waiting for the answer of ${who}` : `waiting until ${who} ${goal}`;
  const readOn = async (): Promise<T> => {
    let before = first ?? { value: await read() };
    waiting = `waiting until ${who} ${goal}`;
    const firstAt = timing.now();
    for (let count = 0; !isSure(before.value); count += 1) {
      const left = firstAt + limit * 1000 - timing.now();
      const pause = (pauses[count] ?? longestPause) * 1000;
      if (pause > left) throw new NotSettled(notSettled);
      const later = Math.min(longestPause * 1000, left);
      await timing.sleep(isGrave(before.value) ? later : pause, signal);
      signal.throwIfAborted();
      const value = await read();
      if (isExpected(value) && isDeepStrictEqual(value, before.value)) return value;
      before = { value };
    }
    return before.value;
  };
  return reportWait(readOn(), subject, () => waiting, call);
}
