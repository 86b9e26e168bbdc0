import { isRecord } from "../../ens/is-record";

/** A Pulumi asset as a front passes it. The engine adds a hash of its content, and leaves only that in a comparison. */
export interface Asset {
  readonly hash?: string;
  readonly path?: string;
  readonly text?: string;
  readonly uri?: string;
}

/** The key by which Pulumi's protocol tells assets and archives from other objects. */
const signature = "4dabf18193072939515e22adb298388d";

export function isAsset(value: unknown): value is Asset {
  return isRecord(value) && value[signature] === "c44067f5952c0a294b673a41bacd8c17";
}

export function isArchive(value: unknown): boolean {
  return isRecord(value) && value[signature] === "0def7320c3a5731c473e5ecbe6d01bc7";
}
