import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { prepareUpload } from "../../ens/actions/prepare-upload";
import { hasReason } from "../../ens/errors";
import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import { changedInputs, isOfAnotherBucket } from "../../lifecycle/changed-inputs";
import { checkBucketName, checkClientIps, checkTriggers } from "../../lifecycle/checks";
import { readImportId } from "../../lifecycle/import-id";
import type { Call, Lifecycle } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { allFailed } from "./all-failed";
import type { Answers, BySite } from "./ask-sites";
import { askSites } from "./ask-sites";
import { changedSites } from "./changed-sites";
import { made } from "./made";
import { reasonsOf } from "./reasons";
import { siteNames } from "./site-names";
import { warnings } from "./warnings";

/** What the program gave, with every output resolved. */
export interface PreparedUploadsInputs {
  readonly bucketName: string;
  readonly clientIps: BySite;
  readonly triggers?: readonly unknown[];
}

/** What state holds. */
export interface PreparedUploadsState extends PreparedUploadsInputs {
  /** By site, `media-assets-3f9a1c@eos.aliyuncs.com`: one line a site in state, and in the diff of a move. */
  readonly places: BySite;
  /** Sites whose place is an older answer, since the last attempt to ask again failed. */
  readonly unconfirmed?: readonly string[];
}

export const preparedUploads: Lifecycle<PreparedUploadsInputs, PreparedUploadsState> = {
  outputs: ["places"],

  // Physical names mostly begin with the logical one, and places are listed by site.
  derivedOutputs: { places: ["bucketName", "clientIps"], unconfirmed: ["clientIps"] },

  answered: { byCreate: ["places"], byUpdate: ["places"] },

  made,
  warnings,
  readInputs,

  readState(fields) {
    const unconfirmed = fields.optionalList("unconfirmed")?.map(String);
    return {
      ...readInputs(fields),
      places: fields.texts("places", anyText),
      ...(unconfirmed !== undefined ? { unconfirmed } : {}),
    };
  },

  check: (inputs) => ({
    inputs,
    failures: [
      ...checkBucketName(inputs.bucketName),
      ...checkClientIps(inputs.clientIps),
      ...checkTriggers(inputs.triggers),
    ],
  }),

  diff(olds, news, call) {
    const replaces = isOfAnotherBucket(olds, news, call) ? ["bucketName"] : [];
    const areSecret = call.secrets.has("clientIps") || call.secretsBefore.has("clientIps");
    const nameSites = siteNames(areSecret).list;
    const line = replaces.length > 0 ? "" : changedSites(olds.clientIps, news.clientIps, nameSites);
    if (line !== "") call.tell(`${call.shown(String(news.bucketName))}: ${line}`);
    return { changed: [...replaces, ...changedInputs(olds, news, ["clientIps", "triggers"])], replaces };
  },

  async create(inputs, call) {
    const answers = await ask(inputs, inputs.clientIps, call);
    const id = call.secrets.has("bucketName") ? randomUUID() : inputs.bucketName;
    return { id, state: complete(id, settle(inputs, {}, answers, call)) };
  },

  async update(id, olds, news, call) {
    const kept = olds === undefined ? {} : keptPlaces(olds, news.clientIps);
    const isTriggered = !isDeepStrictEqual(olds?.triggers, news.triggers);
    const unconfirmed = new Set(olds?.unconfirmed);
    const toAsk = Object.entries(news.clientIps).filter(
      ([site]) => isTriggered || unconfirmed.has(site) || !Object.hasOwn(kept, site),
    );
    const answers = await ask(news, Object.fromEntries(toAsk), call);
    const settled = settle(news, kept, answers, call);
    tellMoves(kept, settled.state, call);
    return complete(id, settled);
  },

  async read(id, state, call) {
    const answers = await ask(state, state.clientIps, call, { mayBeGone: true });
    if ([...answers.failures.values()].some((error) => hasReason(error, "noSuchBucket"))) return "gone";
    const settled = settle(state, keptPlaces(state, state.clientIps), answers, call);
    const moved = isDeepStrictEqual(state.places, settled.state.places) ? [] : ["places"];
    tellMoves(state.places, settled.state, call);
    return { state: complete(id, settled, moved), moved };
  },

  importing: {
    example: "media-assets?berlin=203.0.113.7&oslo=198.51.100.7",
    inputs(text, given) {
      const { id, given: sites } = readImportId(text);
      return { bucketName: id, clientIps: Object.fromEntries(sites), ...given };
    },
    id: ({ bucketName }) => bucketName,
    async state(inputs, call) {
      const answers = await ask(inputs, inputs.clientIps, call);
      return complete(inputs.bucketName, settle(inputs, {}, answers, call));
    },
  },
};

function readInputs(fields: Fields): PreparedUploadsInputs {
  const triggers = fields.optionalList("triggers");
  return {
    bucketName: fields.text("bucketName", anyText),
    clientIps: fields.texts("clientIps", anyText),
    ...(triggers !== undefined ? { triggers } : {}),
  };
}

function ask(
  { bucketName }: PreparedUploadsInputs,
  clientIps: BySite,
  call: Call,
  { mayBeGone = false } = {},
): Promise<Answers> {
  const { ens, settings, shown, tell, timing } = call;
  const askFor = (clientIp: string) => ens.call(prepareUpload, { bucketName, clientIp });
  return askSites(clientIps, {
    subject: shown(bucketName),
    ask: (clientIp) => (mayBeGone ? askFor(clientIp) : namingNearest(() => askFor(clientIp), call)),
    atOnce: settings.maxConcurrency,
    timing,
    tell,
  });
}

/** The places of the sites whose addresses are unchanged. */
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
 * The state after asking. A site that failed keeps the place it had.
 *
 * @throws EnsError when all failed
 */
function settle(inputs: PreparedUploadsInputs, kept: BySite, answers: Answers, call: Call): Settled {
  const { bucketName, clientIps, triggers } = inputs;
  const nameSites = siteNames(call.secrets.has("clientIps")).subject;
  const reasons = reasonsOf(answers, clientIps, { nameSites, shown: call.shown });
  if (reasons.length > 0 && answers.places.size === 0)
    throw allFailed([...answers.failures.values()], reasons);
  const unconfirmed = [...answers.failures.keys(), ...answers.notAsked].filter((site) =>
    Object.hasOwn(kept, site),
  );
  const state: PreparedUploadsState = {
    bucketName,
    clientIps,
    ...(triggers !== undefined ? { triggers } : {}),
    places: { ...kept, ...Object.fromEntries(answers.places) },
    ...(unconfirmed.length > 0 ? { unconfirmed } : {}),
  };
  return { state, reasons };
}

/**
 * The state, when every site has its answer.
 *
 * @throws PartialFailure with the state when some sites failed
 */
function complete(
  id: string,
  { state, reasons }: Settled,
  moved: readonly string[] = [],
): PreparedUploadsState {
  if (reasons.length === 0) return state;
  throw new PartialFailure(id, state, reasons, moved);
}

function tellMoves(
  before: BySite,
  { bucketName, places }: PreparedUploadsState,
  { secrets, shown, tell }: Call,
): void {
  const moved = Object.keys(before).filter((site) => before[site] !== places[site]);
  if (moved.length === 0) return;
  tell(`${shown(bucketName)}: moved for ${siteNames(secrets.has("clientIps")).list(moved)}`);
}
