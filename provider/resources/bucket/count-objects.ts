import { listObjects } from "../../ens/actions/list-objects";
import { CancelledError, EnsError } from "../../ens/errors";
import { asJson, printable } from "../../ens/text/printable";
import type { Call } from "../../lifecycle/lifecycle";
import { placeOf } from "../../lifecycle/place-of";
import { counted } from "./bucket-content";
import { listAnyUploads } from "./list-any-uploads";

/** Objects are counted up to here. */
const most = 10_000;

/** How many names are told, and how many characters they have together: the error shall be short. */
const mostNames = 5;
const mostCharacters = 80;

/** What a bucket has, as far as it is known. */
export interface CountedObjects {
  /** Up to 10000. */
  readonly objects: number;
  /** Whether there are more. */
  readonly isMore: boolean;
  /** The first five. */
  readonly names: readonly string[];
  /** How many uploads in parts are not finished. Left out where there are objects, and where the storage did not say. */
  readonly uploads?: number;
}

/** Counts what keeps a bucket from being deleted. ENS says which objects there are; of uploads only the storage knows. */
export async function countObjects(bucketName: string, call: Call): Promise<CountedObjects> {
  const names: string[] = [];
  let objects = 0;
  let marker: string | undefined;
  do {
    const request = { bucketName, ...(marker !== undefined ? { marker } : {}) };
    const { keys, nextMarker } = await call.ens.call(listObjects, request);
    names.push(...keys.slice(0, mostNames - names.length));
    objects += keys.length;
    marker = nextMarker;
  } while (marker !== undefined && objects < most);
  if (objects > 0)
    return { objects: Math.min(objects, most), isMore: marker !== undefined || objects > most, names };
  const uploads = await countUploads(bucketName, call);
  return { objects, isMore: false, names, ...(uploads !== undefined ? { uploads } : {}) };
}

/** `more than 10000 objects, the first of them "a.txt", "b.txt"`; empty where nothing was found. */
export function countInWords({ objects, isMore, names, uploads = 0 }: CountedObjects): string {
  if (objects === 0) return uploads === 0 ? "" : counted(uploads, "unfinished upload");
  const told = toldOf(names);
  const first = told.join(", ");
  const which = isMore || objects > told.length ? `, the first of them ${first}` : `: ${first}`;
  return `${isMore ? "more than " : ""}${counted(objects, "object")}${which}`;
}

/** As many of the names as fit, and at least the beginning of one. */
function toldOf(names: readonly string[]): readonly string[] {
  const told: string[] = [];
  let left = mostCharacters;
  for (const name of names) {
    const text = printable(asJson(name), mostCharacters);
    if (told.length > 0 && text.length > left) break;
    told.push(text);
    left -= text.length;
  }
  return told;
}

/** `undefined` where the storage cannot be asked. */
async function countUploads(bucketName: string, call: Call): Promise<number | undefined> {
  try {
    const place = await placeOf(bucketName, call);
    let page = await listAnyUploads(place, call);
    let uploads = page.items.length;
    while (page.next !== undefined && uploads < most) {
      page = await listAnyUploads(place, call, page.next);
      uploads += page.items.length;
    }
    return uploads;
  } catch (error) {
    if (!EnsError.isInstance(error) || CancelledError.isInstance(error)) throw error;
    return undefined;
  }
}
