import { createHash } from "node:crypto";
import { defaultAccount, type EmulatorBucket } from "../emulator";
import { prepareUpload } from "../emulator/gateway/prepare-upload";
import { Refusal } from "../emulator/refusal";
import { World } from "../emulator/world";
import { apiError, readAnswer } from "../provider/ens/call-errors";
import type { Caller } from "../provider/ens/client";
import type { HowToSet } from "../provider/ens/how-to-set";

type Parameters = Readonly<Record<string, string>>;

/** ENS in memory: the emulator's answers and the provider's errors, without a network between them. */
export function emulatedEns(buckets: readonly (string | EmulatorBucket)[]): (howToSet: HowToSet) => Caller {
  const world = new World({});
  world.objectEndpoint = "eos.aliyuncs.com";
  for (const bucket of buckets) world.addBucket(bucket);

  return (howToSet) => ({
    call: async (action, request) => {
      const parameters = action.parameters(request);
      const requestId = requestIdOf(parameters);
      try {
        const call = { peer: "127.0.0.1", parameter: (name: string) => parameters[name] };
        const body = prepareUpload(call, defaultAccount, world);
        return readAnswer({ ...body, RequestId: requestId }, { action, request });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, message, status: statusCode } = error;
        throw apiError(
          { kind: "errorAnswer", code, message, statusCode, requestId },
          { action, request, origin: "the mocks'", attempts: { attempts: 1, durationMs: 0 }, howToSet },
        );
      }
    },
  });
}

/** The same for the same question in every run, so that what tests snapshot stays as it is. */
function requestIdOf({ BucketName = "", ClientIp = "", ...others }: Parameters): string {
  const question = [`${BucketName}@${ClientIp}`, ...Object.entries(others).flat()].join("@");
  const hash = createHash("sha256").update(question).digest("hex").toUpperCase();
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
}
