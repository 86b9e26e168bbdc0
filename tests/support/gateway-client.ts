/** A question to ENS, for clients that share no code with this package. */
export interface GatewayCall {
  /** Host and port. */
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string;
  readonly bucketName?: string;
  readonly clientIp?: string;
}

/** What such a client was told. */
export type GatewayAnswer =
  | { readonly physicalBucketName: string; readonly endpoint: string; readonly requestId: string }
  | { readonly code: string; readonly status?: number };
