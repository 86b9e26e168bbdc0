import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Reply } from "../answer";
import { answer } from "../answer";
import { defined } from "../defined";
import { pause } from "../pause";
import { Refusal } from "../refusal";
import type { SeenRequest } from "../world/seen-request";
import type { World } from "../world/world";
import { accessKeyOf, authenticate, signatureOf } from "./authenticate";
import type { Call } from "./call";
import { readCall } from "./call";
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
  const found = findAction(call.action);
  const fault =
    found && world.faults.take({ service: found.service.name, action: found.action.name, bucketName });
  const { status, code } = await answer(response, fault, {
    act: () => act(call, world, requestId),
    refuse: (refusal) => toReply(refusal, call, requestId),
    send: (reply) => {
      response.writeHead(reply.status, { ...reply.headers, "x-acs-request-id": requestId }).end(reply.body);
    },
  });
  return {
    time: world.now(),
    service: found?.service.name ?? "ens",
    action: call.action ?? "",
    status,
    requestId,
    ...defined({
      bucketName,
      clientIp: call.parameters.optionalText("ClientIp"),
      accessKeyId: accessKeyOf(call),
      userAgent: call.headers["user-agent"],
      signature: signatureOf(call),
      code,
    }),
  };
}

function act(call: Call, world: World, requestId: string): Reply {
  const found = requireAction(call.action);
  if (!call.version) return refuseMissing("Version");
  if (call.version !== found.service.version) {
    throw new Refusal("InvalidVersion", 400, "Specified parameter Version is not valid.");
  }
  const account = found.action.unsigned ? undefined : authenticate(call, world);
  const answered = runAction(found, { parameters: call.parameters, account, peer: call.peer, world });
  return render(call, 200, `${call.action}Response`, { RequestId: requestId, ...answered });
}

function toReply({ code, status, message, headers }: Refusal, call: Call, requestId: string): Reply {
  const reply = render(call, status, "Error", {
    RequestId: requestId,
    HostId: call.headers.host ?? "",
    Code: code,
    Message: message,
    Recommend: `https://api.aliyun.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ens&requestId=${requestId}`,
  });
  return { ...reply, headers: { ...headers, ...reply.headers } };
}
