import { createHash } from "node:crypto";
import { defaultAccount, type EmulatorBucket } from "../emulator";
import { prepareUpload } from "../emulator/gateway/prepare-upload";
import { Refusal } from "../emulator/refusal";
import { World } from "../emulator/world";
import { readAnswer } from "../provider/ens/answer";
import { apiError } from "../provider/ens/api-errors";
import type { EnsClient } from "../provider/ens/client";
import type { Settings } from "../provider/lifecycle/settings/settings";

type Client = Pick<EnsClient, "prepareUpload">;

/** ENS in memory: the emulator's answers and the provider's errors, without a network between them. */
export function emulatedEns(buckets: readonly (string | EmulatorBucket)[]): (settings: Settings) => Client {
  const world = new World({});
  world.objectEndpoint = "eos.aliyuncs.com";
  for (const bucket of buckets) world.addBucket(bucket);

  return ({ set }) => ({
    prepareUpload: async (request) => {
      const { bucketName, clientIp } = request;
      const requestId = requestIdOf(bucketName, clientIp);
      const parameters: Readonly<Record<string, string | undefined>> = {
        BucketName: bucketName,
        ClientIp: clientIp,
      };
      try {
        const call = { peer: "127.0.0.1", parameter: (name: string) => parameters[name] };
        return readAnswer(
          { ...prepareUpload(call, defaultAccount, world), RequestId: requestId },
          bucketName,
        );
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        const { code, message, status: statusCode } = error;
        const context = { ...request, origin: "the mocks'", outcome: { attempts: 1, took: 0 }, set };
        throw apiError({ code, message, statusCode, requestId }, context);
      }
    },
  });
}

/** The same for the same question in every run, so that what tests snapshot stays as it is. */
function requestIdOf(bucketName: string, clientIp = ""): string {
  const hash = createHash("sha256").update(`${bucketName}@${clientIp}`).digest("hex").toUpperCase();
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*/, "$1-$2-$3-$4-$5");
}
