import type { ClientRequest } from "node:http";
import { ContentFault } from "./content";
import type { ContentRequest } from "./storage-action";

/** Bytes that are sent at a time. That a connection takes them is progress. */
const pieceSize = 64 * 1024;

/**
 * Sends a content as the body of a request, as fast as the connection takes it. It ends early where an answer comes
 * early or the connection ends, which the request tells.
 *
 * @throws ContentFault where the content cannot be read, or is not as long as it was said to be
 */
export async function sendContent(
  request: ClientRequest,
  { content, onSent }: ContentRequest,
): Promise<void> {
  const stream = content.open();
  let over = false;
  const end = () => {
    over = true;
    stream.destroy();
  };
  request.once("response", end).once("close", end);
  let sent = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; at += pieceSize) {
        const piece = chunk.subarray(at, at + pieceSize);
        if (sent + piece.length > content.size) throw wrongSize(content.size, "more");
        sent += piece.length;
        if (!(await write(request, piece, sent === content.size))) return;
        onSent?.(sent);
      }
    }
    if (sent < content.size) throw wrongSize(content.size, String(sent));
    if (content.size === 0) request.end();
  } catch (error) {
    if (over) return;
    request.destroy();
    throw error instanceof ContentFault ? error : ContentFault.unreadable(error);
  }
}

/**
 * Waits until the connection has taken the bytes; false where it never will. The request ends right after the last: a
 * storage answers as soon as it has all of them, and an answer that comes before the end makes the connection useless.
 */
function write(request: ClientRequest, bytes: Buffer, isLast: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    request.write(bytes, (error) => resolve(!error));
    // Not with the bytes: Node then writes Content-Disposition in another encoding.
    if (isLast) request.end();
  });
}

function wrongSize(size: number, came: string): ContentFault {
  return ContentFault.changed(`it had ${size} bytes, and ${came} came`);
}
