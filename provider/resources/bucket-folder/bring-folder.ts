import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { ErrorReach } from "../../ens/error-code";
import { CancelledError, EnsError } from "../../ens/errors";
import { reachOf } from "../../ens/reach-of";
import { quoted } from "../../ens/text/quoted";
import { deleteKeys } from "../../eos/delete-keys";
import { pageSize } from "../../eos/listing";
import type { BucketPlace } from "../../eos/storage-action";
import { uploadObject } from "../../eos/upload-object";
import { contentTypeOf } from "../../files/content-type";
import { fileContent } from "../../files/file-content";
import { reasonOf } from "../../files/file-fault";
import { matchOptions } from "../../files/match-options";
import type { Call } from "../../lifecycle/lifecycle";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { placeOf } from "../../lifecycle/place-of";
import { reportProgress } from "../../lifecycle/report-progress";
import { megabytes, sizeNow, subjectOf } from "./differences";
import { md5Of } from "./entry";
import type { BucketFolderInputs, BucketFolderState } from "./properties";
import { Reached } from "./reached";

/** After this many failures of the network or the storage in a row, the others would fail too. */
const mostInARow = 10;

/** How many files are told that could not be put. */
const mostReasons = 10;

/**
 * Puts what differs, and then deletes what no file is for any more: first the files that pages use, then the pages, so
 * that no page asks for what is not there yet, or not any more. One file that fails does not keep others from being put,
 * but pages and deletions wait until all is there that they need.
 *
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
  const subject = subjectOf(wanted, call.shown);
  const progress = { files: 0, bytes: 0, deleted: 0 };
  const failures: Failure[] = [];

  async function work(): Promise<void> {
    if (missing.length === 0 && reached.leftover.length === 0) return;
    const place = await placeOf(wanted.bucketName, call);
    await putAll(missing.filter((name) => !isPage(name)));
    if (failures.length === 0) await putAll(missing.filter(isPage));
    if (failures.length === 0) await deleteLeftover(place);

    async function putAll(names: readonly string[]): Promise<void> {
      const waiting = names.values();
      let inARow = 0;
      const putInTurn = async () => {
        for (const name of waiting) {
          if (inARow >= mostInARow || failures.some(({ reach }) => reach === "all")) return;
          try {
            await put(name);
            inARow = 0;
          } catch (error) {
            if (!EnsError.isInstance(error)) throw error;
            const reach = reachOf(error);
            inARow = reach === "service" ? inARow + 1 : 0;
            failures.push({ name, error, reach });
          }
        }
      };
      await Promise.all(Array.from({ length: call.settings.maxConcurrency }, putInTurn));
    }

    async function put(name: string): Promise<void> {
      const entry = wanted.files[name] ?? "";
      const content = fileContent(join(wanted.path, name), await sizeOf(wanted.path, name), md5Of(entry));
      let sent = 0;
      const onSent = (bytes: number) => {
        progress.bytes += bytes - sent;
        sent = bytes;
      };
      const headers = { contentType: contentTypeOf(name), ...matchOptions(wanted.fileOptions ?? [], name) };
      const key = `${wanted.prefix ?? ""}${name}`;
      const { etag } = await uploadObject(call.objects, { ...place, key, ...headers, content, onSent }, call);
      reached.sent(name, etag);
      progress.files += 1;
    }
  }

  async function deleteLeftover(place: BucketPlace): Promise<void> {
    for (;;) {
      const keys = reached.leftover.slice(0, pageSize);
      if (keys.length === 0) return;
      await deleteKeys(call.objects, place, keys);
      reached.deleted(keys);
      progress.deleted += keys.length;
    }
  }

  const total = missing.reduce((sum, name) => sum + sizeNow(join(wanted.path, name)), 0);
  const line = () =>
    `${subject}: ${progress.files} of ${missing.length} files, ${megabytes(progress.bytes)} of ${megabytes(total)} MB` +
    (progress.deleted > 0 ? `, ${progress.deleted} deleted` : "");
  try {
    await reportProgress(work(), line, call);
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    failures.push({ name: undefined, error, reach: "all" });
  }
  if (failures.length === 0) return reached.state;
  const [first] = failures;
  if (reached.isNothing && first !== undefined && first.reach === "all") throw first.error;
  throw new PartialFailure(id, reached.state, reasonsOf(failures, missing.length - progress.files));
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

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    return (await stat(join(path, name))).size;
  } catch (error) {
    throw new EnsError(`The file ${quoted(name)} was not put: ${reasonOf(error)}.`);
  }
}

function reasonsOf(failures: readonly Failure[], left: number): string[] {
  const cancelled = failures.find(({ error }) => CancelledError.isInstance(error));
  if (cancelled !== undefined) {
    return [
      `The deployment was cancelled with ${left} files left to put. Run the command again to go on with these.`,
    ];
  }
  const reasons = failures
    .slice(0, mostReasons)
    .map(({ name, error }) => (name === undefined ? error.message : `${quoted(name)}: ${error.message}`));
  const more = failures.length - reasons.length;
  const others = left - failures.length;
  return [
    ...reasons,
    ...(more > 0 ? [`And ${more} more files failed.`] : []),
    ...(others > 0 ? [`${others} other files were not tried, since these failed first.`] : []),
  ];
}
