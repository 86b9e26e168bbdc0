import { listObjects } from "../../eos/actions/list-objects";
import type { Call, ReadState } from "../../lifecycle/lifecycle";
import { unlessNoBucket } from "../../lifecycle/unless-no-bucket";
import { untilTwoAgree } from "../../lifecycle/until-two-agree";
import { firstNames, subjectOf } from "./differences";
import { entriesIn } from "./entries";
import { etagOf, foreignEntry } from "./entry";
import { placeOfFolder } from "./place-of-folder";
import type { BucketFolderState } from "./properties";
import { countAndDigest } from "./reached";

/** What others did to the objects of a folder, by the files' names. */
interface Drift {
  readonly missing: readonly string[];
  /** With the ETags of what is there now. */
  readonly changed: readonly (readonly [name: string, etag: string])[];
}

/**
 * Compares the objects with state, by one listing. Objects of others are nobody's drift. A reading that finds something
 * is made again until two agree, since a listing may lag.
 */
export async function readFolderState(
  state: BucketFolderState,
  call: Call,
): Promise<ReadState<BucketFolderState> | "gone"> {
  const subject = subjectOf(state, call.shown);
  const reading = {
    read: () => unlessNoBucket(() => driftOf(state, call)),
    isSure: (drift: Drift | undefined) =>
      drift !== undefined && drift.missing.length + drift.changed.length === 0,
    subject,
    who: "the object storage",
  };
  const drift = await untilTwoAgree(reading, call);
  if (drift === undefined) return "gone";
  const { missing, changed } = drift;
  if (missing.length + changed.length === 0) return { state, moved: [] };
  const found = [
    ...(missing.length > 0 ? [`${missing.length} missing (${firstNames(missing)})`] : []),
    ...(changed.length > 0
      ? [`${changed.length} changed (${firstNames(changed.map(([name]) => name))})`]
      : []),
  ];
  call.tell(`${subject}: ${found.join(", ")}`);
  return { state: withDrift(state, drift), moved: ["files"] };
}

async function driftOf(state: BucketFolderState, call: Call): Promise<Drift> {
  const { prefix = "", partEtags } = state;
  const files = entriesIn(state.files);
  const waiting = new Map(Object.keys(files).map((name) => [`${prefix}${name}`, name]));
  const changed: (readonly [string, string])[] = [];
  const place = await placeOfFolder(state, undefined, call);
  let marker: string | undefined;
  do {
    const page = await call.objects.call(listObjects, {
      ...place,
      ...(prefix !== "" ? { prefix } : {}),
      ...(marker !== undefined ? { marker } : {}),
    });
    for (const { key, etag } of page.items) {
      const name = waiting.get(key);
      if (name === undefined) continue;
      waiting.delete(key);
      if (etag !== (partEtags?.[name] ?? etagOf(files[name] ?? ""))) changed.push([name, etag]);
    }
    marker = page.next;
  } while (marker !== undefined && waiting.size > 0);
  return { missing: [...waiting.values()].sort(), changed };
}

function withDrift(state: BucketFolderState, { missing, changed }: Drift): BucketFolderState {
  const isMissing = new Set(missing);
  const files = Object.fromEntries([
    ...Object.entries(entriesIn(state.files)).filter(([name]) => !isMissing.has(name)),
    ...changed.map(([name, etag]) => [name, foreignEntry(etag)] as const),
  ]);
  const { partEtags: before = {}, ...others } = state;
  const touched = new Set([...missing, ...changed.map(([name]) => name)]);
  const partEtags = Object.fromEntries(Object.entries(before).filter(([name]) => !touched.has(name)));
  return {
    ...others,
    ...countAndDigest(files),
    ...(Object.keys(partEtags).length > 0 ? { partEtags } : {}),
  };
}
