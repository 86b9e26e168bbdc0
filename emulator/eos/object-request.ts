import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal";

/** One request to the object storage, decoded. */
export interface ObjectRequest {
  readonly method: string;
  /** The physical bucket. */
  readonly bucket: string | undefined;
  /** Empty for requests about the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** By lower-case name; the bytes on the wire read as UTF-8, which is how clients sign them. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** The largest body taken: all of it is held in memory. */
export const longestBody = 512 * 1024 * 1024;

/**
 * Decodes a request. The bucket is the first segment of the path when the host is one of `ownHosts`, and else the
 * first label of the host, as clients of the real storage have it.
 */
export async function readObjectRequest(
  request: IncomingMessage,
  ownHosts: readonly string[],
): Promise<ObjectRequest> {
  const url = request.url ?? "/";
  const [rawPath = "/", rawQuery = ""] = split(url, "?");
  const host = (request.headers.host ?? "").toLowerCase();
  const path = decode(rawPath).slice(1);
  const [bucket, key] = ownHosts.includes(host) ? split(path, "/") : [host.split(".")[0] ?? "", path];
  return {
    method: request.method ?? "GET",
    bucket: bucket === "" ? undefined : bucket,
    key: key ?? "",
    query: new URLSearchParams(rawQuery),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        value === undefined ? undefined : Buffer.from([value].flat().join(","), "latin1").toString("utf8"),
      ]),
    ),
    body: await readBody(request),
  };
}

function split(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refusal("InvalidURI", 400, "Couldn't parse the specified URI.");
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  // Before its client has sent it all in vain.
  if (Number(request.headers["content-length"]) > longestBody) throw entityTooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // To leave the loop would cut the connection, and the client would not learn why.
    if (length > longestBody) chunks.length = 0;
    else chunks.push(chunk);
  }
  if (length > longestBody) throw entityTooLarge();
  return Buffer.concat(chunks);
}

export function entityTooLarge(): Refusal {
  return new Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.");
}
