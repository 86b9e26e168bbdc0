import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream";
import type { Reply } from "../answer";

/** Writes a reply, with the headers that every answer of the storage has. */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  requestId: string,
): void {
  const body = reply.body ?? "";
  const { "content-length": length = Buffer.byteLength(body), ...described } = reply.headers ?? {};
  const headers: Record<string, string | number> = { "x-oss-request-id": requestId };
  for (const [name, value] of Object.entries(described)) headers[name] = onWire(value);
  // The answer to HEAD has no body to hold the error.
  if (request.method === "HEAD" && reply.status >= 400) {
    headers["x-oss-err"] = Buffer.from(body).toString("base64");
  }
  // Last: once Node knows the length, it decodes `content-disposition` and then refuses what is not ASCII.
  if (reply.status !== 204 && reply.status !== 304) headers["content-length"] = length;
  response.writeHead(reply.status, headers);
  if (request.method === "HEAD") response.end();
  else if (reply.bytes === undefined) response.end(body);
  // Who goes away before the end has what came until then.
  else pipeline(reply.bytes(), response, () => {});
}

/** UTF-8, one character a byte: Node's headers take no other characters. */
function onWire(value: string | number): string | number {
  return typeof value === "string" ? Buffer.from(value, "utf8").toString("latin1") : value;
}
