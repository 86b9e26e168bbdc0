import type { Action } from "./action";
import { policyFor } from "./action";
import type { ErrorAnswer, NoAnswer } from "./attempt-result";
import { codeOf } from "./code-of";
import type { Attempts } from "./describe-attempts";
import { describeAttempts } from "./describe-attempts";
import type { Endpoint } from "./endpoint";
import { endpointUrl } from "./endpoint";
import { emulatorRemedy, endpointSettingOf } from "./endpoint-setting";
import { errorCodeOf } from "./error-codes";
import { AnswerError, ApiError, CancelledError, ConnectionError } from "./errors";
import { Fields } from "./fields";
import type { HowToSet } from "./how-to-set";
import { shownValue, wordsWithout } from "./text/concealed";
import { printable } from "./text/printable";
import { throughProxy } from "./transport/proxies";

/** A call that was made, with all that its error says about it. */
export interface ApiCall<Request, Answer> {
  readonly action: Action<Request, Answer>;
  readonly request: Request;
  /** The values that must not be shown, whether or not the request holds them. Default: none. */
  readonly secrets?: ReadonlySet<string>;
  /** Where the credentials come from. */
  readonly origin: string;
  readonly attempts: Attempts;
  readonly howToSet: HowToSet;
  /** Where the service was asked. Mocks ask nowhere. */
  readonly endpoint?: Endpoint;
}

/** The error for what a service refused: code, subject, request id, and what to do. */
export function apiError<Request>(answer: ErrorAnswer, call: ApiCall<Request, unknown>): ApiError {
  const { action, origin, howToSet, endpoint } = call;
  const { service } = action;
  const { request, inputs, clean } = shownParts(call);
  const code = cleanCode(answer, clean);
  const meaning = errorCodeOf(printableCode(answer), answer.statusCode);
  const requestId = cleanRequestId(answer.requestId, clean);
  const context = {
    service: service.name,
    action: action.name,
    code: printableCode(answer),
    inputs,
    endpointSetting: endpointSettingOf(service, endpoint),
    origin,
    howToSet,
    ...(action.ramAction !== undefined
      ? { ramAction: action.ramAction, ramResource: action.ramResource(request) }
      : {}),
    ...(service.systemPolicy !== undefined ? { systemPolicy: service.systemPolicy } : {}),
    ...(answer.skew !== undefined ? { skew: answer.skew } : {}),
  };
  const means = meaning.meaning?.(context);
  const words = means === undefined || answer.isOfPart ? ownWords(answer, { clean }) : "";
  const failed =
    `${action.name} for ${action.subject(request)} failed with ${code}${words}` +
    `${describeAttempts(call.attempts)}, request id ${requestId || "none"}.`;
  const mayBeDone = meaning.retry === "failed" && !action.readOnly;
  const remedy = meaning.remedy(context);
  return new ApiError(
    {
      what: means === undefined ? failed : `${failed} ${means}`,
      remedy: mayBeDone ? `${checkFirst(action)} ${remedy}` : remedy,
    },
    {
      code,
      reason: meaning.reason,
      statusCode: answer.statusCode,
      ...(inputs.bucketName !== undefined ? { bucketName: inputs.bucketName } : {}),
      ...(requestId !== "" ? { requestId } : {}),
      ...(meaning.reason === "permission" && action.ramAction !== undefined
        ? { policy: policyFor(action, request) }
        : {}),
    },
  );
}

/** The code of an answer, fit for an error; where it has none, its status. */
export function printableCode({ code, statusCode }: Pick<ErrorAnswer, "code" | "statusCode">): string {
  return printable(code, 100) || `HTTP ${statusCode}`;
}

/** What the service said, in brackets; empty where that must not be shown. */
export function ownWords(
  answer: ErrorAnswer,
  { clean = (text) => text, most = 100 }: { readonly clean?: Clean; readonly most?: number } = {},
): string {
  const { hidesMessage } = errorCodeOf(printableCode(answer), answer.statusCode);
  const text = hidesMessage ? "" : printable(clean(answer.message), most);
  return text === "" ? "" : ` (${text})`;
}

/** Takes out of a service's text what must not be shown. */
type Clean = (text: string) => string;

