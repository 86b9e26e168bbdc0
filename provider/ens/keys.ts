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
