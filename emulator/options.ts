/**
 * What an account may do. Each state but the first makes every call of ENS fail with the code beside it; STS gives
 * sessions to active accounts only.
 */
export type AccountStatus =
  /** May call every action. */
  | "active"
  /** The access key is disabled: `InvalidAccessKeyId.Inactive`. */
  | "inactive"
  /** The RAM user lacks the permission for the action, such as `ens:PrepareUpload`: `NoPermission`. */
  | "noPermission"
  /** The account has no access to ENS: `AccessDenied`. */
  | "accessDenied"
  /** Unpaid bills: `UserDisable`. */
  | "arrears";

/** An access key that the emulator knows. */
export interface EmulatorAccount {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** The account that the key belongs to; keys of one account have its buckets in common. Default: one for all keys. */
  readonly accountId?: string;
  /** Makes the key a temporary one, which must come with this token. */
  readonly securityToken?: string;
  /** When the token stops being valid. Default: never. */
  readonly expires?: Date;
  /** Default: `active`. */
  readonly status?: AccountStatus;
  /**
   * The RAM policy that the key has, as JSON. What it does not allow of ENS is refused with `NoPermission`; the object
   * storage does not look at it. Default: one that allows everything.
   */
  readonly policy?: string;
}

/** A RAM role that any active account of the emulator may assume. */
export interface EmulatorRole {
  /** `acs:ram::<account id>:role/<name>` */
  readonly roleArn: string;
  /** Must be given by who assumes it. Default: none. */
  readonly externalId?: string;
  /** The provider whose tokens give sessions of it by AssumeRoleWithOIDC, one of `oidcProviders`. Default: none. */
  readonly oidcProviderArn?: string;
}

/** An identity provider, whose tokens give sessions of the roles that name it. */
export interface EmulatorOidcProvider {
  /** `acs:ram::<account id>:oidc-provider/<name>` */
  readonly arn: string;
  /** What a token has as `iss`. */
  readonly issuer: string;
  /** A token has one of them as `aud`. */
  readonly clientIds: readonly string[];
  /** The public key, as PEM, of what tokens are signed with, by RS256. */
  readonly publicKey: string;
}

/** Where a bucket physically is. */
export interface EmulatorPlace {
  /** Default: made from the logical name, the same at every start. */
  readonly physicalBucketName?: string;
  /** Host with optional port. Default: the emulator's own object storage. */
  readonly endpoint?: string;
}

/** A place for some clients. */
export interface EmulatorPlacement extends EmulatorPlace {
  /** The clients: an address (`203.0.113.7`) or a network (`203.0.113.0/24`). */
  readonly clientIps: string;
}

/** Who may read and write a bucket's objects without being asked for a signature. */
export type BucketAcl = "private" | "public-read" | "public-read-write";

/** What PutBucket can say of a bucket besides its name. */
export interface BucketProperties {
  /** Default: `private`. */
  readonly bucketAcl?: BucketAcl;
  /** `standard`: anywhere; `sink`: at one edge node. Default: `standard`. */
  readonly logicalBucketType?: "standard" | "sink";
  /** The edge node, e.g. `cn-beijing-15`. */
  readonly ensRegionId?: string;
  /** Where a bucket that is anywhere may be. No action tells it. */
  readonly dispatchScope?: "domestic" | "oversea";
  /** Default: empty. */
  readonly comment?: string;
}

/** A logical bucket. */
export interface EmulatorBucket extends EmulatorPlace, BucketProperties {
  readonly name: string;
  /** The account that owns it; to others it is `AccessDenied`. Default: every account does. */
  readonly accountId?: string;
  /** Places that depend on the client's address; the first that fits counts. */
  readonly placements?: readonly EmulatorPlacement[];
}

