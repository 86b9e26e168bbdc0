/** What signs a call. */
export interface Keys {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Present when the keys are temporary (STS). */
  readonly securityToken?: string;
}

/** Where a client gets its keys: asked before every call, since keys rotate and expire. */
export interface KeySource {
  /** Which settings the keys come from, in words that hold no secret; for errors. */
  readonly origin: string;
  getKeys(): Promise<Keys>;
}

/** Whether `value` can be a part of a key: it travels in headers, where a new line begins another one. */
export function isKeyPart(value: unknown): value is string {
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value);
}
