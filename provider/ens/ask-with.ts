import type { Action } from "./action";
import { cancelledWrite, connectionError } from "./call-errors";
import type { Endpoint } from "./endpoint";
import { CancelledError } from "./errors";
import type { CallSoFar } from "./retry/call-so-far";
import type { Outcome, RetryingClient } from "./retry/retrying-client";

/** The outcome of a call that was answered, if only with an error. */
export interface Answered extends Omit<Outcome, "result"> {
  readonly result: Exclude<Outcome["result"], { kind: "noAnswer" }>;
}

/**
 * Makes a call that must be answered.
 *
 * @param sent - What the client's sender sends.
 * @param soFar - Kept up to date while the call lasts.
 * @throws ConnectionError, CredentialsError, CancelledError
 */
export async function askWith<Called, Sent>(
  client: RetryingClient<Called, Sent>,
  action: Action<never, unknown> & Called,
  sent: Sent,
  endpoint: Endpoint,
  soFar: CallSoFar,
): Promise<Answered> {
  const { result, ...attempts } = await client.call(action, sent, soFar).catch((error: unknown) => {
    const isLost = soFar.mayBeDone && !action.readOnly && CancelledError.isInstance(error);
    throw isLost ? cancelledWrite(action, error) : error;
  });
  if (result.kind === "noAnswer") {
    // An earlier attempt may have arrived, though the last one did not.
    const lost = { ...result, mayHaveArrived: soFar.mayBeDone };
    throw connectionError(lost, endpoint, { action, attempts });
  }
  return { result, ...attempts };
}
