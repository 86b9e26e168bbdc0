import type { IncomingMessage } from "node:http";
import { CallParameters } from "./call-parameters";

/** One API call, decoded. */
export interface Call {
  readonly action: string | undefined;
  readonly version: string | undefined;
  readonly method: string;
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly query: readonly (readonly [string, string])[];
  readonly form: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** The address the call came from. */
  readonly peer: string;
  /** Those of the query and of the form. */
  readonly parameters: CallParameters;
}

/** Whether a request is for the API rather than for the object storage. */
export function isCall(request: IncomingMessage): boolean {
  const { pathname, searchParams } = urlOf(request);
  if (pathname !== "/") return false;
  if (request.headers["x-acs-action"] !== undefined || searchParams.has("Action")) return true;
  const isForm = request.headers["content-type"]?.startsWith(formType) === true;
  // Tools such as curl call any body a form, also that of deleting many objects of the bucket that the host names.
  return request.method === "POST" && isForm && !searchParams.has("delete");
}

const formType = "application/x-www-form-urlencoded";

export async function readCall(request: IncomingMessage): Promise<Call> {
  const { pathname, searchParams } = urlOf(request);
  const body = await readBody(request);
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(",") : value,
    ]),
  );
  const isForm = headers["content-type"]?.startsWith(formType) === true;
  const query = [...searchParams];
  const form = isForm ? [...new URLSearchParams(body.toString("utf8"))] : [];
  const parameters = new CallParameters([...query, ...form]);
  return {
    action: headers["x-acs-action"] ?? parameters.optionalText("Action"),
    version: headers["x-acs-version"] ?? parameters.optionalText("Version"),
    method: request.method ?? "GET",
    path: pathname,
    headers,
    query,
    form,
    body,
    peer: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
    parameters,
  };
}

/** No call of the API is longer. */
const longestBody = 1024 * 1024;

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestBody) throw new Error("a call's body is at most 1 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function urlOf(request: IncomingMessage): {
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
} {
  const [pathname = "/", ...query] = (request.url ?? "/").split("?");
  return { pathname, searchParams: new URLSearchParams(query.join("?")) };
}
