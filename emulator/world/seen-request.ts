/** One request the emulator answered. */
export interface SeenRequest {
  readonly time: Date;
  /** ENS, STS, or the object storage. */
  readonly service: "ens" | "sts" | "oss";
  /** The API's action, or the object request's method. */
  readonly action: string;
  /** The logical bucket of an API call, the physical one of an object request. */
  readonly bucketName?: string;
  /** The object of an object request that is about one. */
  readonly key?: string;
  readonly clientIp?: string;
  readonly accessKeyId?: string;
  readonly userAgent?: string;
  /** How an API call was signed. */
  readonly signature?: string;
  /** 0: no answer was sent. */
  readonly status: number;
  /** The code it was refused with, or the kind of the fault that was shown. */
  readonly code?: string;
  readonly requestId: string;
}
