import { askWith } from "../ens/ask-with";
import { apiError, readAnswer } from "../ens/call-errors";
import { endpointOf } from "../ens/endpoint";
import type { HowToSet } from "../ens/how-to-set";
import type { RetryOptions } from "../ens/retry/retrying-client";
import { RetryingClient } from "../ens/retry/retrying-client";
import type { ObjectStorage } from "./object-storage";
import type { BucketPlace, StorageAction } from "./storage-action";
import { eosService } from "./storage-action";
import type { StorageRequest, StorageSenderOptions } from "./storage-sender";
import { StorageSender } from "./storage-sender";

/** How the object storage is reached. */
export interface StorageClientOptions extends StorageSenderOptions {
  readonly retry: RetryOptions;
  readonly howToSet: HowToSet;
}

/** Calls the actions of the object storage, and calls again where that may help. */
export class StorageClient implements ObjectStorage {
  readonly #options: StorageClientOptions;
  readonly #client: RetryingClient<object, StorageRequest>;

  constructor(options: StorageClientOptions) {
    this.#options = options;
    this.#client = new RetryingClient(eosService, new StorageSender(options), options.retry);
  }

  async call<Request extends BucketPlace, Answer>(
    action: StorageAction<Request, Answer>,
    request: Request,
    secrets: ReadonlySet<string> = new Set(),
  ): Promise<Answer> {
    const { keys, howToSet } = this.#options;
    const endpoint = endpointOf(request.endpoint);
    const sent = sentRequest(action, request);
    const { result, ...attempts } = await askWith(this.#client, action, sent, endpoint);
    if (result.kind === "answer") return readAnswer(result.body, { action, request, secrets, endpoint });
    throw apiError(result, { action, request, secrets, origin: keys.origin, attempts, howToSet, endpoint });
  }
}

function sentRequest<Request extends BucketPlace>(
  action: StorageAction<Request, unknown>,
  request: Request,
): StorageRequest {
  const { method, element, doneBefore, readOnly } = action;
  const key = action.key?.(request);
  const content = action.content?.(request);
  return {
    method,
    endpoint: endpointOf(request.endpoint),
    bucket: request.physicalBucketName,
    subresource: action.subresource?.(request) ?? {},
    query: action.parameters(request),
    ...(key !== undefined ? { key } : {}),
    ...(content !== undefined ? { content } : {}),
    answer: { element, doneBefore, mayBeEmpty: !readOnly },
  };
}
