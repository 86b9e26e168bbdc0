import type { IncomingMessage } from "node:http";

/** The code of the error that an answer which is too long ends with. */
export const tooLong = "ERR_ANSWER_TOO_LONG";

/** The answer of PrepareUpload has some 150 bytes; no answer of an API that we call comes near this many. */
const longestAnswer = 1024 * 1024;

/**
 * Cuts an answer off when it gets too long, since the vendor's client reads any length into memory. Counts what
 * arrives on its way in: a listener for data would make it flow before the client reads it.
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
