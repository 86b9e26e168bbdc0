/** What signs a call. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Present when the keys are temporary (STS). */
  readonly securityToken?: string;
  /** Where exactly a source of several found them, in words: `~/.aliyun/config.json, profile "dev", mode AK`. */
  readonly chainLink?: string;
}

/** Where a client gets its keys: asked before every attempt, since keys rotate and expire. */
export interface KeySource {
  /**
   * Where the keys come from, in words that hold no secret and go on from "from", for errors: one place, in short, `stack
   * configuration alicloud:accessKey`.
   */
  readonly origin: string;
  /** All places that they come from. Left out where the origin says it all. */
  readonly places?: string;
  getKeys(): Promise<Keys>;
  /** Forgets keys that were refused, so that `getKeys` asks again. Left out where keys are fixed. */
  discard?(refused: Keys): void;
}

/** Asks a source again for keys that were refused; true when it gave other keys. */
export async function renewKeys(source: KeySource, refused: Keys): Promise<boolean> {
  if (source.discard === undefined) return false;
  source.discard(refused);
  return !sameKeys(await source.getKeys(), refused);
}

/** What of keys must not be shown; a service may repeat it. */
export function keyParts({ accessKeyId, accessKeySecret, securityToken }: Keys): readonly string[] {
  return [accessKeyId, accessKeySecret, ...(securityToken !== undefined ? [securityToken] : [])];
}

export function sameKeys(one: Keys, other: Keys): boolean {
  return (
    one.accessKeyId === other.accessKeyId &&
    one.accessKeySecret === other.accessKeySecret &&
    one.securityToken === other.securityToken
  );
}

/** Whether `value` can be a part of a key. Keys travel in headers, where a new line would begin another header. */
export function isKeyPart(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
