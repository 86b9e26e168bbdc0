import { printable } from "../printable";
import { tooLong } from "./cut-off";
import { ProxyRefusal } from "./tunnel-agent";

/** Why there was no answer. */
export interface Failure {
  /** In words that hold nothing secret: those of the vendor's libraries hold the whole URL. */
  readonly why: string;
  /** Whether another attempt may go better. */
  readonly transient: boolean;
}

/** What a call ends with that takes too long. */
export class OutOfTime extends Error {
  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds / 1000} s`);
  }
}

/** The code of the error that a compressed answer ends with. */
export const compressed = "ERR_ANSWER_COMPRESSED";

const connectionCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed",
  EHOSTUNREACH: "the host is unreachable",
  ENETUNREACH: "the network is unreachable",
  ENOTFOUND: "the host name is unknown",
  EAI_AGAIN: "the host name could not be looked up",
  ETIMEDOUT: "the connection timed out",
};

/** What does not get better by asking again, by the codes that Node and OpenSSL have for it. */
const lastingCodes: readonly (readonly [codes: RegExp, why: string])[] = [
  [
    /^ERR_TLS_CERT_ALTNAME/,
    "the certificate that came is for another host, so something else answers in its place; nothing was sent to it",
  ],
  [
    /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/,
    "the certificate that came has expired or is not valid yet, by this machine's clock; set the clock if it is wrong",
  ],
  [
    /^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA)/,
    "the certificate that came is not one that this machine trusts; where a proxy or an authority of your own signs, " +
      "name the file of its certificate: `export NODE_EXTRA_CA_CERTS=<file.pem>`",
  ],
  [/^(EPROTO|ERR_SSL_)/, "what answers there speaks no TLS that this machine knows"],
  [/^HPE_/, "what came is not HTTP"],
];

/** What the network did to a call; `undefined` for an error that is not the network's. */
export function readFailure(error: unknown): Failure | undefined {
  if (error instanceof OutOfTime) return { why: error.message, transient: true };
  if (error instanceof ProxyRefusal) return readProxyStatus(error.status);
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  if (typeof code !== "string") return undefined;
  if (code === tooLong) return { why: "the answer is longer than any of the API", transient: false };
  if (code === compressed) {
    return { why: "the answer is compressed, which nobody asked for", transient: false };
  }
  const connection = connectionCodes[code];
  if (connection !== undefined) return { why: `${connection} (${code})`, transient: true };
  const lasting = lastingCodes.find(([codes]) => codes.test(code))?.[1];
  if (lasting === undefined) return undefined;
  return { why: `${lasting} (${printable(code, 60)})`, transient: false };
}

/** Why a proxy did not let a call through. */
export function readProxyStatus(status: number): Failure {
  if (status === 407) {
    return {
      why: "the proxy wants a user and a password (407), in its URL: http://user:password@proxy.example.com:3128",
      transient: false,
    };
  }
  return { why: `the proxy opened no connection (${status})`, transient: status >= 500 };
}
