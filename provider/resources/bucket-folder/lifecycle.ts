import { randomUUID } from "node:crypto";
import { hasReason } from "../../ens/errors";
import { deleteKeys } from "../../eos/delete-keys";
import { pageSize } from "../../eos/listing";
import { changedInputs, isOfAnotherBucket } from "../../lifecycle/changed-inputs";
import type { Call, Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { placeOf } from "../../lifecycle/place-of";
import { reportProgress } from "../../lifecycle/report-progress";
import { unknownValue } from "../../lifecycle/unknown-value";
import { bringFolder } from "./bring-folder";
import { check } from "./check";
import { differencesOf, inWords, subjectOf } from "./differences";
import type { BucketFolderInputs, BucketFolderState, Entries } from "./properties";
import { readInputs, readState } from "./properties";
import { readFolderState } from "./read-folder-state";

export const bucketFolder: Lifecycle<BucketFolderInputs, BucketFolderState> = {
  outputs: ["fileCount", "digest"],

  derivedOutputs: {},

  readInputs,
  readState,
  check,

  diff(olds, news, call) {
    const replaces = isOfAnotherBucket(olds, news, call) ? ["bucketName"] : [];
    const line = replaces.length > 0 ? "" : linesOf(olds, news);
    if (line !== "") call.tell(`${subjectOf(news, call.shown)}: ${line}`);
    const hasLeftover = Array.isArray(olds.leftover) && olds.leftover.length > 0;
    return {
      changed: [
        ...replaces,
        ...changedInputs(olds, news, ["path", "prefix", "include", "exclude", "fileOptions"]),
        ...(line !== "" || hasLeftover || news.files === unknownValue ? ["files"] : []),
      ],
      replaces,
    };
  },

  async create(inputs, call) {
    const isSecret = call.secrets.has("bucketName") || call.secrets.has("prefix");
    const id = isSecret ? randomUUID() : `${inputs.bucketName}/${inputs.prefix ?? ""}`;
    return { id, state: await bringFolder(id, inputs, undefined, call) };
  },

  update: (id, olds, news, call) => bringFolder(id, news, olds, call),

  read: (_id, state, call) => readFolderState(state, call),

  delete: deleteFolder,
};

/** What an update would put and delete, in words. */
function linesOf(olds: Properties, news: Properties): string {
  if (news.files === unknownValue) return "";
  const withPrefix = ({ files, prefix }: Properties): Entries => {
    const entries = Object.entries((files ?? {}) as Entries);
    return Object.fromEntries(entries.map(([name, entry]) => [`${prefix ?? ""}${name}`, entry]));
  };
  const sizes = { path: String(news.path), prefix: String(news.prefix ?? "") };
  return inWords(differencesOf(withPrefix(olds), withPrefix(news)), sizes);
}

/** Deletes the objects of the folder and no others. Those of a bucket that is gone are gone. */
async function deleteFolder(inputs: BucketFolderInputs, call: Call): Promise<void> {
  const { bucketName, prefix = "", files, leftover = [] } = inputs;
  const keys = [...Object.keys(files).map((name) => `${prefix}${name}`), ...leftover];
  let deleted = 0;
  const work = async () => {
    const place = await placeOf(bucketName, call);
    while (deleted < keys.length) {
      const some = keys.slice(deleted, deleted + pageSize);
      await deleteKeys(call.objects, place, some);
      deleted += some.length;
    }
  };
  const line = () => `${subjectOf(inputs, call.shown)}: ${deleted} of ${keys.length} files deleted`;
  await reportProgress(work(), line, call).catch((error) => {
    if (!hasReason(error, "noSuchBucket")) throw error;
  });
}
