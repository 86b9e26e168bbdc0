import { codeOf } from "../code-of";
import { printable } from "../text/printable";
import { tooLong } from "./cut-off";
import { ProxyStatusError } from "./tunnel-agent";

/** Why there was no answer. */
export interface Failure {
  /** In words without secrets: the words of the vendor's libraries hold the whole URL. */
  readonly why: string;
  /** What to do about it, where that is known; a sentence without its full stop. */
  readonly remedy?: string;
  /** Whether another attempt may go better. */
  readonly transient: boolean;
  /** Whether the request may have arrived, so that what it asks for may have been done. */
  readonly mayHaveArrived: boolean;
}

/** The error of a call that takes too long. */
export class OutOfTime extends Error {
  /** @param why - The words before the time. */
  constructor(milliseconds: number, why = "no answer within") {
    super(`${why} ${Number((milliseconds / 1000).toFixed(1))} s`);
  }
}

/** The code of the error for a compressed answer. */
export const compressed = "ERR_ANSWER_COMPRESSED";

/** What ends a connection, and whether a request may have arrived before it did. */
const connectionCodes: ReadonlyMap<string, Pick<Failure, "why" | "mayHaveArrived">> = new Map([
  ["ECONNREFUSED", { why: "nothing listens there", mayHaveArrived: false }],
  ["ECONNRESET", { why: "the connection was reset", mayHaveArrived: true }],
  ["EPIPE", { why: "the connection was closed", mayHaveArrived: true }],
  ["EHOSTUNREACH", { why: "the host is unreachable", mayHaveArrived: false }],
  ["ENETUNREACH", { why: "the network is unreachable", mayHaveArrived: false }],
  ["ENOTFOUND", { why: "the host name is unknown", mayHaveArrived: false }],
  ["EAI_AGAIN", { why: "the host name could not be looked up", mayHaveArrived: false }],
  ["ETIMEDOUT", { why: "the connection timed out", mayHaveArrived: true }],
]);

interface LastingFailure extends Pick<Failure, "why" | "remedy" | "mayHaveArrived"> {
  readonly codes: RegExp;
  /** Whether it is about the certificate of the other end. */
  readonly ofCertificate: boolean;
}

const badCertificate = { mayHaveArrived: false, ofCertificate: true } as const;

/** Failures that another attempt does not fix, by the codes of Node and OpenSSL. */
const lastingFailures: readonly LastingFailure[] = [
  {
    codes: /^ERR_TLS_CERT_ALTNAME/,
    why: "the certificate that came is for another host, so something else answers in its place; nothing was sent to it",
    ...badCertificate,
  },
  {
    codes: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    why: "the certificate that came has expired or is not valid yet, by this machine's clock",
    remedy: "Set the clock if it is wrong",
    ...badCertificate,
  },
  {
    codes: /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA)/,
    why: "the certificate that came is not one that this machine trusts",
    remedy:
      "Where a proxy or an authority of your own signs, name the file of its certificate: " +
      "`export NODE_EXTRA_CA_CERTS=<file.pem>`",
    ...badCertificate,
  },
  {
    codes: /^(EPROTO|ERR_SSL_)/,
    why: "what answers there does not speak a TLS that this machine knows",
    mayHaveArrived: true,
    ofCertificate: false,
  },
  { codes: /^HPE_/, why: "what came is not HTTP", mayHaveArrived: true, ofCertificate: false },
];

/** How the network failed; `undefined` for an error that the network did not cause. */
export function readFailure(error: unknown): Failure | undefined {
  if (error instanceof OutOfTime) return { why: error.message, transient: true, mayHaveArrived: true };
  if (error instanceof ProxyStatusError) return readProxyStatus(error.status);
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (code === tooLong) return unusable("the answer is longer than any that the API gives");
  if (code === compressed) return unusable("the answer is compressed, which nobody asked for");
  const connection = connectionCodes.get(code);
  if (connection !== undefined) {
    return { ...connection, why: `${connection.why} (${code})`, transient: true };
  }
  const lasting = lastingFailureOf(code);
  if (lasting === undefined) return undefined;
  const { why, remedy, mayHaveArrived } = lasting;
  const fixed = { transient: false, mayHaveArrived, ...(remedy !== undefined ? { remedy } : {}) };
  return { why: `${why} (${printable(code, 60)})`, ...fixed };
}

/** Why, and what to do, where both are told in one sentence. */
export function whyInFull({ why, remedy }: Failure): string {
  return remedy === undefined ? why : `${why}. ${remedy}`;
}

/** Whether a connection ended because of the certificate of its other end. */
export function isOfCertificate(error: unknown): boolean {
  return lastingFailureOf(codeOf(error) ?? "")?.ofCertificate === true;
}

function lastingFailureOf(code: string): LastingFailure | undefined {
  return lastingFailures.find(({ codes }) => codes.test(code));
}

function unusable(why: string): Failure {
  return { why, transient: false, mayHaveArrived: true };
}

/** Why a proxy did not let a call through. */
export function readProxyStatus(status: number): Failure {
  if (status === 407) {
    return {
      why: "the proxy wants a user and a password (407), in its URL: http://user:password@proxy.example.com:3128",
      transient: false,
      mayHaveArrived: false,
    };
  }
  const transient = status >= 500;
  return { why: `the proxy opened no connection (${status})`, transient, mayHaveArrived: false };
}
