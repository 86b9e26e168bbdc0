import { createHash } from "node:crypto";
import { once } from "node:events";
import type { WriteStream } from "node:fs";
import { createWriteStream } from "node:fs";
import type { IncomingMessage } from "node:http";
import { Refusal } from "../refusal";
import { Bytes } from "./bytes";
import type { Spool } from "./spool";

/** The largest body taken, as OSS has it. */
const longestBody = 5 * 1024 ** 3;

/** The most of a body that is kept in memory. */
const mostInMemory = 1024 * 1024;

/** Receives the body of a request: what is long, into a file. */
export async function receive(request: IncomingMessage, spool: Spool): Promise<Bytes> {
  // Before its client has sent it all in vain.
  if (Number(request.headers["content-length"]) > longestBody) throw entityTooLarge();
  const md5 = createHash("md5");
  let length = 0;
  let chunks: Buffer[] = [];
  let file: WriteStream | undefined;
  const path = () => String(file?.path);
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      // To leave the loop would cut the connection, and the client would not learn why.
      if (length > longestBody) continue;
      md5.update(chunk);
      chunks.push(chunk);
      if (length <= mostInMemory) continue;
      file ??= createWriteStream(spool.newFile());
      for (const one of chunks) if (!file.write(one)) await once(file, "drain");
      chunks = [];
    }
    if (file !== undefined) {
      file.end();
      await once(file, "close");
    }
  } catch (error) {
    // What was cut off is of no use.
    file?.destroy();
    if (file !== undefined) new Bytes([{ path: path(), length }]).letGo();
    throw error;
  }
  const received =
    file === undefined
      ? new Bytes(chunks, md5.digest())
      : new Bytes([{ path: path(), length }], md5.digest());
  if (length <= longestBody) return received;
  received.letGo();
  throw entityTooLarge();
}

/** Waits until so many bytes of a body have come, or all of it; takes no more. */
export async function receiveOnly(request: IncomingMessage, bytes: number): Promise<void> {
  let length = 0;
  await new Promise<void>((resolve) => {
    request
      .once("end", resolve)
      .once("close", resolve)
      .on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length < bytes) return;
        request.pause();
        resolve();
      });
  });
}

function entityTooLarge(): Refusal {
  return new Refusal("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size.");
}
