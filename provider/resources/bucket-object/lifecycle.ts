import { randomUUID } from "node:crypto";
import { megabytes } from "../../ens/text/megabytes";
import { deleteObject } from "../../eos/actions/delete-object";
import type { StoredObject } from "../../eos/actions/head-object";
import { headObject } from "../../eos/actions/head-object";
import type { BucketPlace } from "../../eos/storage-action";
import { uploadObject } from "../../eos/upload-object";
import { contentTypeOf } from "../../files/content-type";
import { changedInputs, isOfAnotherBucket } from "../../lifecycle/changed-inputs";
import { isClaimed } from "../../lifecycle/claim";
import { defined } from "../../lifecycle/defined";
import type { Call, DiffCall, Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { placeOf } from "../../lifecycle/place-of";
import { reportProgress } from "../../lifecycle/report-progress";
import { unlessNoBucket } from "../../lifecycle/unless-no-bucket";
import { untilBucketIsKnown } from "../../lifecycle/until-bucket-is-known";
import { untilTwoAgree } from "../../lifecycle/until-two-agree";
import { isAsset } from "./asset";
import { check } from "./check";
import { withContent } from "./content-of";
import { importing } from "./importing";
import { nameOf, subjectOf } from "./name-of";
import type { BucketObjectInputs, BucketObjectState } from "./properties";
import { readInputs, readState } from "./properties";
import { headers, movedFrom, stateOf } from "./state-of";

export const bucketObject: Lifecycle<BucketObjectInputs, BucketObjectState> = {
  // A program can give the type, and the size follows from the next answer.
  outputs: ["etag"],

  // They are made of the content, and a short content can be found by each.
  derivedOutputs: {
    etag: ["content", "source"],
    size: ["content", "source"],
    sourceHash: ["source"],
  },

  answered: { byCreate: ["contentType", "etag", "size"], byUpdate: ["contentType", "etag", "size"] },

  readInputs,
  readState,
  check,

  diff(olds, news, call) {
    const replaces = [
      ...(isOfAnotherBucket(olds, news, call) ? ["bucketName"] : []),
      ...(isOfAnotherKey(olds, news, call) ? ["key"] : []),
    ];
    const changed = [
      ...replaces,
      ...(isOfAnotherSource(olds, news) ? ["source"] : []),
      ...changedInputs(olds, news, ["content", ...headers]),
      ...(isOfAnotherType(olds, news) ? ["contentType"] : []),
      ...(olds.overwritten === true ? ["etag"] : []),
    ];
    // Also where an option is why it is replaced: what was put first would be deleted.
    const isSamePlace = olds.bucketName === news.bucketName && olds.key === news.key;
    return { changed, replaces, deleteBeforeReplace: isSamePlace };
  },

  async create(inputs, call) {
    const isSecret = call.secrets.has("bucketName") || call.secrets.has("key");
    return { id: isSecret ? randomUUID() : nameOf(inputs), state: await put(inputs, call) };
  },

  update: (_id, _olds, news, call) => put(news, call),

  async read(_id, state, call) {
    const reading = {
      read: () => ask(state, call),
      isSure: (seen: StoredObject | undefined) =>
        seen !== undefined && movedFrom(state, stateOf(seen, state)).length === 0,
      subject: subjectOf(state, call),
      who: "the object storage",
    };
    const seen = await untilTwoAgree(reading, call);
    if (seen === undefined) return "gone";
    const now = stateOf(seen, state);
    const moved = movedFrom(state, now);
    return { state: moved.length > 0 ? now : state, moved };
  },

  async delete(inputs, call) {
    const { bucketName, key } = inputs;
    if (isClaimed(call.deployment, nameOf(inputs))) return;
    // With the bucket, its objects are gone.
    await unlessNoBucket(async () =>
      call.objects.call(deleteObject, { ...(await placeOf(bucketName, call)), key }),
    );
  },

  importing,
};

async function put(inputs: BucketObjectInputs, call: Call): Promise<BucketObjectState> {
  const { source, ...kept } = inputs;
  const { content: _, ...object } = kept;
  const contentType = inputs.contentType ?? contentTypeOf(inputs.key);
  return withContent(inputs, call, async (content) => {
    let sent = 0;
    const onSent = (bytes: number) => {
      sent = bytes;
    };
    const line = () => `${subjectOf(inputs, call)}: ${megabytes(sent)} of ${megabytes(content.size)} MB`;
    const upload = (place: BucketPlace) => {
      const request = { ...object, ...place, contentType, content, onSent };
      return reportProgress(uploadObject(call.objects, request, call), line, call);
    };
    const { etag } = await untilBucketIsKnown(inputs.bucketName, upload, call);
    return defined({
      ...kept,
      sourceHash: source?.hash,
      contentType,
      typeFromKey: inputs.contentType === undefined ? true : undefined,
      etag,
      size: content.size,
    });
  });
}

/** What EOS says of the object; `undefined` where there is none. */
function ask({ bucketName, key }: BucketObjectState, call: Call): Promise<StoredObject | undefined> {
  return unlessNoBucket(async () =>
    call.objects.call(headObject, { ...(await placeOf(bucketName, call)), key }),
  );
}

/** A name that becomes a secret, or is not secret any more, needs another id too. */
function isOfAnotherKey(
  olds: Properties,
  news: Properties,
  { secrets, secretsBefore }: Pick<DiffCall, "secrets" | "secretsBefore">,
): boolean {
  if ((olds.key ?? undefined) === undefined) return false;
  return olds.key !== news.key || secrets.has("key") !== secretsBefore.has("key");
}

function isOfAnotherSource(olds: Properties, { source }: Properties): boolean {
  const hash = isAsset(source) ? source.hash : source;
  return (olds.sourceHash ?? undefined) !== (hash ?? undefined);
}

/** A type that follows from the key stays as it is, whatever a later version would make of the key. */
function isOfAnotherType(olds: Properties, news: Properties): boolean {
  if ((news.contentType ?? undefined) === undefined) return olds.typeFromKey !== true;
  return olds.contentType !== news.contentType;
}
