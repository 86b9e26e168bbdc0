import { createHash } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
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
  let file: { readonly path: string; readonly descriptor: number } | undefined;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      // To leave the loop would cut the connection, and the client would not learn why.
      if (length > longestBody) continue;
      md5.update(chunk);
      chunks.push(chunk);
      if (length <= mostInMemory) continue;
      file ??= openNew(spool.newFile());
      for (const one of chunks) writeSync(file.descriptor, one);
      chunks = [];
    }
    if (length > longestBody) throw entityTooLarge();
  } catch (error) {
    // What was cut off is of no use.
    if (file !== undefined) rmSync(file.path);
    throw error;
  } finally {
    if (file !== undefined) closeSync(file.descriptor);
  }
  return new Bytes(file === undefined ? chunks : [{ path: file.path, length }], md5.digest());
}

function openNew(path: string): { readonly path: string; readonly descriptor: number } {
  return { path, descriptor: openSync(path, "wx") };
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
