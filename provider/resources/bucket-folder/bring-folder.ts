import { statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorReach } from "../../ens/error-code";
import { CancelledError, EnsError, withDocsLink } from "../../ens/errors";
import { reachOf } from "../../ens/reach-of";
import { megabytes } from "../../ens/text/megabytes";
import { quoted } from "../../ens/text/quoted";
import { pageSize } from "../../eos/listing";
import type { BucketPlace } from "../../eos/storage-action";
import { uploadObject } from "../../eos/upload-object";
import { contentTypeOf } from "../../files/content-type";
import { fileContent } from "../../files/file-content";
import { reasonOf } from "../../files/file-fault";
import { matchOptions } from "../../files/match-options";
import { Pace } from "../../files/pace";
import type { Call } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { reportProgress } from "../../lifecycle/report-progress";
import { untilBucketIsKnown } from "../../lifecycle/until-bucket-is-known";
import { deleteOwn } from "./delete-folder";
import { sizeNow, subjectOf } from "./differences";
import { md5Of } from "./entry";
import { hiding, placeOfFolder } from "./place-of-folder";
import type { BucketFolderInputs, BucketFolderState } from "./properties";
import { Reached } from "./reached";
import { tellOfOthers } from "./tell-of-others";

/** After this many failures of the network or the storage in a row, the others would fail too. */
const mostInARow = 10;

/** How many files are told that could not be put. */
const mostReasons = 10;

/**
 * Puts what differs, and then deletes what no file is for any more: first the files that pages use, then the pages, so
 * that no page asks for what is not there yet, or not any more. One file that fails does not keep others from being put,
 * but pages and deletions wait until all is there that they need.
 *
 * @param before - Left out where the folder is put for the first time.
 * @throws PartialFailure with what was reached
 */
export async function bringFolder(
  id: string,
  wanted: BucketFolderInputs,
  before: BucketFolderState | undefined,
  call: Call,
): Promise<BucketFolderState> {
  const reached = new Reached(wanted, before);
  const { missing } = reached;
  const progress = { files: 0, bytes: 0, deleted: 0 };
  const failures: Failure[] = [];
  const pace = new Pace();

  async function work(place: BucketPlace): Promise<void> {
    await putAll(
      missing.filter((name) => !isPage(name)),
      place,
    );
    if (failures.length === 0) await putAll(missing.filter(isPage), place);
    if (failures.length === 0) await deleteLeftover(place);
  }

  async function placeOfNew(): Promise<BucketPlace> {
    const look = async (found: BucketPlace) => {
      const place = hiding(found, [wanted.prefix], call);
      await tellOfOthers(wanted, place, call);
      return place;
    };
    return untilBucketIsKnown(wanted.bucketName, look, call);
  }

  async function putAll(names: readonly string[], place: BucketPlace): Promise<void> {
    const waiting = names.values();
    let inARow = 0;
    const putInTurn = async () => {
      for (const name of waiting) {
        if (inARow >= mostInARow || failures.some(({ reach }) => reach === "all")) return;
        try {
          await put(name, place);
          inARow = 0;
        } catch (error) {
          if (!EnsError.isInstance(error)) throw error;
          const reach = reachOfPut(error);
          inARow = reach === "service" ? inARow + 1 : 0;
          failures.push({ name, error, reach });
        }
      }
    };
    await Promise.all(Array.from({ length: call.settings.maxConcurrency }, putInTurn));
  }

  async function put(name: string, place: BucketPlace): Promise<void> {
    const path = join(wanted.path, name);
    const content = fileContent(path, await sizeOf(path, pace), md5Of(reached.wanted(name)), pace);
    let sent = 0;
    const onSent = (bytes: number) => {
      progress.bytes += bytes - sent;
      sent = bytes;
    };
    const headers = { contentType: contentTypeOf(name), ...matchOptions(wanted.fileOptions ?? [], name) };
    const key = `${wanted.prefix ?? ""}${name}`;
    try {
      const { etag } = await uploadObject(call.objects, { ...place, key, ...headers, content, onSent }, call);
      reached.sent(name, etag);
      progress.files += 1;
    } catch (error) {
      onSent(0);
      throw error;
    }
  }

  async function deleteLeftover(place: BucketPlace): Promise<void> {
    for (;;) {
      const keys = reached.leftover.slice(0, pageSize);
      if (keys.length === 0) return;
      await deleteOwn(place, keys, call);
      reached.deleted(keys);
      progress.deleted += keys.length;
    }
  }

  const subject = subjectOf(wanted, call.shown);
  const total = missing.reduce((sum, name) => sum + sizeNow(wanted.path, name), 0);
  const line = () =>
    `${subject}: ${progress.files} of ${missing.length} files, ${megabytes(progress.bytes)} of ${megabytes(total)} MB` +
    (progress.deleted > 0 ? `, ${progress.deleted} deleted` : "");
  try {
    if (missing.length > 0 || reached.leftover.length > 0) {
      const place =
        before === undefined
          ? await placeOfNew()
          : await namingNearest(() => placeOfFolder(wanted, before, call), call);
      await reportProgress(work(place), line, call);
    }
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    failures.push({ name: undefined, error, reach: "all" });
  }
  if (failures.length === 0) return reached.state;
  const general = failures.find(({ reach }) => reach === "all");
  if (reached.isNothing && general !== undefined) throw general.error;
  const left = { files: missing.length - progress.files, objects: reached.leftover.length };
  throw new PartialFailure(id, reached.state, reasonsOf(failures, left));
}

