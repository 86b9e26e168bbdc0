import type { BucketPlace, StorageAction } from "./storage-action";

/** How lifecycles call the object storage. */
export interface ObjectStorage {
  /**
   * @param secrets - Values that errors must not show. Default: none.
   * @throws ApiError, ConnectionError, AnswerError, CredentialsError, CancelledError
   */
  call<Request extends BucketPlace, Answer>(
    action: StorageAction<Request, Answer>,
    request: Request,
    secrets?: ReadonlySet<string>,
  ): Promise<Answer>;
}
