import type { ApiErrorReason } from "./errors";
import type { HowToSet } from "./how-to-set";

/** What a remedy can mention. */
export interface RemedyContext {
  /** The name of the service that was asked. */
  readonly service: string;
  /** The name of the action. */
  readonly action: string;
  /** The code that came. */
  readonly code: string;
  /** The inputs of the request, by name. */
  readonly inputs: Readonly<Record<string, string>>;
  /**
   * What RAM calls the action and its resource, where that is known, and a system policy of Alibaba Cloud that allows it
   * too.
   */
  readonly ramAction?: string;
  readonly ramResource?: string;
  readonly systemPolicy?: string;
  /** The setting that says where the service listens. */
  readonly endpointSetting: string;
  /** Where the credentials come from, in short. */
  readonly origin: string;
  /** How far this machine's clock is ahead of the service's, in seconds, where the answer had a date. */
  readonly skew?: number;
  readonly howToSet: HowToSet;
}

/**
 * Which requests would fail in the same way: `site`, only this one; `service`, every request for as long as the service
 * fails; `all`, every request with these credentials and this bucket.
 */
export type ErrorReach = "site" | "service" | "all";

/** One kind of answer that is an error. */
export interface ErrorCode {
  /** The codes; `*` stands for anything. `HTTP 429` and the like stand for a status whose code is not listed. */
  readonly codes: readonly string[];
  /** What it means. */
  readonly reason: ApiErrorReason;
  /**
   * Whether the call is tried again. `throttled`: the service did nothing and asks for less; waiting helps, however
   * long it takes. `failed`: the service failed, and may have acted; tried again a few times, where the action is
   * repeatable.
   */
  readonly retry: "never" | "throttled" | "failed";
  /** Whether new keys may help, because a session can end and keys can be replaced. */
  readonly renewKeys: boolean;
  readonly reach: ErrorReach;
  /** Whether the service's own words repeat the signed request, so that they must not be shown. */
  readonly hidesMessage?: true;
  /** What the code means, in sentences. They stand in the place of the service's own words, which say less. */
  meaning?(context: RemedyContext): string;
  /** What to do. */
  remedy(context: RemedyContext): string;
}
