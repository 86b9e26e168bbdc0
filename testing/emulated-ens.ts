import { createHash } from "node:crypto";
import { runInMemory } from "../emulator/gateway/run-in-memory";
import { Refusal } from "../emulator/refusal";
import type { World } from "../emulator/world/world";
import { apiError, readAnswer } from "../provider/ens/call-errors";
import type { Caller } from "../provider/ens/client";
import type { HowToSet } from "../provider/ens/how-to-set";

type Parameters = Readonly<Record<string, string>>;

/** ENS in memory: the emulator's answers and the provider's errors, without a network between them. */
export function callerIn(world: World, howToSet: HowToSet): Caller {
  return {
    call: async (action, request, secrets = new Set()) => {
      const parameters = action.parameters(request);
      const requestId = requestIdOf(parameters);
      try {
        const body = runInMemory(world, action.name, parameters);
        return readAnswer({ ...body, RequestId: requestId }, { action, request, secrets });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, message, status: statusCode } = error;
        throw apiError(
          { kind: "errorAnswer", code, message, statusCode, requestId },
          {
            action,
            request,
            secrets,
            origin,
            attempts: { attempts: 1, durationMs: 0 },
            howToSet,
          },
        );
      }
    },
  };
}

/** Whom mocks ask, as errors say where credentials come from. */
export const origin = "the mocks";

/** The same question has the same id in every run, so that snapshots of tests do not change. */
function requestIdOf({ BucketName = "", ClientIp = "", ...others }: Parameters): string {
  return requestIdFor([`${BucketName}@${ClientIp}`, ...Object.entries(others).flat()].join("@"));
}

export function requestIdFor(question: string): string {
  const hash = createHash("sha256").update(question).digest("hex").toUpperCase();
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
}
