import type { Stats } from "node:fs";
import { lstat, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { codeOf } from "../../ens/code-of";
import { printable } from "../../ens/text/printable";
import { shellQuoted } from "../../ens/text/shell-quoted";

/** What a file of credentials holds. */
export type CredentialsFile =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "absent" }
  | {
      readonly kind: "unusable";
      /** Goes on from the file's path: `is a folder`. Holds nothing of what the file holds. */
      readonly why: string;
      readonly remedy: string;
    };

/** More than any file of credentials has. */
const mostBytes = 1024 * 1024;

/** Reads a file of credentials as UTF-8 text, or says what is wrong with the file. */
export async function readCredentialsFile(path: string): Promise<CredentialsFile> {
  let found: Stats | undefined;
  try {
    found = await stat(path);
    if (found.isDirectory())
      return unusable(
        "is a folder, not a file",
        `Name a file, or move it away: \`mv ${shellQuoted(path, "<file>")} ${shellQuoted(`${path}.old`, "<other file>")}\``,
      );
    if (!found.isFile()) return unusable("is not an ordinary file", "Name a file that is");
    if (found.size > mostBytes)
      return unusable("has more than 1 MB, so it is no file of credentials", "Name another");
    return readText(await readFile(path));
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    if (code === "ENOENT")
      return (await isLink(path))
        ? unusable(
            "is a link to a file that does not exist",
            `See where it leads: \`ls -l ${shellQuoted(path, "<file>")}\``,
          )
        : { kind: "absent" };
    return unreadable(path, code, found);
  }
}

function unusable(why: string, remedy: string): CredentialsFile {
  return { kind: "unusable", why, remedy: `${remedy}.` };
}

/**
 * What to say of a file that the system refuses to read.
 *
 * @param found - What is there; `undefined` where that cannot be seen either.
 */
export function unreadable(
  path: string,
  code: string,
  found: Pick<Stats, "uid"> | undefined,
): CredentialsFile {
  const word = shellQuoted(path, "<file>");
  switch (code) {
    case "EACCES":
    case "EPERM":
      if (found === undefined) {
        return unusable(
          `is in a folder that the user who runs Pulumi may not enter (${code})`,
          `See which one: \`ls -ld ${shellQuoted(dirname(path), "<folder>")}\``,
        );
      }
      return unusable(
        `may not be read by the user who runs Pulumi (${code})`,
        found.uid === process.getuid?.()
          ? `Allow it: \`chmod u+r ${word}\``
          : `Give it to that user: \`sudo chown "$(id -u)" ${word}\``,
      );
    case "ELOOP":
      return unusable("is a link that leads back to itself (ELOOP)", `See where it leads: \`ls -l ${word}\``);
    case "ENOTDIR":
      return unusable(
        "is below something that is no folder (ENOTDIR)",
        `See what is there: \`ls -ld ${shellQuoted(dirname(path), "<folder>")}\``,
      );
    default:
      return unusable(`cannot be read (${printable(code, 60)})`, `Try it: \`cat ${word} > /dev/null\``);
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (entry) => entry.isSymbolicLink(),
    () => false,
  );
}

/** The vendor's tools fail on every mark of an editor too, so that a file with one is told and not accepted. */
const saveAsUtf8 = "Save it as UTF-8 without a byte order mark";

function readText(bytes: Buffer): CredentialsFile {
  if (bytes.length >= 3 && bytes.readUIntBE(0, 3) === 0xefbbbf) {
    return unusable(
      "begins with a byte order mark (BOM), which an editor put there and aliyun cannot read either",
      saveAsUtf8,
    );
  }
  const mark = bytes.length >= 2 ? bytes.readUInt16BE(0) : 0;
  if (mark === 0xfffe || mark === 0xfeff) return unusable("is UTF-16, not UTF-8", saveAsUtf8);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (text.trim() === "") return unusable("is empty", "Write it again, or remove it");
    if (text.includes("\0")) return unusable("is not text: it has zero bytes", saveAsUtf8);
    return { kind: "text", text };
  } catch (error) {
    if (codeOf(error) !== "ERR_ENCODING_INVALID_ENCODED_DATA") throw error;
    return unusable("is not UTF-8 text", saveAsUtf8);
  }
}
