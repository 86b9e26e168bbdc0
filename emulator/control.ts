import type { IncomingMessage, ServerResponse } from "node:http";
import type { Emulator } from "./handle";
import type { EmulatorAccount, EmulatorBucket, EmulatorFault, EmulatorPlace } from "./options";

const prefix = "/_emulator/";

/** Whether a request is about the emulator itself. */
export function isControl(request: IncomingMessage): boolean {
  return request.url?.startsWith(prefix) === true;
}

/** What a control request does; what it returns is the answer. */
type Operation = (emulator: Emulator, name: string, body: Readonly<Record<string, unknown>>) => unknown;

const operations: Readonly<Record<string, Operation | undefined>> = {
  "GET health": () => ({ status: "up" }),
  "GET buckets": ({ buckets }) => Object.fromEntries(buckets),
  "PUT buckets/*": (emulator, name, body) =>
    emulator.addBucket({ ...(body as Partial<EmulatorBucket>), name }),
  "DELETE buckets/*": (emulator, name) => emulator.removeBucket(name),
  "POST buckets/*/move": (emulator, name, body) => emulator.move(name, body as EmulatorPlace),
  "GET requests": ({ requests }) => requests,
  "DELETE requests": (emulator) => emulator.clearRequests(),
  "POST faults": (emulator, _name, body) => emulator.fail(checkFault(body)),
  "DELETE faults": (emulator) => emulator.clearFaults(),
  "PUT accounts/*": (emulator, name, body) => emulator.setAccount(checkAccount(name, body)),
};

/**
 * Answers a control request. Only programs of this machine may ask: a web page open in a browser here can reach
 * loopback too, and gives itself away by its `Origin` or, after rebinding a name, by its `Host`.
 */
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
  if (request.headers.origin !== undefined || !ownHosts.includes(request.headers.host ?? "")) {
    return reply(403, { error: "The emulator is not controlled from web pages." });
  }
  const [kind = "", name = "", action] = (request.url ?? "")
    .slice(prefix.length)
    .split("/")
    .map(decodeURIComponent);
  const pattern = [kind, ...(name === "" ? [] : ["*"]), ...(action === undefined ? [] : [action])].join("/");
  const operation = operations[`${request.method} ${pattern}`];
  if (operation === undefined) {
    return reply(404, { error: `Unknown; there is: ${Object.keys(operations).join(", ")}.` });
  }
  try {
    reply(200, operation(emulator, name, await readJson(request)));
  } catch (error) {
    reply(400, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function readJson(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Error("The body should be a JSON object.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new Error("The body should be a JSON object.");
  }
  return body as Readonly<Record<string, unknown>>;
}

function checkFault(body: Readonly<Record<string, unknown>>): EmulatorFault {
  const { kind } = body;
  if (kind !== "error" && kind !== "body" && kind !== "reset" && kind !== "hang") {
    throw new Error(`kind should be error, body, reset or hang, got ${JSON.stringify(kind)}.`);
  }
  const needed = kind === "error" ? "code" : kind === "body" ? "body" : undefined;
  if (needed !== undefined && typeof body[needed] !== "string") {
    throw new Error(`A fault of kind ${kind} needs ${needed}, a text.`);
  }
  return body as EmulatorFault;
}

const statuses = ["active", "inactive", "noPermission", "accessDenied", "arrears"];

function checkAccount(accessKeyId: string, body: Readonly<Record<string, unknown>>): EmulatorAccount {
  const { accessKeySecret, securityToken, expires, status } = body;
  if (typeof accessKeySecret !== "string") throw new Error("accessKeySecret should be a text.");
  if (status !== undefined && !statuses.includes(String(status))) {
    throw new Error(`status should be one of ${statuses.join(", ")}, got ${JSON.stringify(status)}.`);
  }
  const date = expires === undefined ? undefined : new Date(String(expires));
  if (date !== undefined && Number.isNaN(date.getTime()))
    throw new Error("expires should be an ISO 8601 date.");
  return {
    accessKeyId,
    accessKeySecret,
    ...(typeof securityToken === "string" ? { securityToken } : {}),
    ...(date !== undefined ? { expires: date } : {}),
    ...(status !== undefined ? { status: status as NonNullable<EmulatorAccount["status"]> } : {}),
  };
}
