import { isRecord } from "../../ens/is-record";

/**
 * A Pulumi asset as it travels. The engine adds a hash of its content; in a comparison, and in what is read again, it
 * leaves out the rest.
 */
export interface Asset {
  /** SHA-256, in hexadecimal. */
  readonly hash?: string;
  readonly path?: string;
  readonly text?: string;
  readonly uri?: string;
}

/** The key by which Pulumi's protocol tells assets and archives from other objects. */
export const assetKey = "4dabf18193072939515e22adb298388d";
export const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
export const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";

export function isAsset(value: unknown): value is Asset {
  return isRecord(value) && value[assetKey] === assetSignature;
}

export function isArchive(value: unknown): boolean {
  return isRecord(value) && value[assetKey] === archiveSignature;
}
