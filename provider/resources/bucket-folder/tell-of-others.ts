import { hasReason } from "../../ens/errors";
import { listObjects } from "../../eos/actions/list-objects";
import type { BucketPlace } from "../../eos/storage-action";
import type { Call } from "../../lifecycle/lifecycle";
import { firstNames, subjectOf } from "./differences";
import { entriesIn } from "./entries";
import type { BucketFolderInputs } from "./properties";

/** Pages that are looked at: a bucket may have millions of objects, and a line is not worth to list them all. */
const mostPages = 20;

/** Says which objects are there before a folder is put for the first time: they may be those of another stack. */
export async function tellOfOthers(
  inputs: BucketFolderInputs,
  place: BucketPlace,
  call: Call,
): Promise<void> {
  const names = await namesThere(inputs, place, call).catch((error: unknown) => {
    // Who may put objects need not be allowed to list them.
    if (hasReason(error, "permission")) return [];
    throw error;
  });
  if (names.length === 0) return;
  call.tell(
    `${subjectOf(inputs, call.shown)}: ${names.length} of the files' objects are there already, which this resource has ` +
      `not put, and are overwritten: ${firstNames(names)}. If another stack puts them, give one of the two another prefix.`,
  );
}

async function namesThere(
  { files, prefix = "" }: BucketFolderInputs,
  place: BucketPlace,
  call: Call,
): Promise<readonly string[]> {
  const own = entriesIn(files);
  const found: string[] = [];
  let marker: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, next } = await call.objects.call(listObjects, {
      ...place,
      ...(prefix !== "" ? { prefix } : {}),
      ...(marker !== undefined ? { marker } : {}),
    });
    const names = items.map(({ key }) => key.slice(prefix.length));
    found.push(...names.filter((name) => Object.hasOwn(own, name)));
    if (next === undefined) break;
    marker = next;
  }
  return found;
}
