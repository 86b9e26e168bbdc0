import assert from "node:assert/strict";
import type { IncomingHttpHeaders } from "node:http";
import OSS from "ali-oss";
import type { Emulator } from "../../emulator";
import { defaultAccount } from "../../emulator";
import { sendObjectRequest } from "./object-request";

/** Puts into the emulator's object storage, and looks at what is there, by code that shares nothing with the provider. */
export class StorageContent {
  readonly #port: number;
  readonly #bucket: string;

  constructor({ port }: Pick<Emulator, "port">, physicalBucketName: string) {
    this.#port = port;
    this.#bucket = physicalBucketName;
  }

  /** @param content - Default: nothing. */
  async put(keys: readonly string[], content?: string): Promise<void> {
    const waiting = [...keys];
    const putInTurn = async () => {
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop())
        await this.#send("PUT", key, "", "", content);
    };
    await Promise.all(Array.from({ length: 20 }, putInTurn));
  }

  async delete(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#send("DELETE", key);
  }

  /** Begins an upload in parts for each key, and finishes none. */
  async beginUploads(keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#send("POST", key, "?uploads");
  }

  /** Aborts all uploads that are not finished. */
  async abortUploads(): Promise<void> {
    const listed = await this.#send("GET", "", "?uploads", "&max-uploads=1000&encoding-type=url");
    const ids = [...listed.matchAll(/<UploadId>(.*?)<\/UploadId>/g)].map(([, id = ""]) => id);
    const keys = keysIn(listed);
    for (const [n, id] of ids.entries()) await this.#send("DELETE", keys[n] ?? "", `?uploadId=${id}`);
  }

  /** The keys of the objects, a thousand at most. */
  async keys(): Promise<readonly string[]> {
    return keysIn(await this.#send("GET", "", "", "?max-keys=1000&encoding-type=url"));
  }

  /** The keys of the unfinished uploads, a thousand at most. */
  async uploads(): Promise<readonly string[]> {
    return keysIn(await this.#send("GET", "", "?uploads", "&max-uploads=1000&encoding-type=url"));
  }

  /** What an object holds, and the headers it comes with. */
  async read(key: string): Promise<{ readonly content: Buffer; readonly headers: IncomingHttpHeaders }> {
    const options = {
      ...defaultAccount,
      endpoint: `http://localhost:${this.#port}`,
      sldEnable: true,
      bucket: this.#bucket,
    };
    const { content, res } = await new OSS(options as OSS.Options).get(key);
    return { content, headers: res.headers as IncomingHttpHeaders };
  }

  async #send(method: string, key: string, subresource = "", query = "", body?: string): Promise<string> {
    const answer = await sendObjectRequest({
      method,
      port: this.#port,
      path: `/${this.#bucket}/${encodeURIComponent(key)}${subresource}${query}`,
      resource: `/${this.#bucket}/${key}${subresource}`,
      account: defaultAccount,
      ...(body !== undefined ? { body } : {}),
    });
    assert.ok(answer.status === 200 || answer.status === 204, answer.body);
    return answer.body;
  }
}

function keysIn(xml: string): readonly string[] {
  // Of what XML has to escape, a URL leaves the apostrophe as it is.
  const inUrl = (key: string) => key.replaceAll("&apos;", "'");
  return [...xml.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = ""]) => decodeURIComponent(inUrl(key)));
}

/** `object-0000` and on. */
export function numberedKeys(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `object-${String(n).padStart(4, "0")}`);
}

/** Keys that a URL, XML or a terminal takes for something else. */
export const oddKeys: readonly string[] = [
  "\u0001",
  "\uffff",
  "a\rb",
  "a\nb",
  " a ",
  "b/../a",
  "/leading",
  "//",
  "back\\slash",
  "a+b&c=d?e#f",
  "100%25",
  `<]]>"'`,
  "日本/ü \u{1f600}",
  "\u202eright",
  "x".repeat(1023),
];
