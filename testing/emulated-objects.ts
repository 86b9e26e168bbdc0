import { buffer } from "node:stream/consumers";
import { ObjectStorage as EmulatedStorage } from "../emulator/eos";
import { Bytes } from "../emulator/eos/bytes";
import { Refusal } from "../emulator/refusal";
import type { World } from "../emulator/world/world";
import { apiError, readAnswer } from "../provider/ens/call-errors";
import { endpointOf } from "../provider/ens/endpoint";
import type { HowToSet } from "../provider/ens/how-to-set";
import type { ObjectStorage } from "../provider/eos/object-storage";
import { readXml } from "../provider/eos/read-xml";
import type { BucketPlace, StorageAction } from "../provider/eos/storage-action";
import { origin, requestIdFor } from "./emulated-ens";

/** The object storage in memory: the emulator's answers and the provider's errors, without a network between them. */
export function objectsIn(world: World, howToSet: HowToSet): ObjectStorage {
  const storage = new EmulatedStorage(world);
  const call: ObjectStorage["call"] = async (action, request, secrets = new Set()) => {
    const asked = await emulatedRequest(action, request);
    const requestId = requestIdFor([action.name, asked.bucket, asked.key, asked.query].join("@"));
    const added = { RequestId: requestId, Date: world.now().toUTCString() };
    const endpoint = endpointOf(request.endpoint);
    const given = { action, request, secrets, endpoint };
    try {
      const { headers = {}, body } = storage.answerInMemory(asked);
      const content = body === undefined ? {} : readXml(body)?.content;
      return readAnswer({ ...content, ...added, Headers: texts(headers) }, given);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { code, message, status: statusCode } = error;
      if (code === action.expectedCode) return readAnswer({ Code: code, ...added }, given);
      const attempts = { attempts: 1, durationMs: 0 };
      const refused = { kind: "errorAnswer", code, message, statusCode, requestId } as const;
      throw apiError(refused, { ...given, origin, attempts, howToSet });
    }
  };
  return {
    call,
    tryOnce: async (action, request) => {
      await call(action, request).catch(() => {});
    },
  };
}

async function emulatedRequest<Request extends BucketPlace>(
  action: StorageAction<Request, unknown>,
  request: Request,
) {
  const { content } = action.body?.(request) ?? {};
  const body =
    content === undefined ? Buffer.from(action.xml?.(request) ?? "") : await buffer(content.open());
  return {
    method: action.method,
    bucket: request.physicalBucketName,
    key: action.key?.(request) ?? "",
    query: new URLSearchParams({ ...action.parameters(request), ...action.subresource?.(request) }),
    headers: Object.fromEntries(
      Object.entries(action.headers?.(request) ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: new Bytes([body]),
  };
}

/** Headers as they come over the network. */
function texts(headers: Readonly<Record<string, string | number>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
