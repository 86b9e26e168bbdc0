import type { Fields } from "./fields";

/** A service of Alibaba Cloud whose actions this package calls. */
export interface Service {
  /** Its name in lines and errors. */
  readonly name: string;
  /** The version of its API. */
  readonly version: string;
  /** The setting that says where it listens. */
  readonly endpointSetting: string;
  /** A system policy of Alibaba Cloud that allows all of its actions used here. */
  readonly systemPolicy?: string;
}

export const ensService: Service = {
  name: "ENS",
  version: "2017-11-10",
  endpointSetting: "endpoint",
  systemPolicy: "AliyunEnsEOSFullAccess",
};

export const stsService: Service = { name: "STS", version: "2015-04-01", endpointSetting: "endpoints[].sts" };

/** Everything about an action: how it is called, how its answer is read, and what errors say about it. */
export interface Action<Request, Answer> {
  readonly name: string;
  readonly service: Service;
  /** Whether it only asks. Of any other action, an error cannot say that nothing was changed. */
  readonly readOnly: boolean;
  /**
   * Whether it may be called again when an answer was lost, because a second call changes nothing more. For an action
   * that may not be repeated, the error says that it may have been done.
   */
  readonly repeatable: boolean;
  /** Whether it is called without keys: what it is given says who calls. */
  readonly unsigned?: true;
  /** The parameters that are secrets: they travel in the body, and the service's words are shown without them. */
  readonly secretParameters?: readonly string[];
  /** What RAM calls it, for the policy that allows it: `ens:PrepareUpload`. Left out where that is not documented. */
  readonly ramAction?: string;
  /** The resource of that policy. */
  ramResource(request: Request): string;
  /** What a request is about, as errors say it: `bucket "media-assets"`. */
  subject(request: Request): string;
  /** The inputs that a request is made of, by the names that a program gives them. */
  inputs(request: Request): Readonly<Record<string, string>>;
  /** Secrets that a request has inside of a longer text, and the service may repeat. */
  hidden?(request: Request): readonly string[];
  /** The parameters of the API. */
  parameters(request: Request): Readonly<Record<string, string>>;
  /** Reads the answer. The fields note what is wrong with it. */
  readAnswer(fields: Fields): Answer;
}

/** The policy that allows a request, as JSON. */
export function policyFor<Request>(action: Action<Request, unknown>, request: Request): string {
  const statement = {
    Effect: "Allow",
    Action: action.ramAction,
    Resource: action.ramResource(request),
  };
  return JSON.stringify({ Version: "1", Statement: [statement] });
}

/** Every answer has a request id of this form. */
export const requestIdRule = { expected: "an id", test: (text: string) => /^[\w-]{1,128}$/.test(text) };

/** Reads an answer that says nothing but that the action was done. */
export function readDone(fields: Fields): void {
  fields.text("RequestId", requestIdRule);
}
