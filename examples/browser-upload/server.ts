import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { join } from "node:path";
import { clientAddress } from "./client-address";
import { readSettings, type Settings } from "./settings";
import { Uploads } from "./uploads";
import { UserError } from "./user-error";

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

type Body = Readonly<Record<string, unknown>>;

const page: ReadonlyMap<string, Answer> = new Map(
  [
    ["/", "index.html", "text/html; charset=utf-8"],
    ["/style.css", "style.css", "text/css; charset=utf-8"],
    ["/page.js", "page.js", "text/javascript; charset=utf-8"],
    ["/upload.js", "upload.js", "text/javascript; charset=utf-8"],
    ["/icon.svg", "icon.svg", "image/svg+xml"],
  ].map(([path = "", file = "", type = ""]) => {
    const body = readFileSync(join(__dirname, "public", file), "utf8");
    return [path, { status: 200, type, body }];
  }),
);

/** Serves the page, and presigns for it. */
function startServer(settings: Settings): Server {
  const uploads = new Uploads(settings);
  const operations: ReadonlyMap<string, (body: Body, address: string) => Promise<object>> = new Map(
    Object.entries({
      "/api/begin": (body: Body, address: string) => uploads.begin(body, address),
      "/api/parts": ({ ticket }: Body) => uploads.parts(ticket),
      "/api/sign": ({ ticket, part }: Body) => uploads.sign(ticket, part),
      "/api/complete": ({ ticket }: Body) => uploads.complete(ticket),
      "/api/abandon": ({ ticket }: Body) => uploads.abandon(ticket),
    }),
  );

  async function answer(request: IncomingMessage): Promise<Answer> {
    const { method, url = "", headers, socket } = request;
    const file = page.get(url);
    if (method === "GET" && file !== undefined) return file;
    if (method === "GET" && url === "/api/limits") return json(200, uploads.limits);
    const operation = operations.get(url);
    if (method !== "POST" || operation === undefined) throw new UserError(404, "There is nothing here.");
    // Browsers do not lie about the origin. Without this check, a page of another origin could use a user's browser.
    if (headers.origin !== settings.origin) {
      throw new UserError(403, `Only the page at ${settings.origin} may ask; see ORIGIN.`);
    }
    const forwardedFor = [headers["x-forwarded-for"] ?? []].flat().join(",");
    const address = clientAddress(socket.remoteAddress ?? "", forwardedFor, settings.trustedProxies);
    return json(200, await operation(await readJson(request), address));
  }

  const storage = uploads.origins.join(" ");
  const headers = {
    "content-security-policy":
      "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; " +
      `frame-ancestors 'none'; connect-src 'self' ${storage}; img-src 'self' ${storage}`,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  };
  const server = createServer((request, response) => {
    answer(request)
      .catch(explain)
      .then(({ status, type, body }) => {
        response.writeHead(status, { ...headers, "content-type": type }).end(body);
      });
  });
  return server.listen(settings.port, settings.host, () => {
    console.log(`Open ${settings.origin} to upload to ${uploads.origins.join(", ")}`);
  });
}

async function readJson(request: IncomingMessage): Promise<Body> {
  if (request.headers["content-type"] !== "application/json") throw new UserError(415, "Expected JSON.");
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) {
    text += chunk;
    if (text.length > 10_000) throw new UserError(413, "Expected a shorter request.");
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null) return body as Body;
  } catch {
    // Refused below, like every other text that is not an object.
  }
  throw new UserError(400, "Expected a JSON object.");
}

/** What the browser learns about an error. About an error of the storage, the log says more. */
function explain(error: unknown): Answer {
  if (error instanceof UserError) return json(error.status, { error: error.message });
  const { code = "", requestId = "" } = error as { readonly code?: string; readonly requestId?: string };
  console.error(error instanceof Error ? `${error.message} (${code} ${requestId})` : error);
  if (code === "NoSuchUpload") {
    return json(410, { error: "The storage does not know this upload any more; begin again." });
  }
  return json(502, { error: `The storage did not do what it was asked to (${code || "no answer"}).` });
}

function json(status: number, body: object): Answer {
  return { status, type: "application/json", body: JSON.stringify(body) };
}

try {
  startServer(readSettings(process.env)).on("error", fail);
} catch (error) {
  fail(error);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
