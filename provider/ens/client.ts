import { type PreparedUploadAnswer, readAnswer } from "./answer";
import { apiError } from "./api-errors";
import { noAnswer } from "./no-answer";
import { RetryingClient, type RetryOptions } from "./retry/retrying-client";
import { RpcClient, type RpcClientOptions } from "./rpc-client";
import type { SetSettings } from "./set-settings";

/** The version of ENS's API. */
export const ensVersion = "2017-11-10";

/** The question of PrepareUpload. */
export interface PrepareUploadRequest {
  /** The logical bucket. */
  readonly bucketName: string;
  /** The address that will upload, where it is not the caller's. */
  readonly clientIp?: string;
}

/** How ENS is reached. */
export interface EnsClientOptions extends Omit<RpcClientOptions, "version"> {
  readonly retry: RetryOptions;
  readonly set: SetSettings;
}

/** The part of ENS this package needs. */
export class EnsClient {
  readonly #options: EnsClientOptions;
  readonly #client: RetryingClient;

  constructor(options: EnsClientOptions) {
    this.#options = options;
    this.#client = new RetryingClient(new RpcClient({ ...options, version: ensVersion }), options.retry);
  }

  /**
   * Asks where a bucket physically is.
   *
   * @throws ApiError, ConnectionError, AnswerError, CredentialsError, CancelledError
   * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
   */
  async prepareUpload({ bucketName, clientIp }: PrepareUploadRequest): Promise<PreparedUploadAnswer> {
    const { endpoint, keys, set } = this.#options;
    const outcome = await this.#client.call("PrepareUpload", {
      BucketName: bucketName,
      ...(clientIp !== undefined ? { ClientIp: clientIp } : {}),
    });
    const { reply } = outcome;
    if (reply.kind === "answer") return readAnswer(reply.body, bucketName);
    if (reply.kind === "failure") throw noAnswer("PrepareUpload", endpoint, reply, outcome);
    throw apiError(reply.refusal, {
      bucketName,
      ...(clientIp !== undefined ? { clientIp } : {}),
      origin: keys.origin,
      outcome,
      set,
    });
  }
}
