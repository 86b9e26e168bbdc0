import type { ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import type { EmulatorFault } from "./options";
import { pause } from "./pause";
import { Refusal } from "./refusal";

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | number>>;
  readonly body?: string;
  /** In place of a body: bytes that are read when they are sent. The headers say how many. */
  readonly bytes?: () => Readable;
}

/** How a service answers one request. */
interface Answering {
  /** Does what was asked. What cannot be done is thrown as a `Refusal`. */
  act(): Reply;
  /** A refusal, in the service's own form. */
  refuse(refusal: Refusal): Reply;
  send(reply: Reply): void;
}

/** What is seen of an answer. */
interface Outcome {
  /** 0: there was none. */
  readonly status: number;
  /** The code of the refusal, or the kind of the fault. */
  readonly code?: string;
}

/** Answers a request, or does what a fault says in place of it. */
export async function answer(
  response: ServerResponse,
  fault: EmulatorFault | undefined,
  answering: Answering,
): Promise<Outcome> {
  if (fault === undefined) return give(answering, attempt(answering));
  const { kind, delayMs = 0 } = fault;
  if (kind === "lostAnswer") attempt(answering);
  await pause(delayMs);
  switch (kind) {
    case "error": {
      const { code, status = 400, message = "Set by fail().", headers } = fault;
      return give(answering, new Refusal(code, status, message, headers));
    }
    case "body": {
      const { status = 200, contentType = "application/json", body } = fault;
      response.writeHead(status, { "content-type": contentType }).end(body);
      return { status, code: kind };
    }
    case "reset":
    case "lostAnswer":
      response.destroy();
      return { status: 0, code: kind };
    case "hang":
      return { status: 0, code: kind };
  }
}

function attempt({ act }: Answering): Reply | Refusal {
  try {
    return act();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

function give({ refuse, send }: Answering, what: Reply | Refusal): Outcome {
  const { status } = what;
  if (!(what instanceof Refusal)) {
    send(what);
    return { status };
  }
  send(refuse(what));
  return { status, code: what.code };
}
