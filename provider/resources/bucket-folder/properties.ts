import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import type { FileOption } from "../../files/match-options";
import { entriesRule } from "./entries";

/** What the program gave, with every output resolved, and the files that check found. */
export interface BucketFolderInputs {
  readonly bucketName: string;
  readonly path: string;
  /** What keys begin with, before the file's name. */
  readonly prefix?: string;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly fileOptions?: readonly FileOption[];
  /** See `entries.ts`. */
  readonly files: string;
  /** Keys of own objects that are still to be deleted. Only state has them. */
  readonly leftover?: readonly string[];
}

/** What state holds. Its `files` are what the bucket has. */
export interface BucketFolderState extends BucketFolderInputs {
  readonly fileCount: number;
  /** Of all files together: another one when any of them is. */
  readonly digest: string;
  /** The ETags of objects that were uploaded in parts, by file: of others it is the MD5. */
  readonly partEtags?: Readonly<Record<string, string>>;
}

export function readInputs(fields: Fields): BucketFolderInputs {
  const prefix = fields.optionalText("prefix", anyText);
  const include = fields.optionalList("include");
  const exclude = fields.optionalList("exclude");
  const fileOptions = fields.optionalList("fileOptions");
  const leftover = fields.optionalList("leftover");
  return {
    bucketName: fields.text("bucketName", anyText),
    path: fields.text("path", anyText),
    ...(prefix !== undefined ? { prefix } : {}),
    ...(include !== undefined ? { include: include.map(String) } : {}),
    ...(exclude !== undefined ? { exclude: exclude.map(String) } : {}),
    // Check has seen that they are options.
    ...(fileOptions !== undefined ? { fileOptions: fileOptions as readonly FileOption[] } : {}),
    files: fields.text("files", entriesRule),
    ...(leftover !== undefined ? { leftover: leftover.map(String) } : {}),
  };
}

export function readState(fields: Fields): BucketFolderState {
  return {
    ...readInputs(fields),
    fileCount: fields.optionalCount("fileCount") ?? 0,
    digest: fields.text("digest", anyText),
    ...(fields.optionalRecord("partEtags") !== undefined
      ? { partEtags: fields.texts("partEtags", anyText) }
      : {}),
  };
}
