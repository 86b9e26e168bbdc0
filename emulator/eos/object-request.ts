import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal";
import type { Bytes } from "./bytes";

/** One request to the object storage, decoded. */
export interface ObjectRequest extends ObjectRequestHead {
  readonly body: Bytes;
}

/** What comes of a request before its body. */
export interface ObjectRequestHead {
  readonly method: string;
  /** The physical bucket. */
  readonly bucket: string | undefined;
  /** Empty for requests about the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** By lower-case name; the bytes on the wire read as UTF-8, which is how clients sign them. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

/**
 * Decodes what comes of a request before its body. The bucket is the first segment of the path when the host is one of `ownHosts`, and else the
 * first label of the host, as clients of the real storage have it.
 */
export function readRequestHead(request: IncomingMessage, ownHosts: readonly string[]): ObjectRequestHead {
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
