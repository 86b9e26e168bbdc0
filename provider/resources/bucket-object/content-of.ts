import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { codeOf } from "../../ens/code-of";
import { EnsError, withDocsLink } from "../../ens/errors";
import { quoted } from "../../ens/text/quoted";
import type { Content } from "../../eos/content";
import { bytesContent } from "../../eos/content";
import { digestFile } from "../../files/digest-file";
import { fileContent } from "../../files/file-content";
import { reasonOf } from "../../files/file-fault";
import type { Call } from "../../lifecycle/lifecycle";
import type { BucketObjectInputs } from "./properties";

/** How much of a file is read at a time, in bytes. */
const bufferSize = 256 * 1024;

/** Gives the content of an object to `use`; what is made for that is gone afterwards. */
export async function withContent<T>(
  { source = {}, content }: BucketObjectInputs,
  call: Call,
  use: (content: Content) => Promise<T>,
): Promise<T> {
  const { path, text, uri } = source;
  if (path !== undefined) return use(await contentOfFile(path, path, call));
  // The engine leaves an empty text out.
  if (uri === undefined) return use(bytesContent(Buffer.from(content ?? text ?? "")));
  if (uri.startsWith("file:")) return use(await contentOfFile(fileURLToPath(uri), uri, call));
  const folder = await mkdtemp(join(tmpdir(), "pulumi-alicloud-ens-"));
  try {
    const copy = join(folder, "source");
    await call.download(uri, copy);
    return await use(await contentOfFile(copy, uri, call));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param given - How the program calls it. */
async function contentOfFile(path: string, given: string, call: Call): Promise<Content> {
  const { shown, signal, waitingFor } = call;
  try {
    if (!(await stat(path)).isFile()) throw cannotBe(given, "it is not a file", shown);
    const { size, md5 } = await waitingFor(
      () => `reading ${quoted(shown(given))}`,
      () => digestFile(path, Buffer.allocUnsafe(bufferSize), signal),
    );
    return fileContent(path, size, md5);
  } catch (error) {
    signal.throwIfAborted();
    if (EnsError.isInstance(error)) throw error;
    const place = shown(given) === given ? ` ${quoted(resolve(path))}` : "";
    const gone = `there is no file${place} any more`;
    throw cannotBe(given, codeOf(error) === "ENOENT" ? gone : reasonOf(error), shown);
  }
}

function cannotBe(given: string, reason: string, shown: Call["shown"]): EnsError {
  const what = `source ${quoted(shown(given))} cannot be an object: ${reason}.`;
  return new EnsError(
    withDocsLink({ what, remedy: "Give another, or run the command again when it can." }, "file"),
  );
}
