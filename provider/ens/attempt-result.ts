import type { IncomingHttpHeaders } from "node:http";
import { errorCodeOf } from "./error-codes";
import type { KeySource, Keys } from "./keys";
import { renewKeys } from "./keys";
import { wordsWithout } from "./text/concealed";
import { printable } from "./text/printable";
import type { Exchange } from "./transport/exchange";
import type { Failure } from "./transport/failure";
import type { HttpProxy } from "./transport/proxies";
import { readRetryAfter } from "./transport/retry-after";

/** What an answer holds. It can have any shape until it has been read. */
export type Body = Readonly<Record<string, unknown>>;

/** An answer that is an error. Its texts come from the network: print them only through `printable`. */
export interface ErrorAnswer {
  readonly kind: "errorAnswer";
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId?: string;
  /** How far this machine's clock is ahead of the service's, in seconds, where the answer had a date. */
  readonly skew?: number;
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfter?: number;
  /** Whether it is about a part of what was asked, which its message names. */
  readonly isOfPart?: true;
  /**
   * Asks the source of the keys again; true when it gave other keys. Present when the refused keys may have been
   * replaced: a session can expire or be revoked early, and a key pair can be rotated.
   */
  readonly renewKeys?: () => Promise<boolean>;
}

/** No answer, or one that cannot be used. */
export interface NoAnswer extends Failure {
  readonly kind: "noAnswer";
  /** The proxy on the way. */
  readonly proxy?: HttpProxy;
  readonly cause?: unknown;
}

/** The result of one attempt. */
export type AttemptResult = { readonly kind: "answer"; readonly body: Body } | ErrorAnswer | NoAnswer;

/** More than an error shows: what is left out in between must not hide a secret's end. */
const longestMessage = 30_000;

/** @param secrets - What the request was made with, and its error must not show. */
export function errorAnswer(
  { code, message, requestId }: Readonly<Record<"code" | "message" | "requestId", unknown>>,
  statusCode: number,
  headers: IncomingHttpHeaders,
  secrets: readonly string[],
): ErrorAnswer {
  const serverTime = Date.parse(headers.date ?? "");
  const retryAfter = readRetryAfter(headers);
  return {
    kind: "errorAnswer",
    code: typeof code === "string" ? code : "",
    statusCode,
    message: wordsWithout(printable(message, longestMessage), secrets),
    ...(typeof requestId === "string" ? { requestId } : {}),
    ...(Number.isNaN(serverTime) ? {} : { skew: Math.round((Date.now() - serverTime) / 1000) }),
    ...(retryAfter !== undefined ? { retryAfter } : {}),
  };
}

/** An error answer that knows how its keys are renewed, where that may help. */
export function withRenewal(answer: ErrorAnswer, source: KeySource, refused: Keys): ErrorAnswer {
  if (!errorCodeOf(answer.code, answer.statusCode).renewKeys) return answer;
  return { ...answer, renewKeys: () => renewKeys(source, refused) };
}

export function noAnswer(failure: Failure, { proxy }: Exchange, cause?: unknown): NoAnswer {
  return { kind: "noAnswer", ...failure, cause, ...(proxy !== undefined ? { proxy } : {}) };
}
