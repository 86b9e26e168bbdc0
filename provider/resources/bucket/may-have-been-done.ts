import { AnswerError, ConnectionError, hasReason } from "../../ens/errors";

/** Whether a write may have been done although its call failed, so that one has to look what became of it. */
export function mayHaveBeenDone(error: unknown): boolean {
  return ConnectionError.isInstance(error) || AnswerError.isInstance(error) || hasReason(error, "server");
}
