import { randomUUID } from "node:crypto";
import { prepareUpload } from "../../ens/actions/prepare-upload";
import { concealed } from "../../ens/text/concealed";
import { changedInputs, isOfAnotherBucket } from "../../lifecycle/changed-inputs";
import { defined } from "../../lifecycle/defined";
import { bucketAndRest, readImportId } from "../../lifecycle/import-id";
import type { DiffCall, Lifecycle, Properties } from "../../lifecycle/lifecycle";
import { namingNearest } from "../../lifecycle/nearest-bucket";
import { unknownValue } from "../../lifecycle/unknown-value";
import { bringFolder } from "./bring-folder";
import { check } from "./check";
import { deleteFolder } from "./delete-folder";
import { differencesOf, inWords, sizeNow, subjectOf } from "./differences";
import type { Entries } from "./entries";
import { entriesIn } from "./entries";
import type { BucketFolderInputs, BucketFolderState } from "./properties";
import { readInputs, readState } from "./properties";
import { countAndDigest } from "./reached";
import { readFolderState } from "./read-folder-state";

export const bucketFolder: Lifecycle<BucketFolderInputs, BucketFolderState> = {
  outputs: ["fileCount", "digest"],

  // Its keys begin with the prefix.
  derivedOutputs: { leftover: ["prefix"] },

  answered: { byCreate: ["fileCount", "digest"], byUpdate: ["fileCount", "digest"] },

  readInputs,
  readState,
  check,

  diff(olds, news, call) {
    const replaces = isOfAnotherBucket(olds, news, call) ? ["bucketName"] : [];
    const line = replaces.length > 0 ? "" : lineOf(olds, news, call);
    if (line !== "") call.tell(`${subjectOf(news, call.shown)}: ${line}`);
    return {
      changed: [
        ...replaces,
        ...changedInputs(olds, news, ["path", "prefix", "include", "exclude", "fileOptions"]),
        ...(line !== "" || news.files === unknownValue ? ["files"] : []),
      ],
      replaces,
    };
  },

  async create(inputs, call) {
    const isSecret = call.secrets.has("bucketName") || call.secrets.has("prefix");
    const id = isSecret ? randomUUID() : idOf(inputs);
    return { id, state: await bringFolder(id, inputs, undefined, call) };
  },

  update: (id, olds, news, call) => bringFolder(id, news, olds, call),

  read: (_id, state, call) => readFolderState(state, call),

  delete: deleteFolder,

  importing: {
    example: "media-assets/site/?path=dist",
    inputs(text, given) {
      const { id, given: rest } = readImportId(text);
      const { bucketName, rest: prefix } = bucketAndRest(id);
      return defined({ bucketName, prefix: prefix || undefined, path: rest.get("path"), ...given });
    },
    id: idOf,
    // Only the files of the folder are taken over, and what the bucket has of them.
    async state(inputs, call) {
      const found = await readFolderState({ ...inputs, ...countAndDigest(entriesIn(inputs.files)) }, call);
      if (found !== "gone") return found.state;
      // Its error says what to do.
      await namingNearest(() => call.ens.call(prepareUpload, { bucketName: inputs.bucketName }), call);
      return { ...inputs, ...countAndDigest({}) };
    },
  },
};

function idOf({ bucketName, prefix = "" }: BucketFolderInputs): string {
  return `${bucketName}/${prefix}`;
}

/** What an update would put and delete, in words. */
function lineOf(olds: Properties, news: Properties, { secrets, secretsBefore }: DiffCall): string {
  if (news.files === unknownValue) return "";
  const leftover = Array.isArray(olds.leftover) ? olds.leftover.map((key) => [String(key), ""]) : [];
  const prefix = prefixOf(news);
  if (olds.files === news.files && prefixOf(olds) === prefix && leftover.length === 0) return "";
  const before = { ...Object.fromEntries(leftover), ...entriesByKey(olds) };
  const differences = differencesOf(before, entriesByKey(news));
  const isSecret = secrets.has("prefix") || secretsBefore.has("prefix");
  // Keys that begin with something else are what an older prefix has left.
  const shown = (key: string) => {
    if (key.startsWith(prefix)) return key.slice(prefix.length);
    return isSecret ? concealed : key;
  };
  const sizeOf = (key: string) => sizeNow(String(news.path), key.slice(prefix.length));
  return inWords(differences, { sizeOf, shown });
}

function entriesByKey(properties: Properties): Entries {
  const entries = Object.entries(entriesIn(properties.files));
  return Object.fromEntries(entries.map(([name, entry]) => [`${prefixOf(properties)}${name}`, entry]));
}

function prefixOf({ prefix }: Properties): string {
  return typeof prefix === "string" ? prefix : "";
}
