import type { ErrorReach } from "./error-code";
import { errorCodeOf } from "./error-codes";
import type { EnsError } from "./errors";
import { AnswerError, ApiError, ConnectionError } from "./errors";

/** Which other requests would fail in the same way. */
export function reachOf(error: EnsError): ErrorReach {
  if (ApiError.isInstance(error)) return errorCodeOf(error.code, error.statusCode).reach;
  if (ConnectionError.isInstance(error)) return "service";
  return AnswerError.isInstance(error) ? "site" : "all";
}
