import { createHmac, timingSafeEqual } from "node:crypto";

/** One upload under way. The browser sends it back with each request, so that the server need not remember it. */
export interface Ticket {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  /** The name of the user's file. */
  readonly name: string;
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  readonly partSize: number;
}

/** Makes a ticket readable but not changeable. */
export function sealTicket(ticket: Ticket, secret: string): string {
  const text = Buffer.from(JSON.stringify(ticket)).toString("base64url");
  return `${text}.${seal(text, secret).toString("base64url")}`;
}

/** The ticket, if it is one that `sealTicket` made. */
export function openTicket(sealed: unknown, secret: string): Ticket | undefined {
  const [text = "", mark = ""] = String(sealed).split(".");
  const [expected, came] = [seal(text, secret), Buffer.from(mark, "base64url")];
  if (expected.length !== came.length || !timingSafeEqual(expected, came)) return undefined;
  return JSON.parse(Buffer.from(text, "base64url").toString("utf8")) as Ticket;
}

function seal(text: string, secret: string): Buffer {
  return createHmac("sha256", `browser-upload ticket ${secret}`).update(text).digest();
}