/** Why something of a folder was not done. */
interface Failure {
  /** The file, where it is about one. */
  readonly name: string | undefined;
  readonly error: EnsError;
  readonly reach: ErrorReach;
}

/** Pages come last, since they use the others. */
function isPage(name: string): boolean {
  return /\.html?$/i.test(name);
}

async function sizeOf(path: string, pace: Pace): Promise<number> {
  try {
    return (pace.onTheSpot(() => statSync(path)) ?? (await stat(path))).size;
  } catch (error) {
    const isGone = (error as NodeJS.ErrnoException).code === "ENOENT";
    const reason = isGone ? "it was deleted after the folder had been read" : reasonOf(error);
    const what = `The file was not put: ${reason}.`;
    throw new EnsError(withDocsLink({ what, remedy: "Run the command again." }, "file"));
  }
}

/** An error of no special kind tells of the file: that it changed, or cannot be read. */
function reachOfPut(error: EnsError): ErrorReach {
  return error.kind === "EnsError" ? "site" : reachOf(error);
}

function reasonsOf(
  failures: readonly Failure[],
  left: { readonly files: number; readonly objects: number },
): string[] {
  const cancelled = failures.some(({ error }) => CancelledError.isInstance(error));
  if (cancelled) {
    const toDelete = left.objects > 0 ? ` and ${left.objects} to delete` : "";
    const what = `The deployment was cancelled with ${left.files} files left to put${toDelete}.`;
    return [withDocsLink({ what, remedy: "Run the command again to go on with these." }, "CancelledError")];
  }
  // Who may not put one file may put none, and to say it for each that was under way tells nothing new.
  const general = failures.find(({ reach }) => reach === "all");
  const told = failures.filter((failure) => failure.reach !== "all" || failure === general);
  const reasons = told
    .slice(0, mostReasons)
    .map(({ name, error }) => (name === undefined ? error.message : `${quoted(name)}: ${error.message}`));
  const failed = failures.filter(({ name }) => name !== undefined).length;
  const more = failed - reasons.length;
  const others = left.files - failed;
  return [
    ...reasons,
    ...(more > 0
      ? [`${more} more files failed${told.length <= mostReasons ? " in the same way" : ""}.`]
      : []),
    ...(others > 0 ? [`${others} other files were not tried, since these failed first.`] : []),
  ];
}
