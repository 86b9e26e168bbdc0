import type { AttemptResult } from "../attempt-result";
import { errorCodeOf } from "../error-codes";

/**
 * - `throttled`: the service asks for less; waiting always helps, however long it takes.
 * - `failed`: something failed that may succeed next time.
 */
export type RetryReason = "throttled" | "failed";

/**
 * Why a call should be tried again. `undefined` when it has succeeded, when it would fail again, and when it may have
 * been done already but must not be repeated.
 */
export function retryReason(result: AttemptResult, repeatable: boolean): RetryReason | undefined {
  switch (result.kind) {
    case "answer":
      return undefined;
    case "noAnswer":
      return result.transient && (repeatable || !result.mayHaveArrived) ? "failed" : undefined;
    case "errorAnswer": {
      const { retry } = errorCodeOf(result.code, result.statusCode);
      if (retry === "throttled") return "throttled";
      return retry === "failed" && repeatable ? "failed" : undefined;
    }
  }
}

/** Whether the service may have done what it was asked for. */
export function mayBeDone(result: AttemptResult): boolean {
  switch (result.kind) {
    case "answer":
      return true;
    case "noAnswer":
      return result.mayHaveArrived;
    case "errorAnswer":
      return errorCodeOf(result.code, result.statusCode).retry === "failed";
  }
}
