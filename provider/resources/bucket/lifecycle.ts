import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { getBucketInfo } from "../../ens/actions/get-bucket-info";
import { EnsError, withDocsLink } from "../../ens/errors";
import { isRecord } from "../../ens/is-record";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import { changedInputs } from "../../lifecycle/changed-inputs";
import { defined } from "../../lifecycle/defined";
import type { Call, Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { untilTwoAgree } from "../../lifecycle/until-two-agree";
import { bring } from "./bring";
import { check } from "./check";
import { told, withOthers } from "./left-to-others";
import type { Seen } from "./look";
import { lookAtAll } from "./look";
import { nameRule } from "./name-rule";
import { obtain } from "./obtain";
import type { BucketInputs, BucketState } from "./properties";
import { defaults, readInputs, readState } from "./properties";
import { remove } from "./remove";
import { inOrder } from "./rules";
import { warnings } from "./warnings";

export const bucket: Lifecycle<BucketInputs, BucketState> = {
  outputs: ["bucketAcl", "logicalBucketType"],

  derivedOutputs: {},

  // A bucket stays on its node.
  answered: { byCreate: ["ensRegionId"], byUpdate: [] },

  warnings,
  nameRule,

  readInputs,
  readState,
  check,

  diff(olds, given, call) {
    const news = withOthers(given, olds, call);
    const replaces = [
      ...changedName(olds, news),
      // State of another resource does not have them.
      ...(olds.logicalBucketType === undefined
        ? []
        : changedInputs(olds, news, ["logicalBucketType", ...choicesOf(news)])),
    ];
    const changed = [
      ...replaces,
      ...changedInputs(olds, news, ["bucketAcl", "comment", "forceDestroy", "adopt"]),
      ...(isDeepStrictEqual(byPrefix(olds.lifecycleRules), byPrefix(news.lifecycleRules))
        ? []
        : ["lifecycleRules"]),
    ];
    return {
      changed,
      replaces,
      // Also where an option is why it is replaced, of which nothing is known here.
      deleteBeforeReplace: olds.bucketName === news.bucketName,
    };
  },

  async create(inputs, call) {
    const wanted = { ...defaults, ...inputs };
    const id = call.secrets.has("bucketName") ? randomUUID() : inputs.bucketName;
    const { seen, isNew } = await obtain(wanted, call);
    const { lifecycleRules: _, ...withoutRules } = wanted;
    return { id, state: await bring({ id, there: stateOf(seen, withoutRules), isNew, wanted }, call) };
  },

  async update(id, olds, news, call) {
    const given = { ...defaults, ...news };
    const seen = await readUntilSure(olds ?? given, { withRules: false }, call);
    if (seen === undefined) throw gone(given, call);
    const there = stateOf(seen, {
      ...given,
      ...defined({
        ensRegionId: news.ensRegionId ?? olds?.ensRegionId,
        dispatchScope: news.dispatchScope ?? olds?.dispatchScope,
      }),
      ...(news.lifecycleRules === undefined ? {} : defined({ lifecycleRules: olds?.lifecycleRules })),
    });
    return bring(
      { id, there, isNew: false, wanted: withOthers<BucketState>(given, { ...there }, call) },
      call,
    );
  },

  async read(_id, state, call) {
    const seen = await readUntilSure(state, { withRules: state.lifecycleRules !== undefined }, call);
    if (seen === undefined) return "gone";
    const now = stateOf(seen, state);
    const moved = movedFrom(state, now);
    return { state: moved.length > 0 ? now : state, moved };
  },

  restore: (inputs, call) => lookUp(inputs, { withRules: inputs.lifecycleRules !== undefined }, call),

  find: {
    inputs: (id: string, given: Properties) => ({ ...given, bucketName: given.bucketName ?? id }),
    state: (inputs, call) => lookUp(inputs, { withRules: true }, call),
    // Without a rule that a program cannot say, the next update would delete that rule.
    importedInputs({ lifecycleRules = [], ...inputs }) {
      const canBeSaid = lifecycleRules.every(({ expirationDays }) => expirationDays !== undefined);
      return canBeSaid ? { ...inputs, lifecycleRules } : inputs;
    },
  },

  delete: remove,
};

/**
 * A name that becomes a secret, or is not secret any more, leaves the bucket as it is, and its id too: a mark in the program
 * is no reason to delete what is in a bucket. State of another resource may name no bucket.
 */
function changedName(olds: Properties, news: Properties): readonly string[] {
  return (olds.bucketName ?? undefined) === undefined ? [] : changedInputs(olds, news, ["bucketName"]);
}

/** A node or a scope that the program does not ask for is ENS's choice, and that of the bucket will do. */
function choicesOf(news: Properties): readonly ("ensRegionId" | "dispatchScope")[] {
  return (["ensRegionId", "dispatchScope"] as const).filter(
    (name) => (news[name] ?? undefined) !== undefined,
  );
}

/** Rules in an order that says nothing; a bucket has one for a prefix. */
function byPrefix(rules: unknown): unknown {
  if (!Array.isArray(rules)) return rules ?? undefined;
  const prefixOf = (rule: unknown) => (isRecord(rule) ? String(rule.prefix) : "");
  return [...rules].sort((one, other) => (prefixOf(one) < prefixOf(other) ? -1 : 1));
}

/** What ENS says of a bucket, put into what state says of it. */
function stateOf({ info, ensRegionId, rules }: Seen, state: BucketState): BucketState {
  const { bucketAcl, logicalBucketType } = info;
  const { comment: _, ...others } = state;
  return {
    ...others,
    bucketAcl,
    logicalBucketType,
    ...(info.comment !== "" ? { comment: info.comment } : {}),
    ...(ensRegionId !== undefined ? { ensRegionId } : {}),
    ...(rules !== undefined ? { lifecycleRules: inOrder(rules, state.lifecycleRules ?? []) } : {}),
  };
}

function movedFrom(before: BucketState, now: BucketState): string[] {
  return told.filter((name) => !isDeepStrictEqual(before[name], now[name]));
}

/** One reading is enough where it says what state says; otherwise two must agree, since it may be an old one. */
async function readUntilSure(
  state: BucketState,
  { withRules }: { readonly withRules: boolean },
  call: Call,
): Promise<Seen | undefined> {
  const reading = readingOf(state.bucketName, { withRules }, call);
  const isSure = (seen: Seen | undefined) =>
    seen !== undefined && reading.isExpected(seen) && movedFrom(state, stateOf(seen, state)).length === 0;
  // A bucket that is gone leaves state.
  return untilTwoAgree({ ...reading, isSure, isGrave: (seen) => seen === undefined }, call);
}

function readingOf(bucketName: string, { withRules }: { readonly withRules: boolean }, call: Call) {
  return {
    read: () => lookAtAll(bucketName, { withRules }, call),
    // Where one answer shows the bucket, and another does not know of its rules, neither says what is true.
    isExpected: (seen: Seen | undefined) => seen === undefined || !withRules || seen.rules !== undefined,
    subject: bucketSubject(bucketName, call),
  };
}

/** @throws EnsError when there is no such bucket */
async function lookUp(
  inputs: BucketInputs,
  { withRules }: { readonly withRules: boolean },
  call: Call,
): Promise<BucketState> {
  const { bucketName } = inputs;
  const reading = readingOf(bucketName, { withRules }, call);
  const isSure = (seen: Seen | undefined) => seen !== undefined && reading.isExpected(seen);
  const seen = await untilTwoAgree({ ...reading, isSure }, call);
  if (seen !== undefined) return stateOf(seen, { ...defaults, ...inputs });
  // Its error says what to do.
  await namingNearest(() => call.ens.call(getBucketInfo, { bucketName }), call);
  throw gone(inputs, call);
}

function gone(inputs: BucketInputs, call: Call): EnsError {
  const what = `There is no ${bucketSubject(inputs.bucketName, call)} any more.`;
  const remedy = "Take it out of state with `pulumi refresh`; the next `pulumi up` then makes it again.";
  return new EnsError(withDocsLink({ what, remedy }, "noSuchBucket"));
}