/** A fault to show in place of an answer. */
export type EmulatorFault = {
  /** Hits calls of ENS, calls of STS, or requests to the object storage. Default: `ens`. */
  readonly service?: "ens" | "sts" | "oss";
  /** Hits calls of this action only, one that the service has, e.g. `PrepareUpload`. Default: all actions. */
  readonly action?: string;
  /** How many it lets through first. Default: 0. */
  readonly after?: number;
  /** How many it hits. Default: 1. */
  readonly times?: number;
  /** Hits calls about this bucket only, for the object storage the physical one. Default: all. */
  readonly bucketName?: string;
  /** Hits object requests with this method only. Default: all but `OPTIONS`. */
  readonly method?: string;
  /** Hits requests about this object only. Default: all. */
  readonly key?: string;
  /** How long to wait before it shows, in milliseconds. Default: 0. */
  readonly delayMs?: number;
} & (
  | {
      readonly kind: "error";
      /** The code to refuse with, e.g. `ServiceUnavailable`. */
      readonly code: string;
      /** Default: 400. */
      readonly status?: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly kind: "body";
      /** Sent as it is. */
      readonly body: string;
      /** Default: 200. */
      readonly status?: number;
      /** Default: `application/json`. */
      readonly contentType?: string;
    }
  /** Closes the connection without an answer; nothing was done. */
  | {
      readonly kind: "reset";
      /** When so many bytes of an object request's body have come. Default: all. */
      readonly afterBytes?: number;
    }
  /** Does what was asked, then closes the connection without an answer. */
  | { readonly kind: "lostAnswer" }
  /** Never answers. */
  | {
      readonly kind: "hang";
      /** Takes only so many bytes of an object request's body. Default: all. */
      readonly afterBytes?: number;
    }
);

/** How long EOS takes to notice a change everywhere, in milliseconds of the emulator's clock. Default: 0 each. */
export interface EmulatorLag {
  /** After PutBucket: every second answer of each action is `NoSuchBucket`, the first one too. */
  readonly createMs?: number;
  /** After PutBucketAcl and UpdateBucketInfo: every second answer has the old values, the first one too. */
  readonly changeMs?: number;
  /**
   * After DeleteBucket: GetBucketInfo answers without a `BucketInfo`, with the bucket, with `NoSuchBucket` and with the
   * bucket, over and over; other questions take turns between `NoSuchBucket` and the bucket. The name is not free yet.
   */
  readonly deleteMs?: number;
  /** After PutBucket: the object storage does not know the bucket. */
  readonly storageMs?: number;
}

/** The rules of EOS that differ by account, or that are not known for sure. They may change while the emulator runs. */
export interface EmulatorRules {
  /** How many buckets an account may have; for more, PutBucket is refused with `TooManyBuckets`. Default: 20. */
  readonly bucketQuota?: number;
  /**
   * The edge nodes that exist, and whether they were purchased: PutBucket with another one is `NoSuchEnsRegion`, with one
   * that was not purchased `OperationDenied`. Default: whatever looks like one (`cn-beijing-15`) is there, and purchased.
   */
  readonly ensRegions?: Readonly<Record<string, "purchased" | "notPurchased">>;
  /** What is changed from then on lags so. Default: nothing lags. */
  readonly lag?: EmulatorLag;
  /** Whether there is an UpdateBucketInfo, which is not documented; without it, `InvalidAction.NotFound`. Default: true. */
  readonly updateBucketInfo?: boolean;
}

/** How an emulator is to be. Every part has a default that works. */
export interface EmulatorOptions extends EmulatorRules {
  /** Default: 127.0.0.1. Another than a loopback address needs `allowRemote`. */
  readonly host?: string;
  /** Default: a free one. */
  readonly port?: number;
  /** Lets other machines in: the emulator's keys are no secret. Default: false. */
  readonly allowRemote?: boolean;
  /** Default: none. */
  readonly buckets?: readonly (string | EmulatorBucket)[];
  /** Default: one active account, {@link defaultAccount}. */
  readonly accounts?: readonly EmulatorAccount[];
  /** Roles that AssumeRole hands out sessions for. Default: none. */
  readonly roles?: readonly EmulatorRole[];
  /** Identity providers for AssumeRoleWithOIDC. Default: none. */
  readonly oidcProviders?: readonly EmulatorOidcProvider[];
  /**
   * Keeps objects, and the buckets that PutBucket made, in this folder. Default: in memory, large objects in a temporary
   * folder, until it stops.
   */
  readonly dataDir?: string;
  /** How long an answer of ENS, STS or the object storage takes, in milliseconds. Default: 0. */
  readonly latencyMs?: number;
  /**
   * How many calls of ENS a second are answered, of all actions together; more get `Throttling.User`. Calls of STS and
   * object requests are not counted. Default: any number.
   */
  readonly quotaPerSecond?: number;
  /** The HTTP status of `Throttling.User`: 400 in the vendor's documents, but 429 and 503 are seen too. Default: 400. */
  readonly quotaStatus?: 400 | 429 | 503;
  /** What time the emulator believes it is. Default: the machine's. */
  readonly clock?: () => Date;
  /** Gets one line for each request, without secrets. Default: nothing is logged. */
  readonly log?: (line: string) => void;
}

/** The account an emulator knows when none is given. */
export const defaultAccount: EmulatorAccount = {
  accessKeyId: "emulator-access-key-id",
  accessKeySecret: "emulator-access-key-secret",
};
