import { defined } from "../defined";
import { MultipartUploads } from "../eos/multipart";
import { ObjectStore } from "../eos/object-store";
import { Spool } from "../eos/spool";
import type { EmulatorOidcProvider, EmulatorOptions, EmulatorRole } from "../options";
import { defaultAccount } from "../options";
import { Accounts } from "./accounts";
import type { BucketFile } from "./bucket-file";
import { Buckets } from "./buckets";
import { Faults } from "./faults";
import { Nonces } from "./nonces";
import { Quota } from "./quota";
import { Rules } from "./rules";
import type { SeenRequest } from "./seen-request";

/** What a world is made of, besides options. */
interface Parts {
  /** Where buckets are that have no endpoint of their own. */
  readonly objectEndpoint: string;
  /** Default: none yet. */
  readonly objects?: ObjectStore;
  /** Default: none is kept. */
  readonly bucketFile?: BucketFile;
}

/** All that an emulator knows; every service works on it. */
export class World {
  readonly now: () => Date;
  readonly rules: Rules;
  readonly buckets: Buckets;
  readonly objects: ObjectStore;
  readonly uploads: MultipartUploads;
  readonly spool = new Spool();
  readonly accounts: Accounts;
  readonly roles: readonly EmulatorRole[];
  readonly oidcProviders: readonly EmulatorOidcProvider[];
  readonly nonces: Nonces;
  readonly quota: Quota;
  readonly quotaStatus: number;
  readonly latencyMs: number;
  readonly faults = new Faults();
  readonly requests: SeenRequest[] = [];

  constructor(
    options: EmulatorOptions,
    { objectEndpoint, objects = new ObjectStore(undefined), bucketFile }: Parts,
  ) {
    this.now = options.clock ?? (() => new Date());
    const { bucketQuota, ensRegions, lag, updateBucketInfo } = options;
    this.rules = new Rules(defined({ bucketQuota, ensRegions, lag, updateBucketInfo }));
    this.buckets = new Buckets(objectEndpoint, this.now, this.rules, bucketFile);
    this.objects = objects;
    this.uploads = new MultipartUploads(objects);
    this.accounts = new Accounts(listOf("accounts", options.accounts) ?? [defaultAccount], this.now);
    this.roles = listOf("roles", options.roles) ?? [];
    this.oidcProviders = listOf("oidcProviders", options.oidcProviders) ?? [];
    this.nonces = new Nonces(this.now);
    this.quota = new Quota(options.quotaPerSecond ?? Number.POSITIVE_INFINITY, this.now);
    this.quotaStatus = options.quotaStatus ?? 400;
    this.latencyMs = options.latencyMs ?? 0;
    for (const bucket of listOf("buckets", options.buckets) ?? []) this.buckets.add(bucket);
  }
}

/** An option that is a list. What a test gives can be anything, such as a single name. */
function listOf<T>(name: string, given: readonly T[] | undefined): readonly T[] | undefined {
  if (given === undefined || given === null || Array.isArray(given)) return given;
  throw new Error(`${name} of an emulator is a list, as in ${name}: [${JSON.stringify(given) ?? "…"}].`);
}
