import { errorCodeOf } from "../error-codes";
import type { AttemptResult } from "../rpc-client";

/**
 * - `throttled`: the service asks for less; waiting always helps, however long it takes.
 * - `failed`: something failed that may not fail again.
 */
export type RetryReason = "throttled" | "failed";

/**
 * Why a call should be tried again; `undefined` when it would fail again or has succeeded, and also where it may have
 * been done already and is not one to be repeated.
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
