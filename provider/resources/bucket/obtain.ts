import { putBucket } from "../../ens/actions/put-bucket";
import { ApiError, EnsError, hasReason, withDocsLink, withSentence } from "../../ens/errors";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { NotSettled, untilTwoAgree } from "../../lifecycle/until-two-agree";
import type { Seen } from "./look";
import { look } from "./look";
import { mayHaveBeenDone } from "./may-have-been-done";
import { nodeOf } from "./node-of";
import type { BucketState } from "./properties";
import { whileRefused } from "./while-refused";

type Info = Seen["info"];

/** A bucket that is there now. */
export interface Obtained {
  readonly seen: Seen;
  readonly isNew: boolean;
}

/** How often a bucket is put whose answers are lost. */
const mostAttempts = 3;

/**
 * Makes the bucket, or takes over one that is there; gives what it is like now. That there was none is asked first: ENS
 * is documented to refuse a second PutBucket of one's own bucket, but OSS takes it as a change, and then a bucket that
 * somebody else made would get into state, and could be destroyed. It also tells, after a lost answer, that the bucket
 * which is there now is the one just made.
 */
export async function obtain(wanted: BucketState, call: Call): Promise<Obtained> {
  const { bucketName, logicalBucketType, bucketAcl, ensRegionId, dispatchScope, comment } = wanted;
  const isDeleted = call.deployment.deletedBuckets.has(bucketName);
  const there = isDeleted ? undefined : await askForOwn(bucketName, call);
  if (there !== undefined) return takeOver(there, wanted, call);
  const request = {
    bucketName,
    bucketAcl,
    logicalBucketType,
    ...(ensRegionId !== undefined ? { ensRegionId } : {}),
    ...(dispatchScope !== undefined ? { dispatchScope } : {}),
    ...(comment !== undefined ? { comment } : {}),
  };
  const put = () => call.ens.call(putBucket, request);
  const made = { seen: { info: { bucketAcl, logicalBucketType, comment: comment ?? "" } }, isNew: true };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await (isDeleted ? onceTheNameIsFree(put, bucketName, call) : put());
      return made;
    } catch (error) {
      const isTaken = hasReason(error, "bucketExists");
      const isLost = mayHaveBeenDone(error) && attempt < mostAttempts;
      if (!isTaken && !isLost) throw error;
      const wasLost = attempt > 1;
      const own = await (isTaken && wasLost
        ? findMade(bucketName, call, error)
        : findOwn(bucketName, call, error));
      // An answer was lost, so this is the bucket that was made then.
      if (own !== undefined && (isLost || wasLost)) return made;
      if (own !== undefined) return takeOver(own, wanted, call);
      if (isTaken) throw nameOfOther(error);
    }
  }
}

/** One's own bucket with this name, if there is one. */
async function askForOwn(bucketName: string, call: Call): Promise<Info | undefined> {
  try {
    const value = await look(bucketName, call);
    if (value === undefined) return undefined;
    return await untilTwoAgree(reading(bucketName, call), call, { value });
  } catch (error) {
    if (!hasReason(error, "permission")) throw error;
    throw withReason(error, "For a bucket of another account, choose another bucketName.");
  }
}

/** The same, after PutBucket failed with an error. */
async function findOwn(bucketName: string, call: Call, error: unknown): Promise<Info | undefined> {
  try {
    return await untilTwoAgree(reading(bucketName, call), call);
  } catch (cause) {
    if (hasReason(cause, "permission")) return undefined;
    throw error;
  }
}

/** The same, after an answer of PutBucket was lost and the name is taken: probably by the bucket that was made then. */
async function findMade(bucketName: string, call: Call, error: ApiError): Promise<Info | undefined> {
  const isExpected = (info: Info | undefined) => info !== undefined;
  try {
    const goal = "shows the new bucket";
    return await untilTwoAgree({ ...reading(bucketName, call), isExpected, goal }, call);
  } catch (cause) {
    if (hasReason(cause, "permission")) return undefined;
    throw cause instanceof NotSettled ? neverShown(error, call) : error;
  }
}

function reading(bucketName: string, call: Call) {
  return { read: () => look(bucketName, call), subject: bucketSubject(bucketName, call) };
}

/** Whose bucket has the name is known by now. */
function nameOfOther(error: ApiError): ApiError {
  const what =
    `PutBucket for bucket "${error.bucketName}" failed with ${error.code}, request id ${error.requestId ?? "none"}. The ` +
    "account of these credentials has no such bucket: another account has the name, or it is not free again yet.";
  return new ApiError({ what, remedy: "Choose another bucketName." }, error);
}

function neverShown(error: ApiError, { settings }: Call): ApiError {
  const what =
    `PutBucket for bucket "${error.bucketName}" failed with ${error.code}, request id ${error.requestId ?? "none"}. ` +
    `An earlier answer was lost, and for ${settings.consistencyTimeout} s ENS did not show the bucket.`;
  const remedy =
    "If `aliyun ens ListBuckets` lists it later, set `adopt: true`; otherwise choose another bucketName.";
  return new ApiError({ what, remedy }, error);
}

function withReason(error: ApiError, sentence: string): ApiError {
  return new ApiError(withSentence(error.message, sentence), error);
}

/** ENS frees the name of a deleted bucket some time later. */
async function onceTheNameIsFree(put: () => Promise<void>, bucketName: string, call: Call): Promise<void> {
  const refused = {
    reason: "bucketExists",
    bucketName,
    goal: "frees the name of the bucket that was deleted",
  } as const;
  await whileRefused(refused, put, call);
  call.deployment.deletedBuckets.delete(bucketName);
}

/** Takes a bucket over as it is, where the program asks for that and it can be the one that is wanted. */
async function takeOver(info: Info, wanted: BucketState, call: Call): Promise<Obtained> {
  const { bucketName, logicalBucketType, ensRegionId } = wanted;
  const subject = `The account of these credentials already has a ${bucketSubject(bucketName, call)}`;
  if (!wanted.adopt) {
    const what = `${subject}. A deployment that was ended while it made this bucket leaves it so.`;
    const remedy =
      "Set `adopt: true` to take it over, or choose another bucketName. " +
      "Where an option replaces a bucket by one of the same name, add `{ deleteBeforeReplace: true }`.";
    throw new EnsError(withDocsLink({ what, remedy }, "bucketExists"));
  }
  const node = await nodeOf(bucketName, call);
  const differences = [
    ...(info.logicalBucketType === logicalBucketType
      ? []
      : [`logicalBucketType is ${info.logicalBucketType}, not ${logicalBucketType}`]),
    ...(ensRegionId === undefined || node?.ensRegionId === ensRegionId
      ? []
      : [`ensRegionId is ${node?.ensRegionId ?? "not known"}, not ${call.shown(ensRegionId)}`]),
  ];
  if (differences.length > 0) {
    const what = `${subject}, which cannot be taken over: ${differences.join("; ")}. These cannot be changed.`;
    const remedy = "Give the program those of the bucket, or choose another bucketName.";
    throw new EnsError(withDocsLink({ what, remedy }, "bucketExists"));
  }
  call.deployment.adoptedBuckets.add(bucketName);
  call.tell(`${bucketSubject(bucketName, call)}: it was there already, and is taken over`);
  return { seen: { info, ...node }, isNew: false };
}
