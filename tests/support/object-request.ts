import { createHmac } from "node:crypto";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";

/** A request to the object storage as no SDK would make it. */
export interface RawObjectRequest {
  readonly method: string;
  readonly port: number;
  /** As on the wire, with bucket and query. */
  readonly path: string;
  /** `/bucket/key?subresources`, as it is signed. Default: the path. */
  readonly resource?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly account: { readonly accessKeyId: string; readonly accessKeySecret: string };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Signs a request with OSS V1, as the documentation has it, and sends it. */
export function sendObjectRequest(raw: RawObjectRequest): Promise<RawAnswer> {
  const { method, port, path, resource = path, headers = {}, body = "", account } = raw;
  const date = new Date().toUTCString();
  const own = Object.keys(headers)
    .filter((name) => name.startsWith("x-oss-"))
    .sort()
    .map((name) => `${name}:${headers[name]}\n`)
    .join("");
  const signature = createHmac("sha1", account.accessKeySecret)
    .update(`${method}\n\n\n${date}\n${own}${resource}`)
    .digest("base64");
  // A header goes out byte by byte; clients in other languages send UTF-8 in it.
  const onWire = Object.entries(headers).map(([name, value]) => [
    name,
    Buffer.from(value).toString("latin1"),
  ]);
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: "127.0.0.1",
        port,
        method,
        path,
        headers: {
          date,
          authorization: `OSS ${account.accessKeyId}:${signature}`,
          ...Object.fromEntries(onWire),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString("utf8"),
          }),
        );
      },
    );
    request.on("error", reject);
    // Bytes: with text, Node would write the headers as UTF-8 once more.
    request.end(Buffer.from(body));
  });
}
