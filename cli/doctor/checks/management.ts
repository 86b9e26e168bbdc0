import { randomBytes } from "node:crypto";
import { type Action, ensService } from "../../../provider/ens/action";
import { deleteBucket } from "../../../provider/ens/actions/delete-bucket";
import { deleteBucketLifecycle } from "../../../provider/ens/actions/delete-bucket-lifecycle";
import { getBucketInfo } from "../../../provider/ens/actions/get-bucket-info";
import { getBucketLifecycle } from "../../../provider/ens/actions/get-bucket-lifecycle";
import { listBuckets } from "../../../provider/ens/actions/list-buckets";
import { putBucket } from "../../../provider/ens/actions/put-bucket";
import { putBucketAcl } from "../../../provider/ens/actions/put-bucket-acl";
import { putBucketLifecycle } from "../../../provider/ens/actions/put-bucket-lifecycle";
import { updateBucketInfo } from "../../../provider/ens/actions/update-bucket-info";
import type { Caller } from "../../../provider/ens/client";
import { ApiError, EnsError, hasReason } from "../../../provider/ens/errors";
import type { KeySource } from "../../../provider/ens/keys";
import { ofCredentials, ofPolicy } from "../details";
import { type Finding, ok, warning } from "../finding";

/** A call that tells whether its action is allowed. */
interface Trial {
  readonly name: string;
  readonly ramAction: string | undefined;
  run(ens: Caller): Promise<unknown>;
}

/**
 * Whether the credentials may do what the resource `Bucket` does. Questions are about the bucket itself. Writes are about
 * one that nobody has, so that nothing is changed: ENS says that there is no such bucket only to those who may write.
 */
export async function checkManagement(
  bucketName: string,
  { ens, keys }: { readonly ens: Caller; readonly keys: KeySource },
): Promise<Finding> {
  const questions = [
    trial(getBucketInfo, { bucketName }),
    trial(listBuckets, { prefix: bucketName, pageNumber: 1 }),
    trial(getBucketLifecycle, { bucketName }),
  ];
  const nobodys = { bucketName: nobodysBucketName() };
  const writes = [
    trial(putBucketAcl, { ...nobodys, bucketAcl: "private" }),
    trial(updateBucketInfo, { ...nobodys, comment: "" }),
    trial(putBucketLifecycle, { ...nobodys, prefix: "doctor/", expirationDays: 1, status: "Disabled" }),
    trial(deleteBucketLifecycle, { ...nobodys, ruleId: "doctor" }),
    // In the end: in OSS, PutBucketAcl makes the bucket where there is none.
    trial(deleteBucket, nobodys),
  ];
  const outcomes = await Promise.all(questions.map((one) => outcomeOf(one, ens)));
  for (const write of writes) outcomes.push(await outcomeOf(write, ens));
  return findingOf(bucketName, keys, outcomes);
}

/** The name of a bucket that nobody has. */
export function nobodysBucketName(): string {
  return `doctor-${randomBytes(12).toString("hex")}`;
}

function trial<Request, Answer>(action: Action<Request, Answer>, request: Request): Trial {
  const { name, ramAction } = action;
  return { name, ramAction, run: (ens) => ens.call(action, request) };
}

interface Outcome extends Pick<Trial, "name" | "ramAction"> {
  readonly status: "allowed" | "refused" | "unclear";
  /** The code or the kind of the error that says neither. */
  readonly why?: string;
}

async function outcomeOf({ name, ramAction, run }: Trial, ens: Caller): Promise<Outcome> {
  try {
    await run(ens);
    return { name, ramAction, status: "allowed" };
  } catch (error) {
    if (!EnsError.isInstance(error)) throw error;
    if (hasReason(error, "permission")) return { name, ramAction, status: "refused" };
    if (hasReason(error, "noSuchBucket") || hasReason(error, "noSuchRule")) {
      return { name, ramAction, status: "allowed" };
    }
    const why = ApiError.isInstance(error) ? error.code : error.kind;
    return { name, ramAction, status: "unclear", why };
  }
}

function findingOf(bucketName: string, keys: KeySource, outcomes: readonly Outcome[]): Finding {
  const unclear = outcomes.filter(({ status }) => status === "unclear");
  const untried = [
    `${putBucket.name}, which would make a bucket`,
    ...unclear.map(({ name, why }) => `${name}, which fails with ${why}`),
  ];
  const notTried = `not tried: ${untried.join("; ")}`;
  const refused = outcomes.filter(({ status }) => status === "refused");
  if (refused.length === 0) {
    return ok("management", `these credentials may do what the resource Bucket does; ${notTried}`);
  }
  const statement = { Effect: "Allow", Action: refused.map(({ ramAction }) => ramAction), Resource: "*" };
  const policy = JSON.stringify({ Version: "1", Statement: [statement] });
  return warning(
    "management",
    `not allowed: ${refused.map(({ name }) => name).join(", ")}; ${notTried}`,
    `The resource Bucket needs them, to make ${bucketName}, change it, look it up or delete it; a program that only ` +
      "resolves uploads does not. Attach the policy below to the RAM user or role of the credentials, or the system " +
      `policy ${ensService.systemPolicy}.\nDocs: pulumi-alicloud-ens/docs/permissions.md`,
    { details: [ofCredentials(keys), ofPolicy(policy)] },
  );
}
