import assert from "node:assert/strict";
import OSS from "ali-oss";
import { type Emulator, startEmulator } from "../../../emulator";
import type { ActionAnswer, ActionCall } from "../gateway-client";

export type Parameters = ActionCall["parameters"];
export type Body = Readonly<Record<string, unknown>>;

const accounts = [
  { accessKeyId: "own", accessKeySecret: "a-secret", accountId: "1" },
  { accessKeyId: "second-key", accessKeySecret: "a-secret", accountId: "1" },
  { accessKeyId: "other", accessKeySecret: "a-secret", accountId: "2" },
];

/** The status of each code that the vendor documents. */
const statuses: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  BucketAlreadyExists: 400,
  BucketNotEmpty: 409,
  "InvalidAction.NotFound": 404,
  MissingBucketName: 400,
  NoSuchBucket: 404,
  NoSuchLifecycle: 404,
  TooManyBuckets: 400,
};

/** Asks an emulator of its own, another one for each test. */
export interface Asker {
  emulator(): Emulator;
  /** Lets so many milliseconds pass for the emulator, since it was started. */
  later(milliseconds: number): void;
  ask(action: string, parameters: Parameters, accessKeyId?: string): Promise<ActionAnswer>;
  /** What is answered, besides the request id; a refusal fails the test. */
  answered(action: string, parameters: Parameters, accessKeyId?: string): Promise<Body>;
  /** The code of a refusal, with the status that belongs to it; `undefined` when there was an answer. */
  codeOf(action: string, parameters: Parameters, accessKeyId?: string): Promise<string | undefined>;
  make(name?: string, parameters?: Parameters): Promise<Body>;
  /** The bucket as the object storage has it, for another client nobody here wrote. */
  storage(name?: string): Promise<OSS>;
}

/** Asks by a client, for the tests of a `describe`. */
export function useAsker(client: () => (call: ActionCall) => Promise<ActionAnswer>): Asker {
  let emulator: Emulator;
  let aheadMs = 0;

  beforeEach(async () => {
    aheadMs = 0;
    emulator = await startEmulator({
      accounts,
      clock: () => new Date(Date.now() + aheadMs),
      ensRegions: { "cn-beijing-15": "purchased", "cn-dalian-unicom": "notPurchased" },
    });
  });
  afterEach(() => emulator.stop());

  function ask(action: string, parameters: Parameters, accessKeyId = "own"): Promise<ActionAnswer> {
    const endpoint = `127.0.0.1:${emulator.port}`;
    return client()({ endpoint, accessKeyId, accessKeySecret: "a-secret", action, parameters });
  }

  async function answered(action: string, parameters: Parameters, accessKeyId?: string): Promise<Body> {
    const answer = await ask(action, parameters, accessKeyId);
    assert.ok("body" in answer, `${action}: ${JSON.stringify(answer)}`);
    const { RequestId, ...body } = answer.body;
    assert.equal(RequestId, emulator.requests.at(-1)?.requestId);
    return body;
  }

  async function codeOf(action: string, parameters: Parameters, accessKeyId?: string) {
    const answer = await ask(action, parameters, accessKeyId);
    const { code, status } = emulator.requests.at(-1) ?? {};
    assert.equal("code" in answer ? answer.code : undefined, code);
    if ("code" in answer && answer.status !== undefined) assert.equal(answer.status, status);
    if (code !== undefined && code in statuses) assert.equal(status, statuses[code], code);
    return code;
  }

  function make(name = "media-assets", parameters: Parameters = {}): Promise<Body> {
    return answered("PutBucket", { BucketName: name, ...parameters });
  }

  async function storage(name = "media-assets"): Promise<OSS> {
    const { BucketName, Endpoint } = await answered("PrepareUpload", { BucketName: name });
    return new OSS({
      endpoint: `http://${Endpoint}`,
      sldEnable: true,
      bucket: String(BucketName),
      accessKeyId: "own",
      accessKeySecret: "a-secret",
      retryMax: 0,
    } as OSS.Options);
  }

  const later = (milliseconds: number) => {
    aheadMs = milliseconds;
  };
  return { emulator: () => emulator, later, ask, answered, codeOf, make, storage };
}
