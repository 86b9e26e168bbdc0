/**
 * The lifecycle of `PreparedUploads`, run in Pulumi's provider process. State names this module
 * (`pulumi-alicloud-ens/prepared-uploads`), and what it exports is the provider: it must stay here for ever.
 */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ApiError, EnsError } from "../ens/errors";
import { listed } from "../ens/listed";
import { systemTiming } from "../ens/retry/timing";
import { atBoundary } from "./boundary";
import { checkBucketName, checkClientIps, checkSettings, checkTriggers } from "./checks";
import { rememberDrift, takeDrift } from "./drift";
import { type Answers, askSites, type BySite } from "./many/ask-sites";
import { changedSites } from "./many/changed-sites";
import { reasonsOf } from "./many/reasons";
import { Slots } from "./many/slots";
import { PartialFailure, packed } from "./partial-failure";
import { concealFailures, concealing, isSecret, sameBucket, secretValue } from "./secrets";
import { currentSettings, ensClient } from "./session";
import { tell } from "./tell";

export { configure } from "./session";

/** What the program gave, with every output resolved. */
export interface PreparedUploadsInputs {
  readonly bucketName: string;
  readonly clientIps: BySite;
  readonly triggers?: readonly unknown[];
  /** Which of these are secrets, where any is. */
  readonly secretInputs?: readonly string[];
}

/** What state holds. */
export interface PreparedUploadsState extends PreparedUploadsInputs {
  /** By site, `media-assets-3f9a1c@eos.aliyuncs.com`: one line a site in state, and in the diff of a move. */
  readonly places: BySite;
  /** Sites whose place is an older answer, since the last attempt to ask again failed. */
  readonly unconfirmed?: readonly string[];
}

export async function check(
  _olds: Partial<PreparedUploadsInputs>,
  news: PreparedUploadsInputs,
): Promise<dynamic.CheckResult<PreparedUploadsInputs>> {
  return atBoundary(() => {
    const failures = [
      ...checkBucketName(news.bucketName),
      ...checkClientIps(news.clientIps),
      ...checkTriggers(news.triggers),
      ...checkSettings(),
    ];
    return failures.length > 0 ? { failures: concealFailures(failures, news) } : { inputs: news };
  });
}

/** Compares what the program decides and nothing else: not the answers, and not the text that names this code. */
export async function diff(
  _id: string,
  olds: PreparedUploadsState,
  news: PreparedUploadsInputs,
): Promise<dynamic.DiffResult> {
  const replaces = sameBucket(olds, news) ? [] : ["bucketName"];
  const edited =
    !isDeepStrictEqual(olds.clientIps, news.clientIps) ||
    !sameTriggers(olds, news) ||
    // What becomes a secret is encrypted in state by an update.
    !isDeepStrictEqual(olds.secretInputs ?? undefined, news.secretInputs ?? undefined);
  const drift = takeDrift(textOf(olds.places));
  const line = replaces.length > 0 ? "" : changedSites(olds.clientIps, news.clientIps);
  if (line !== "") tell(`${concealing(news)(news.bucketName)}: ${line}`);
  return { changes: edited || drift || replaces.length > 0, replaces };
}

export async function create(
  inputs: PreparedUploadsInputs,
): Promise<dynamic.CreateResult<PreparedUploadsState>> {
  return atBoundary(async () => {
    const answers = await ask(inputs, inputs.clientIps);
    // Pulumi shows ids, and stores them in clear.
    const id = isSecret(inputs, "bucketName") ? randomUUID() : inputs.bucketName;
    return { id, outs: outputsOf(id, inputs, settle(inputs, {}, answers)) };
  }, concealing(inputs));
}

export async function update(
  id: string,
  olds: PreparedUploadsState,
  news: PreparedUploadsInputs,
): Promise<dynamic.UpdateResult<PreparedUploadsState>> {
  return atBoundary(async () => {
    const kept = keptPlaces(olds, news.clientIps);
    const again = sameTriggers(olds, news) ? new Set(olds.unconfirmed) : undefined;
    const asked = Object.entries(news.clientIps).filter(
      ([site]) => again === undefined || again.has(site) || !Object.hasOwn(kept, site),
    );
    const answers = await ask(news, Object.fromEntries(asked));
    return { outs: outputsOf(id, news, settle(news, kept, answers)) };
  }, concealing(news));
}

