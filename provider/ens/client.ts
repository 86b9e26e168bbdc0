import type { Action } from "./action";
import type { Answered } from "./ask-with";
import { askWith } from "./ask-with";
import { apiError, readAnswer } from "./call-errors";
import type { HowToSet } from "./how-to-set";
import type { CallSoFar } from "./retry/call-so-far";
import { newCall } from "./retry/call-so-far";
import type { RetryOptions } from "./retry/retrying-client";
import { RetryingClient } from "./retry/retrying-client";
import type { RpcClientOptions } from "./rpc-client";
import { RpcClient } from "./rpc-client";

/** How lifecycles call a service. Mocks have their own. */
export interface Caller {
  /**
   * @param secrets - Values that errors must not show. Default: none.
   * @param soFar - Kept up to date while the call lasts.
   * @throws ApiError, ConnectionError, AnswerError, CredentialsError, CancelledError
   */
  call<Request, Answer>(
    action: Action<Request, Answer>,
    request: Request,
    secrets?: ReadonlySet<string>,
    soFar?: CallSoFar,
  ): Promise<Answer>;
}

/** How a service is reached. */
export interface ClientOptions extends RpcClientOptions {
  readonly retry: RetryOptions;
  readonly howToSet: HowToSet;
}

/** Calls the actions of one service, and calls again where that may help. */
export class Client implements Caller {
  readonly #options: ClientOptions;
  readonly #client: RetryingClient;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#client = new RetryingClient(options.service, new RpcClient(options), options.retry);
  }

  async call<Request, Answer>(
    action: Action<Request, Answer>,
    request: Request,
    secrets: ReadonlySet<string> = new Set(),
    soFar?: CallSoFar,
  ): Promise<Answer> {
    const { keys, howToSet, endpoint } = this.#options;
    const outcome = await this.ask(action, request, soFar);
    const { result } = outcome;
    if (result.kind === "answer") return readAnswer(result.body, { action, request, secrets, endpoint });
    const origin = keys?.origin ?? "none";
    throw apiError(result, { action, request, secrets, origin, attempts: outcome, howToSet, endpoint });
  }

  /**
   * The same, for a caller that reads the answer itself.
   *
   * @throws ConnectionError, CredentialsError, CancelledError
   */
  async ask<Request, Answer>(
    action: Action<Request, Answer>,
    request: Request,
    soFar = newCall(),
  ): Promise<Answered> {
    return askWith(this.#client, action, action.parameters(request), this.#options.endpoint, soFar);
  }
}
