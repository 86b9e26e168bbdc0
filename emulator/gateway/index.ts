import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { XMLBuilder } from "fast-xml-parser";
import { defined } from "../defined";
import type { EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import { pause, showFault } from "../show-fault";
import type { SeenRequest } from "../world/seen-request";
import type { World } from "../world/world";
import { assumeRole } from "./assume-role";
import { accessKeyOf, authenticate, isRpcV1, signatureOf } from "./authenticate";
import { type Call, readCall } from "./call";
import { missing } from "./missing";
import { prepareUpload } from "./prepare-upload";

interface Action {
  readonly service: "ens" | "sts";
  readonly version: string;
  run(call: Call, account: EmulatorAccount, world: World): Readonly<Record<string, unknown>>;
}

const actions: Readonly<Record<string, Action | undefined>> = {
  PrepareUpload: { service: "ens", version: "2017-11-10", run: prepareUpload },
  AssumeRole: { service: "sts", version: "2015-04-01", run: assumeRole },
};

/** Answers one API call, as the vendor's gateway does. */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
): Promise<SeenRequest> {
  const call = await readCall(request);
  const name = call.headers["x-acs-action"] ?? call.parameter("Action");
  await pause(world.latencyMs);
  const requestId = randomUUID().toUpperCase();
  const reply = { response, requestId, name, call };
  const fault =
    name === "PrepareUpload"
      ? world.faults.take({ service: "ens", bucketName: call.parameter("BucketName") })
      : undefined;
  await pause(fault?.delayMs ?? 0);
  if (fault !== undefined && fault.kind !== "error") {
    const { status, code } = showFault(fault, response);
    return seen(reply, world, status, code);
  }
  try {
    if (fault !== undefined) {
      throw new Refusal(fault.code, fault.status ?? 400, fault.message ?? "Set by fail().", fault.headers);
    }
    const action = findAction(name, call);
    const body = action.run(call, authenticate(call, world), world);
    send(reply, 200, { RequestId: requestId, ...body }, {});
    return seen(reply, world, 200);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, status, message, headers } = error;
    const body = {
      RequestId: requestId,
      HostId: call.headers.host ?? "",
      Code: code,
      Message: message,
      Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ens&requestId=${requestId}`,
    };
    send(reply, status, body, headers);
    return seen(reply, world, status, code);
  }
}

function findAction(name: string | undefined, call: Call): Action {
  if (!name) throw missing("Action");
  const action = actions[name];
  if (action === undefined) {
    throw new Refusal(
      "InvalidAction.NotFound",
      404,
      "Specified api is not found, please check your url and method.",
    );
  }
  const version = call.headers["x-acs-version"] ?? call.parameter("Version");
  if (!version) throw missing("Version");
  if (version !== action.version) {
    throw new Refusal("InvalidVersion", 400, "Specified parameter Version is not valid.");
  }
  return action;
}

interface Reply {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly name: string | undefined;
  readonly call: Call;
}

function send(
  { response, requestId, name, call }: Reply,
  status: number,
  body: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): void {
  // The older style answers in XML unless asked for JSON; the newer one is always JSON.
  const json = !isRpcV1(call) || call.parameter("Format")?.toUpperCase() === "JSON";
  const root = status === 200 ? `${name}Response` : "Error";
  response.writeHead(status, {
    ...headers,
    "content-type": json ? "application/json;charset=utf-8" : "text/xml;charset=utf-8",
    "x-acs-request-id": requestId,
  });
  response.end(
    json
      ? JSON.stringify(body)
      : `<?xml version='1.0' encoding='UTF-8'?>${new XMLBuilder({}).build({ [root]: body })}`,
  );
}

function seen({ name, call, requestId }: Reply, world: World, status: number, code?: string): SeenRequest {
  return {
    time: world.now(),
    service: actions[name ?? ""]?.service ?? "ens",
    action: name ?? "",
    status,
    requestId,
    ...defined({
      bucketName: call.parameter("BucketName"),
      clientIp: call.parameter("ClientIp"),
      accessKeyId: accessKeyOf(call),
      userAgent: call.headers["user-agent"],
      signature: signatureOf(call),
      code,
    }),
  };
}
