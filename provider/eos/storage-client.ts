import { askWith } from "../ens/ask-with";
import type { ApiCall } from "../ens/call-errors";
import { apiError, readAnswer, shownParts } from "../ens/call-errors";
import { endpointOf } from "../ens/endpoint";
import { EnsError, withDocsLink } from "../ens/errors";
import type { HowToSet } from "../ens/how-to-set";
import { newCall } from "../ens/retry/call-so-far";
import type { RetryOptions } from "../ens/retry/retrying-client";
import { RetryingClient } from "../ens/retry/retrying-client";
import { ContentFault, contentRemedy } from "./content";
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
  /** Sends also when the deployment is cancelled. */
  readonly #lastSender: StorageSender;

  constructor(options: StorageClientOptions) {
    this.#options = options;
    this.#client = new RetryingClient(eosService, new StorageSender(options), options.retry);
    const transport = { ...options.transport, cancelled: new AbortController().signal };
    this.#lastSender = new StorageSender({ ...options, transport });
  }

  async call<Request extends BucketPlace, Answer>(
    action: StorageAction<Request, Answer>,
    request: Request,
    secrets: ReadonlySet<string> = new Set(),
    soFar = newCall(),
  ): Promise<Answer> {
    const { keys, howToSet } = this.#options;
    const endpoint = endpointOf(request.endpoint);
    const sent = sentRequest(action, request);
    const { result, ...attempts } = await askWith(this.#client, action, sent, endpoint, soFar).catch(
      (error: unknown) => {
        throw error instanceof ContentFault ? contentError(error, { action, request, secrets }) : error;
      },
    );
    if (result.kind === "answer") return readAnswer(result.body, { action, request, secrets, endpoint });
    throw apiError(result, { action, request, secrets, origin: keys.origin, attempts, howToSet, endpoint });
  }

  async tryOnce<Request extends BucketPlace>(
    action: StorageAction<Request, unknown>,
    request: Request,
    withinMs: number,
  ): Promise<void> {
    try {
      const keys = await this.#lastSender.getKeys();
      await this.#lastSender.send(action, sentRequest(action, request), keys, withinMs);
    } catch {
      // Whatever made the call fail before is what the user should read.
    }
  }
}

function sentRequest<Request extends BucketPlace>(
  action: StorageAction<Request, unknown>,
  request: Request,
): StorageRequest {
  const { method, element, expectedCode, readOnly } = action;
  const key = action.key?.(request);
  const headers = action.headers?.(request);
  const xml = action.xml?.(request);
  const body = action.body?.(request);
  return {
    method,
    endpoint: endpointOf(request.endpoint),
    bucket: request.physicalBucketName,
    subresource: action.subresource?.(request) ?? {},
    query: action.parameters(request),
    ...(key !== undefined ? { key } : {}),
    ...(headers !== undefined ? { headers } : {}),
    ...(xml !== undefined ? { xml } : {}),
    ...(body !== undefined ? { body } : {}),
    answer: { element, expectedCode, mayBeEmpty: !readOnly || element === undefined },
  };
}

function contentError<Request>(
  fault: ContentFault,
  call: Pick<ApiCall<Request, unknown>, "action" | "request" | "secrets">,
): EnsError {
  const { request, clean } = shownParts(call);
  const { action, secrets } = call;
  const { message, cause } = fault;
  // The cause names the file with its folder, which may be a secret.
  const options = secrets === undefined || secrets.size === 0 ? { cause } : {};
  const what = `${action.name} for ${action.subject(request)} failed: ${clean(message)}.`;
  return new EnsError(withDocsLink({ what, remedy: contentRemedy }, "file"), options);
}
