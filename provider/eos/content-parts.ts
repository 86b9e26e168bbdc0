import { createHash } from "node:crypto";
import { addAbortSignal } from "node:stream";
import type { Content } from "./content";
import { ContentFault } from "./content";

/** A part of a content, and its digest. The first has the number 1. */
export interface ContentPart {
  readonly number: number;
  readonly content: Content;
}

/**
 * The parts of a content, one after the other. Each is read once for its digest before it is sent. When all have been
 * read, together they must be what the content was said to be: so nothing that changes while it is sent becomes a
 * mixture.
 *
 * @param stopped - Ends what reads the content.
 * @throws ContentFault
 */
export async function* contentParts(
  content: Content,
  partSize: number,
  stopped: AbortSignal,
): AsyncGenerator<ContentPart> {
  const whole = createHash("md5");
  for (let number = 1, start = 0; start < content.size; number += 1, start += partSize) {
    const range = { start, end: Math.min(start + partSize, content.size) - 1 };
    const open = () => addAbortSignal(stopped, content.open(range));
    const part = createHash("md5");
    let size = 0;
    try {
      for await (const chunk of open() as AsyncIterable<Buffer>) {
        whole.update(chunk);
        part.update(chunk);
        size += chunk.length;
      }
    } catch (error) {
      throw ContentFault.unreadable(error);
    }
    if (start + size <= range.end)
      throw ContentFault.changed(`it had ${content.size} bytes, and ${start + size} came`);
    yield { number, content: { size, md5: part.digest("base64"), open } };
  }
  if (content.md5 !== undefined && whole.digest("base64") !== content.md5) throw ContentFault.changed();
}
