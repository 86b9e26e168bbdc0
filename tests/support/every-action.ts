import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Action } from "../../provider/ens/action";
import { assumeRole } from "../../provider/ens/actions/assume-role";
import { assumeRoleWithOidc } from "../../provider/ens/actions/assume-role-with-oidc";
import { deleteBucket } from "../../provider/ens/actions/delete-bucket";
import { deleteBucketLifecycle } from "../../provider/ens/actions/delete-bucket-lifecycle";
import { deleteObject } from "../../provider/ens/actions/delete-object";
import { getBucketInfo } from "../../provider/ens/actions/get-bucket-info";
import { getBucketLifecycle } from "../../provider/ens/actions/get-bucket-lifecycle";
import { listBuckets } from "../../provider/ens/actions/list-buckets";
import { listObjects } from "../../provider/ens/actions/list-objects";
import { prepareUpload } from "../../provider/ens/actions/prepare-upload";
import { putBucket } from "../../provider/ens/actions/put-bucket";
import { putBucketAcl } from "../../provider/ens/actions/put-bucket-acl";
import { putBucketLifecycle } from "../../provider/ens/actions/put-bucket-lifecycle";
import { updateBucketInfo } from "../../provider/ens/actions/update-bucket-info";
import { checkout } from "./paths";

/** An action with a request of it, ready to be called. */
export interface ActionInUse {
  readonly action: Action<unknown, unknown>;
  readonly request: unknown;
}

function use<Request>(action: Action<Request, unknown>, request: Request): ActionInUse {
  return { action: action as Action<unknown, unknown>, request };
}

const bucketName = "media-assets";
const role = { roleArn: "acs:ram::1234567890123456:role/uploader", sessionName: "s", sessionExpiration: 900 };

/** Every action that the provider calls, each with a request. */
export const actionsInUse = {
  PrepareUpload: use(prepareUpload, { bucketName, clientIp: "203.0.113.7" }),
  PutBucket: use(putBucket, {
    bucketName,
    bucketAcl: "private",
    logicalBucketType: "sink",
    ensRegionId: "cn-beijing-15",
    comment: "of the shop",
  }),
  GetBucketInfo: use(getBucketInfo, { bucketName }),
  ListBuckets: use(listBuckets, { prefix: bucketName, pageNumber: 1 }),
  DeleteBucket: use(deleteBucket, { bucketName }),
  PutBucketAcl: use(putBucketAcl, { bucketName, bucketAcl: "public-read" }),
  UpdateBucketInfo: use(updateBucketInfo, { bucketName, comment: "of the shop" }),
  PutBucketLifecycle: use(putBucketLifecycle, {
    bucketName,
    prefix: "tmp/",
    expirationDays: 7,
    status: "Enabled",
  }),
  GetBucketLifecycle: use(getBucketLifecycle, { bucketName }),
  DeleteBucketLifecycle: use(deleteBucketLifecycle, { bucketName, ruleId: "rule-1" }),
  ListObjects: use(listObjects, { bucketName }),
  DeleteObject: use(deleteObject, { bucketName, key: "a.txt" }),
  AssumeRole: use(assumeRole, role),
  AssumeRoleWithOIDC: use(assumeRoleWithOidc, {
    ...role,
    oidcProviderArn: "acs:ram::1234567890123456:oidc-provider/ci",
    oidcToken: "token",
  }),
} satisfies Readonly<Record<string, ActionInUse>>;

/** The names of all actions that have a file. */
export function namesOfActions(): readonly string[] {
  const folder = join(checkout, "provider/ens/actions");
  return readdirSync(folder)
    .flatMap((file): unknown[] => Object.values(require(join(folder, file))))
    .flatMap((one) => (typeof one === "object" && one !== null && "ramAction" in one ? [one] : []))
    .map((action) => String(Reflect.get(action, "name")));
}
