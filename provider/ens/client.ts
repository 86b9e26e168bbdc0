import { type PreparedUploadAnswer, readAnswer } from "./answer";
import { apiError } from "./api-errors";
import { clockSkew } from "./clock-skew";
import { RpcClient, type RpcClientOptions } from "./rpc-client";

/** The question of PrepareUpload. */
export interface PrepareUploadRequest {
  /** The logical bucket. */
  readonly bucketName: string;
  /** The address that will upload, where it is not the caller's. */
  readonly clientIp?: string;
}

/** The part of ENS this package needs. */
export class EnsClient {
  readonly #options: Omit<RpcClientOptions, "version">;
  readonly #rpc: RpcClient;

  constructor(options: Omit<RpcClientOptions, "version">) {
    this.#options = options;
    this.#rpc = new RpcClient({ ...options, version: "2017-11-10" });
  }

  /**
   * Asks where a bucket physically is.
   *
   * @throws ApiError, ConnectionError, AnswerError, CredentialsError
   * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-prepareupload
   */
  async prepareUpload({ bucketName, clientIp }: PrepareUploadRequest): Promise<PreparedUploadAnswer> {
    const reply = await this.#rpc.call("PrepareUpload", {
      BucketName: bucketName,
      ...(clientIp !== undefined ? { ClientIp: clientIp } : {}),
    });
    if (reply.kind === "answer") return readAnswer(reply.body, bucketName);
    throw await apiError(reply.refusal, {
      bucketName,
      ...(clientIp !== undefined ? { clientIp } : {}),
      origin: this.#options.keys.origin,
      skew: () => clockSkew(this.#options.endpoint),
    });
  }
}
