import { isRecord } from "../ens/is-record";
import { printable } from "../ens/text/printable";

/** Why a file cannot be an object. */
export interface FileFault {
  /** Relative to the folder, with `/`. What of it is not UTF-8 stands as the replacement character. */
  readonly name: string;
  /** In words, without a full stop: "it is a socket, which has no content". */
  readonly reason: string;
}

/** A file that changes whenever it is read. */
export class ChangedFileError extends Error {}

/**
 * The reason in words of what the system said.
 *
 * @throws the error itself, where it is not the system's.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof ChangedFileError) {
    return "it changes while it is read; run the command again when nothing writes to it any more";
  }
  const code = isRecord(error) && typeof error.syscall === "string" ? error.code : undefined;
  if (typeof code !== "string") throw error;
  return reasons[code] ?? `it cannot be read (${printable(code, 50)})`;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "it cannot be read: permission denied",
  EPERM: "it cannot be read: permission denied",
  ENOENT: "it was deleted while the folder was read",
  EMFILE: "it cannot be read: this process has too many files open",
  ENFILE: "it cannot be read: the system has too many files open",
  ENAMETOOLONG: "it cannot be read: its path is too long for this system",
  ESTALE: "it cannot be read: the network drive has lost it",
  EIO: "it cannot be read: the disk or the network drive fails",
};
