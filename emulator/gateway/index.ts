import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { defined } from "../defined";
import { Refusal } from "../refusal";
import { pause, showFault } from "../show-fault";
import type { SeenRequest } from "../world/seen-request";
import type { World } from "../world/world";
import { accessKeyOf, authenticate, signatureOf } from "./authenticate";
import { type Call, readCall } from "./call";
import { findAction, requireAction } from "./find-action";
import { refuseMissing } from "./refuse-missing";
import { render } from "./render";
import { runAction } from "./run-action";

/** Answers one API call, as the vendor's gateway does. */
export async function answerCall(
  request: IncomingMessage,
  response: ServerResponse,
  world: World,
): Promise<SeenRequest> {
  const call = await readCall(request);
  const requestId = randomUUID().toUpperCase();
  const bucketName = call.parameters.optionalText("BucketName");
  await pause(world.latencyMs);
  const service = findAction(call.action)?.service.name;
  const fault = service === "ens" ? world.faults.take({ service, bucketName }) : undefined;
  await pause(fault?.delayMs ?? 0);
  const reply = { response, requestId, call };
  if (fault !== undefined && fault.kind !== "error") {
    const { status, code } = showFault(fault, response);
    return seen(reply, world, status, code);
  }
  try {
    if (fault !== undefined) {
      throw new Refusal(fault.code, fault.status ?? 400, fault.message ?? "Set by fail().", fault.headers);
    }
    send(reply, 200, { RequestId: requestId, ...act(call, world) }, {});
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

function act(call: Call, world: World): Readonly<Record<string, unknown>> {
  const found = requireAction(call.action);
  if (!call.version) return refuseMissing("Version");
  if (call.version !== found.service.version) {
    throw new Refusal("InvalidVersion", 400, "Specified parameter Version is not valid.");
  }
  const account = authenticate(call, world);
  return runAction(found, { parameters: call.parameters, account, peer: call.peer, world });
}

interface Reply {
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly call: Call;
}

function send(
  { response, requestId, call }: Reply,
  status: number,
  content: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>>,
): void {
  const { type, body } = render(call, status === 200 ? `${call.action}Response` : "Error", content);
  response.writeHead(status, { ...headers, "content-type": type, "x-acs-request-id": requestId });
  response.end(body);
}

function seen({ call, requestId }: Reply, world: World, status: number, code?: string): SeenRequest {
  return {
    time: world.now(),
    service: findAction(call.action)?.service.name ?? "ens",
    action: call.action ?? "",
    status,
    requestId,
    ...defined({
      bucketName: call.parameters.optionalText("BucketName"),
      clientIp: call.parameters.optionalText("ClientIp"),
      accessKeyId: accessKeyOf(call),
      userAgent: call.headers["user-agent"],
      signature: signatureOf(call),
      code,
    }),
  };
}
