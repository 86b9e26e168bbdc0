import type { IncomingMessage } from "node:http";

/** The code of the error for an answer that is too long. */
export const tooLong = "ERR_ANSWER_TOO_LONG";

/**
 * In bytes. The longest answer that we ask for is a page of a thousand objects: with keys as long as they may be, each byte
 * of them written as `%XX`, 3.4 MB.
 */
const longestAnswer = 8 * 1024 * 1024;

/**
 * Cuts an answer off when it gets too long, since the vendor's client reads any length into memory. It counts the bytes
 * as they come in: a listener for `data` would make them flow before the client reads them.
 */
export function cutOff(response: IncomingMessage): void {
  const push = response.push.bind(response);
  let length = response.readableLength;
  response.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
    length += chunk?.length ?? 0;
    if (length <= longestAnswer) return push(chunk, encoding);
    response.destroy(Object.assign(new Error(), { code: tooLong }));
    return false;
  };
}
