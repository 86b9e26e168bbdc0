import { defined } from "../defined";
import type { Action } from "../gateway/action";
import type { CallParameters } from "../gateway/call-parameters";
import { refuseMissing } from "../gateway/refuse-missing";
import type { BucketProperties } from "../options";
import { Refusal } from "../refusal";
import { accountIdOf, isOwnedBy } from "../world/accounts";
import type { Rules } from "../world/rules";
import { bucketAcls, commentOf, dispatchScopes, logicalBucketTypes } from "./bucket-properties";
import { bucketNameOf } from "./require-bucket";

/** PutBucket: a new bucket. Unlike in OSS, one's own that is there already is refused too. */
export const putBucket: Action = {
  name: "PutBucket",
  run({ parameters, account, world: { buckets, rules } }) {
    const name = bucketNameOf(parameters);
    const properties = readProperties(parameters);
    checkEnsRegion(properties, rules);
    if (buckets.isTaken(name)) {
      throw new Refusal(
        "BucketAlreadyExists",
        400,
        "The bucket already exists or is occupied by other users.",
      );
    }
    const own = [...buckets.byName.values()].filter((bucket) => isOwnedBy(bucket, account));
    if (own.length >= rules.bucketQuota) {
      throw new Refusal("TooManyBuckets", 400, "The number of buckets created exceeds the limit.");
    }
    buckets.create({ name, accountId: accountIdOf(account), ...properties });
    return {};
  },
};

function readProperties(parameters: CallParameters): BucketProperties {
  return defined({
    bucketAcl: parameters.optionalWord("BucketAcl", bucketAcls),
    logicalBucketType: parameters.optionalWord("LogicalBucketType", logicalBucketTypes),
    ensRegionId: parameters.optionalText("EnsRegionId") || undefined,
    dispatchScope: parameters.optionalWord("DispatchScope", dispatchScopes),
    comment: commentOf(parameters),
  });
}

function checkEnsRegion({ logicalBucketType, ensRegionId }: BucketProperties, rules: Rules): void {
  if (ensRegionId === undefined) {
    if (logicalBucketType === "sink") refuseMissing("EnsRegionId");
    return;
  }
  switch (rules.ensRegion(ensRegionId)) {
    case "unknown":
      throw new Refusal("NoSuchEnsRegion", 404, "The ens region does not exist");
    case "notPurchased":
      throw new Refusal("OperationDenied", 403, "The current ens region has not been purchased");
  }
}
