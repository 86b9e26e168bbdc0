/** Digests of MD5 as inputs and state hold them: base64 without its padding, 22 characters. */
export type ShortMd5 = string;

export function shortMd5(digest: Buffer): ShortMd5 {
  return digest.toString("base64").replace(/=+$/, "");
}

/** As the header `Content-MD5` has it. */
export function base64Md5(md5: ShortMd5): string {
  return Buffer.from(md5, "base64").toString("base64");
}

/** As an ETag has it, which EOS writes in capitals or not. */
export function hexMd5(md5: ShortMd5): string {
  return Buffer.from(md5, "base64").toString("hex");
}
