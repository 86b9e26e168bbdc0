import type { IncomingMessage, ServerResponse } from "node:http";
import type { Emulator } from "../handle";
import { mayControl } from "./may-control";
import { readAccount, readBucket, readFault, readPlace, readRules } from "./read";

const prefix = "/_emulator/";

/** Whether a request is about the emulator itself. */
export function isControl(request: IncomingMessage): boolean {
  return request.url?.startsWith(prefix) === true;
}

/** What a control request does; what it returns is the answer. */
type Operation = (emulator: Emulator, name: string, body: unknown) => unknown;

const operations: Readonly<Record<string, Operation | undefined>> = {
  "GET health": () => ({ status: "up" }),
  "GET buckets": ({ buckets }) => Object.fromEntries(buckets),
  "PUT buckets/*": (emulator, name, body) => emulator.addBucket(readBucket(name, body)),
  "DELETE buckets/*": (emulator, name) => emulator.removeBucket(name),
  "POST buckets/*/move": (emulator, name, body) => emulator.move(name, readPlace(body)),
  "GET requests": ({ requests }) => requests,
  "DELETE requests": (emulator) => emulator.clearRequests(),
  "POST faults": (emulator, _name, body) => emulator.fail(readFault(body)),
  "DELETE faults": (emulator) => emulator.clearFaults(),
  "PATCH rules": (emulator, _name, body) => emulator.setRules(readRules(body)),
  "PUT accounts/*": (emulator, name, body) => emulator.setAccount(readAccount(name, body)),
};

/** Answers a control request. */
export async function answerControl(
  request: IncomingMessage,
  response: ServerResponse,
  emulator: Emulator,
  ownHosts: readonly string[],
): Promise<void> {
  const reply = (status: number, body: unknown) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(`${JSON.stringify(body ?? {}, null, 2)}\n`);
  };
  const { host, origin } = request.headers;
  if (!mayControl({ peer: request.socket.remoteAddress ?? "", host, origin }, ownHosts)) {
    return reply(403, {
      error: "The emulator is controlled by programs of its own machine, not by web pages.",
    });
  }
  try {
    const [kind, name = "", action] = readPath(request.url ?? "");
    const pattern = [kind, ...(name === "" ? [] : ["*"]), ...(action === undefined ? [] : [action])].join(
      "/",
    );
    const operation = operations[`${request.method} ${pattern}`];
    if (operation === undefined) {
      return reply(404, { error: `Unknown; there is: ${Object.keys(operations).join(", ")}.` });
    }
    reply(200, operation(emulator, name, await readJson(request)));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

function readPath(url: string): readonly string[] {
  const parts = url.slice(prefix.length).split("/");
  try {
    return parts.map(decodeURIComponent);
  } catch {
    throw new Error(`The path should be percent-encoded UTF-8, got ${url}.`);
  }
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Error("The body should be a JSON object.");
  }
}