export async function read(
  id: string,
  props: PreparedUploadsState,
): Promise<dynamic.ReadResult<PreparedUploadsState>> {
  return atBoundary(async () => {
    if (props.places === undefined) throw new EnsError(noLookup(id));
    const answers = await ask(props, props.clientIps);
    if ([...answers.failures.values()].some(isNoSuchBucket)) return { id: "" };
    const settled = settle(props, keptPlaces(props, props.clientIps), answers);
    noteMoves(props, settled.state);
    try {
      return { id, props: outputsOf(id, props, settled) };
    } catch (error) {
      throw PartialFailure.isInstance(error) ? packed(error) : error;
    }
  }, concealing(props));
}

function noLookup(id: string): string {
  return (
    `PreparedUploads cannot be looked up by the id "${id}": only state knows the sites. ` +
    "Declare them: `new PreparedUploads(name, { bucketName, clientIps })`."
  );
}

let slots: Slots | undefined;

function ask(inputs: PreparedUploadsInputs, clientIps: BySite): Promise<Answers> {
  const { bucketName } = inputs;
  slots ??= new Slots(currentSettings().maxConcurrency);
  return askSites(clientIps, {
    subject: concealing(inputs)(bucketName),
    ask: (clientIp) => ensClient().prepareUpload({ bucketName, clientIp }),
    slots,
    timing: systemTiming,
    notify: tell,
  });
}

/** Null is a list left out. */
function sameTriggers(olds: PreparedUploadsInputs, news: PreparedUploadsInputs): boolean {
  return isDeepStrictEqual(olds.triggers ?? undefined, news.triggers ?? undefined);
}

/** The places that are still those of the sites' addresses. */
function keptPlaces(olds: PreparedUploadsState, clientIps: BySite): BySite {
  const addresses = new Map(Object.entries(olds.clientIps));
  const kept = Object.entries(olds.places).filter(
    ([site]) => Object.hasOwn(clientIps, site) && addresses.get(site) === clientIps[site],
  );
  return Object.fromEntries(kept);
}

interface Settled {
  readonly state: PreparedUploadsState;
  /** Why sites have no answer. */
  readonly reasons: readonly string[];
}

/**
 * What asking came to. Where a site failed, it keeps the place it had.
 *
 * @throws EnsError when all failed
 */
function settle(inputs: PreparedUploadsInputs, kept: BySite, answers: Answers): Settled {
  const { bucketName, clientIps, triggers, secretInputs } = inputs;
  const reasons = reasonsOf(answers, clientIps);
  if (reasons.length > 0 && answers.places.size === 0) throw new EnsError(reasons.join("\n"));
  const unconfirmed = [...answers.failures.keys(), ...answers.notAsked].filter((site) =>
    Object.hasOwn(kept, site),
  );
  const state: PreparedUploadsState = {
    bucketName,
    clientIps,
    ...(Array.isArray(triggers) ? { triggers } : {}),
    ...(Array.isArray(secretInputs) ? { secretInputs } : {}),
    places: { ...kept, ...Object.fromEntries(answers.places) },
    ...(unconfirmed.length > 0 ? { unconfirmed } : {}),
  };
  return { state, reasons };
}

/**
 * What state is to hold.
 *
 * @throws PartialFailure with that when some sites failed
 */
function outputsOf(
  id: string,
  inputs: PreparedUploadsInputs,
  { state, reasons }: Settled,
): PreparedUploadsState {
  // Physical names mostly begin with the logical one, so of a secret one they are secrets too.
  const places = isSecret(inputs, "bucketName") ? secretValue(state.places) : state.places;
  if (reasons.length === 0) return { ...state, places };
  const __provider: unknown = Reflect.get(inputs, "__provider");
  throw new PartialFailure(id, { ...state, places, __provider }, reasons.map(concealing(inputs)));
}

/** Tells which sites have moved, and the `diff` that follows that it matters. */
function noteMoves(olds: PreparedUploadsState, news: PreparedUploadsState): void {
  if (isDeepStrictEqual(olds.places, news.places)) return;
  rememberDrift(textOf(news.places));
  const moved = Object.entries(olds.places).filter(([site, place]) => place !== news.places[site]);
  if (moved.length > 0)
    tell(`${concealing(news)(news.bucketName)}: moved for ${listed(moved.map(([site]) => site))}`);
}

/** The same text for the same places: the engine hands maps over in any order. */
function textOf(places: BySite): string {
  return JSON.stringify(Object.entries(places).sort());
}

function isNoSuchBucket(error: EnsError): boolean {
  return ApiError.isInstance(error) && error.reason === "noSuchBucket";
}
