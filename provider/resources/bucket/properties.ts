import type { BucketAcl, DispatchScope, LogicalBucketType, RuleStatus } from "../../ens/bucket-words";
import { bucketAcls, dispatchScopes, logicalBucketTypes, ruleStatuses } from "../../ens/bucket-words";
import type { Fields } from "../../ens/fields";
import { anyText } from "../../ens/fields";
import { defined } from "../../lifecycle/defined";

/** A lifecycle rule as a bucket has it. */
export interface BucketLifecycleRule {
  /** The beginning of the objects' names; empty for all objects. */
  readonly prefix: string;
  /** How many days after its last change an object is deleted. Left out for a rule that others made with a date. */
  readonly expirationDays?: number;
  /** The date of a rule that others made with one: objects that were last changed before it are deleted. */
  readonly createdBeforeDate?: string;
  /** `Enabled` or `Disabled`. */
  readonly status: RuleStatus;
}

/** What the program gave, with every output resolved. Check fills in what it left out. */
export interface BucketInputs {
  readonly bucketName: string;
  readonly bucketAcl?: BucketAcl;
  readonly logicalBucketType?: LogicalBucketType;
  readonly ensRegionId?: string;
  readonly dispatchScope?: DispatchScope;
  readonly comment?: string;
  /** Left out: not managed. */
  readonly lifecycleRules?: readonly BucketLifecycleRule[];
  readonly forceDestroy?: boolean;
  readonly adopt?: boolean;
}

/** What state holds: the inputs, with what ENS says of them. */
export interface BucketState extends BucketInputs {
  readonly bucketAcl: BucketAcl;
  readonly logicalBucketType: LogicalBucketType;
  readonly forceDestroy: boolean;
  readonly adopt: boolean;
}

/** What counts where the program gives nothing. */
export const defaults = {
  bucketAcl: "private",
  logicalBucketType: "standard",
  forceDestroy: false,
  adopt: false,
} as const;

export function readInputs(fields: Fields): BucketInputs {
  const rules = fields.optionalList("lifecycleRules") && fields.objects("lifecycleRules").map(readRule);
  return defined({
    bucketName: fields.text("bucketName", anyText),
    bucketAcl: fields.optionalText("bucketAcl", oneOf(bucketAcls)) as BucketAcl | undefined,
    logicalBucketType: fields.optionalText("logicalBucketType", oneOf(logicalBucketTypes)) as
      | LogicalBucketType
      | undefined,
    ensRegionId: fields.optionalText("ensRegionId", anyText),
    dispatchScope: fields.optionalText("dispatchScope", oneOf(dispatchScopes)) as DispatchScope | undefined,
    comment: fields.optionalText("comment", anyText),
    lifecycleRules: rules,
    forceDestroy: fields.optionalFlag("forceDestroy"),
    adopt: fields.optionalFlag("adopt"),
  });
}

export function readState(fields: Fields): BucketState {
  return { ...defaults, ...readInputs(fields) };
}

function readRule(fields: Fields): BucketLifecycleRule {
  return defined({
    prefix: fields.optionalText("prefix", anyText) ?? "",
    expirationDays: fields.optionalCount("expirationDays"),
    createdBeforeDate: fields.optionalText("createdBeforeDate", anyText),
    status: (fields.optionalText("status", oneOf(ruleStatuses)) ?? "Enabled") as RuleStatus,
  });
}

function oneOf(words: readonly string[]) {
  return { expected: words.join(" or "), test: (text: string) => words.includes(text) };
}
