import { randomUUID } from "node:crypto";
import OSS from "ali-oss";
import { contains } from "./client-address";
import type { Settings } from "./settings";
import { openTicket, sealTicket, type Ticket } from "./ticket";
import { UserError } from "./user-error";

/** What may be uploaded, and the ending its key gets. No SVG: it can hold scripts. */
const endings: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "image/avif": ".avif",
    "image/gif": ".gif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "application/pdf": ".pdf",
    "video/mp4": ".mp4",
  }),
);
const largest = 2 * 1024 ** 3;
const smallestPart = 1024 ** 2;
/** A listing of parts has this many on its first page. */
const mostParts = 1000;
/** Seconds that a presigned URL works for. */
const urlLifetime = 600;

/** Uploads of browsers: the server begins, signs and completes them; the bytes go straight to the storage. */
export class Uploads {
  readonly limits = { types: [...endings.keys()], largest };
  /** The origins of the storage, which the page may talk to. */
  readonly origins: readonly string[];
  readonly #settings: Settings;
  readonly #clients: ReadonlyMap<string, OSS>;

  constructor(settings: Settings) {
    this.#settings = settings;
    const places = [settings.anywhere, ...settings.sites.map(({ ossOptions }) => ossOptions)];
    this.#clients = new Map(
      places.map((options) => [options.bucket, new OSS({ ...options, ...settings.keys } as OSS.Options)]),
    );
    const urls = [...this.#clients.values()].map((client) => client.signatureUrl("any"));
    this.origins = [...new Set(urls.map((url) => new URL(url).origin))];
  }

  /** Begins an upload at the place for the client's address. */
  async begin(file: Readonly<Record<string, unknown>>, address: string) {
    const { name, size, type } = checkFile(file);
    const site = this.#settings.sites.find(({ networks }) => contains(networks, address));
    const { bucket } = site?.ossOptions ?? this.#settings.anywhere;
    const key = `uploads/${new Date().toISOString().slice(0, 10)}/${randomUUID()}${endings.get(type)}`;
    const { uploadId } = await this.#client(bucket).initMultipartUpload(key, { mime: type });
    const partSize = Math.max(smallestPart, Math.ceil(size / mostParts));
    const ticket: Ticket = { bucket, key, uploadId, name, type, size, partSize };
    return { ticket: sealTicket(ticket, this.#settings.keys.accessKeySecret), partSize };
  }

  /** The parts that the storage has: where an upload goes on. */
  async parts(sealed: unknown) {
    const stored = await this.#stored(this.#open(sealed));
    return { stored: stored.map(({ number }) => number) };
  }

  /** A URL that takes one part. */
  async sign(sealed: unknown, part: unknown) {
    const { bucket, key, uploadId, ...ticket } = this.#open(sealed);
    const number = Number(part);
    if (!Number.isInteger(number) || number < 1 || number > partCount(ticket)) {
      throw new UserError(400, `The upload has the parts 1 to ${partCount(ticket)}.`);
    }
    const url = this.#client(bucket).signatureUrl(key, {
      method: "PUT",
      expires: urlLifetime,
      subResource: { partNumber: String(number), uploadId },
    });
    return { url };
  }

  /** Makes the parts one object, and gives a URL that shows it. */
  async complete(sealed: unknown) {
    const ticket = this.#open(sealed);
    const { bucket, key, uploadId, name, type } = ticket;
    const client = this.#client(bucket);
    try {
      const parts = await this.#stored(ticket);
      await this.#checkParts(ticket, parts);
      await client.completeMultipartUpload(key, uploadId, [...parts]);
    } catch (error) {
      // The page may ask again because an answer was lost; then the object is there already.
      const done = await client.head(key).catch(() => undefined);
      if (done === undefined) throw error;
    }
    const url = client.signatureUrl(key, {
      expires: urlLifetime,
      response: { "content-disposition": `inline; filename*=UTF-8''${encodeName(name)}` },
    });
    return { key, url, picture: type.startsWith("image/"), minutes: urlLifetime / 60 };
  }

  /** Gives up an upload, and deletes the parts that are stored. */
  async abandon(sealed: unknown) {
    const { bucket, key, uploadId } = this.#open(sealed);
    await this.#client(bucket).abortMultipartUpload(key, uploadId);
    return {};
  }

  #open(sealed: unknown): Ticket {
    const ticket = openTicket(sealed, this.#settings.keys.accessKeySecret);
    if (ticket === undefined) throw new UserError(403, "This upload was not begun here.");
    return ticket;
  }

  #client(bucket: string): OSS {
    const client = this.#clients.get(bucket);
    if (client === undefined) throw new UserError(410, "The bucket has moved; begin again.");
    return client;
  }

  async #stored({ bucket, key, uploadId }: Ticket) {
    const { parts } = await this.#client(bucket).listParts(key, uploadId);
    // A single part comes as itself, not in a list.
    return [parts as unknown].flat().map((part) => {
      const { PartNumber, ETag, Size } = part as Readonly<Record<"PartNumber" | "ETag" | "Size", string>>;
      return { number: Number(PartNumber), etag: ETag, size: Number(Size) };
    });
  }

  /** A presigned URL takes a part of any size, so the sizes are compared here. */
  async #checkParts(ticket: Ticket, parts: readonly { readonly size: number }[]): Promise<void> {
    if (parts.length < partCount(ticket)) throw new UserError(409, "Parts of the file are still missing.");
    const sent = parts.reduce((sum, { size }) => sum + size, 0);
    if (sent === ticket.size) return;
    await this.#client(ticket.bucket).abortMultipartUpload(ticket.key, ticket.uploadId);
    throw new UserError(410, `${sent} bytes came where ${ticket.size} were announced; begin again.`);
  }
}

/** RFC 8187 */
function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

function partCount({ size, partSize }: Pick<Ticket, "size" | "partSize">): number {
  return Math.ceil(size / partSize);
}

function checkFile({ name, size, type }: Readonly<Record<string, unknown>>) {
  // The name is only shown, and used for downloads. The object's key does not depend on it.
  if (typeof name !== "string" || !/^[^/\\\p{Cc}\p{Cs}]{1,255}$/u.test(name)) {
    throw new UserError(400, "A file's name has 1 to 255 characters, and no slash.");
  }
  if (typeof type !== "string" || !endings.has(type)) {
    throw new UserError(415, "Files of this type are not taken.");
  }
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1) {
    throw new UserError(400, "The file is empty.");
  }
  if (size > largest) throw new UserError(413, `The file is larger than ${largest / 1024 ** 3} GB.`);
  return { name, size, type };
}
