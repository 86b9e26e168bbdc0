import type { CallSoFar } from "../ens/retry/call-so-far";
import type { BucketPlace, StorageAction } from "./storage-action";

/** How lifecycles call the object storage. */
export interface ObjectStorage {
  /**
   * @param secrets - Values that errors must not show. Default: none.
   * @param soFar - Kept up to date while the call lasts.
   * @throws ApiError, ConnectionError, AnswerError, CredentialsError, CancelledError; EnsError where what shall be sent
   * cannot be read, or has changed
   */
  call<Request extends BucketPlace, Answer>(
    action: StorageAction<Request, Answer>,
    request: Request,
    secrets?: ReadonlySet<string>,
    soFar?: CallSoFar,
  ): Promise<Answer>;

  /**
   * Cleans up: makes one attempt, also in a deployment that was cancelled, and says nothing of what came of it.
   *
   * @param withinMs - How long it may take, in milliseconds.
   */
  tryOnce<Request extends BucketPlace>(
    action: StorageAction<Request, unknown>,
    request: Request,
    withinMs: number,
  ): Promise<void>;
}
