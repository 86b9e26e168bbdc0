import type { Reply } from "../rpc-client";

/**
 * - `throttled`: the service asks for less; waiting always helps, however long it takes.
 * - `transient`: something failed that may not fail again.
 */
export type RetryReason = "throttled" | "transient";

/** Why a call should be tried again; `undefined` when it would fail again or has succeeded. */
export function worthRetrying(reply: Reply): RetryReason | undefined {
  switch (reply.kind) {
    case "answer":
      return undefined;
    case "failure":
      return reply.transient ? "transient" : undefined;
    case "refusal": {
      const { code, statusCode } = reply.refusal;
      // By code: throttling comes as 400, 429 or 503.
      if (/Throttling|^FlowControl/.test(code)) return "throttled";
      if (statusCode === 429) return "throttled";
      const failed = statusCode >= 500 || /^(ServiceUnavailable|InternalError|SignatureNonceUsed)/.test(code);
      return failed ? "transient" : undefined;
    }
  }
}