/** What an error may show of a request that holds secrets: the request without them, and a service's texts cleaned. */
export function shownParts<Request, Answer>({
  action,
  request,
  secrets = new Set<string>(),
}: Pick<ApiCall<Request, Answer>, "action" | "request" | "secrets">): {
  readonly request: Request;
  readonly inputs: Readonly<Record<string, string>>;
  readonly clean: Clean;
} {
  const inputs = action.inputs(request);
  // Only what was sent can come back.
  const hidden = action.hidden?.(request) ?? [];
  const sent = new Set([...Object.values(inputs).filter((value) => secrets.has(value)), ...hidden]);
  if (sent.size === 0) return { request, inputs, clean: (text) => text };
  const shown = (values: object) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shownValue(value, sent)]));
  return {
    request: shown(request as object) as Request,
    inputs: shown(inputs),
    clean: (text) => wordsWithout(text, sent),
  };
}

/** The codes of Alibaba Cloud, `InvalidParameter.BucketName`, have letters in common with a secret only by chance. */
function cleanCode(answer: ErrorAnswer, clean: Clean): string {
  const code = printableCode(answer);
  return /^([A-Z]\w*(\.[A-Z]\w*)*|HTTP \d+)$/.test(code) ? code : clean(code);
}

/** So have its request ids, which are UUIDs. */
function cleanRequestId(requestId: unknown, clean: Clean): string {
  const id = printable(requestId, 128);
  return /^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/i.test(id) ? id : clean(id);
}

/** The error for a call that got no usable answer in any attempt. */
export function connectionError<Request>(
  { why, remedy: known, proxy, cause, mayHaveArrived }: NoAnswer,
  endpoint: Endpoint,
  { action, attempts }: Pick<ApiCall<Request, unknown>, "action" | "attempts">,
): ConnectionError {
  const refused = codeOf(cause) === "ECONNREFUSED";
  const toCheck =
    known ??
    (refused ? emulatorRemedy(action.service, endpoint) : undefined) ??
    `Check the network${proxy === undefined ? "" : ", the proxy"} and the setting ${endpointSettingOf(action.service, endpoint)}`;
  const mayBeDone = mayHaveArrived && !action.readOnly;
  const again = mayBeDone && !action.repeatable ? "" : ", then run the command again";
  const outcome = mayBeDone ? `. ${mayHaveBeenDone(action)}` : "; nothing was changed.";
  return new ConnectionError(
    {
      what:
        `${action.name} got no usable answer from ${endpointUrl(endpoint)}${throughProxy(proxy)}` +
        `${describeAttempts(attempts)}: ${why}.`,
      remedy: `${toCheck}${again}${outcome}`,
    },
    { cause },
  );
}

/** The error for a write that was under way when the deployment was cancelled. */
export function cancelledWrite(
  { name, service }: Pick<Action<never, unknown>, "name" | "service">,
  cause: CancelledError,
): CancelledError {
  return new CancelledError(
    {
      what: `The deployment was cancelled before ${service.name} had answered; ${name} may have been done.`,
      remedy: "Run the command again to go on.",
    },
    { cause },
  );
}

/** The same, before what says to run the command again. */
function checkFirst(action: Pick<Action<never, unknown>, "name" | "repeatable">): string {
  return action.repeatable ? mayHaveBeenDone(action) : `${action.name} may have been done: check that first.`;
}

function mayHaveBeenDone({ name, repeatable }: Pick<Action<never, unknown>, "name" | "repeatable">): string {
  return repeatable
    ? `${name} may have been done; doing it again is safe.`
    : `${name} may have been done: check that before you run the command again.`;
}

/** What became of a call whose answer cannot be used. */
function outcomeOf(action: Pick<Action<never, unknown>, "name" | "repeatable" | "readOnly">): string {
  if (action.readOnly) return "Nothing was changed.";
  return action.repeatable
    ? mayHaveBeenDone(action)
    : `${action.name} was done, but its result is not in state.`;
}

/**
 * Reads what a service answered. Every part of it must be what it should be.
 *
 * @throws AnswerError
 */
export function readAnswer<Request, Answer>(
  body: Readonly<Record<string, unknown>>,
  call: Pick<ApiCall<Request, Answer>, "action" | "request" | "secrets" | "endpoint">,
): Answer {
  const { action, endpoint } = call;
  const { request, clean } = shownParts(call);
  const fields = new Fields(body, clean);
  const answer = action.readAnswer(fields);
  if (fields.faults.length === 0) return answer;
  const { name, service } = action;
  throw new AnswerError({
    what:
      `The answer to ${name} for ${action.subject(request)} (request id ${cleanRequestId(body.RequestId, clean) || "none"}) ` +
      `cannot be used: ${fields.told}. ${outcomeOf(action)}`,
    remedy:
      endpoint?.setting === undefined
        ? "Run the command again; if that fails, give Alibaba Cloud's support the request id."
        : `Run the command again; if that fails, check the setting ${endpointSettingOf(service, endpoint)}.`,
  });
}
