import type { Service } from "../gateway/service";
import { deleteBucket } from "./delete-bucket";
import { deleteBucketLifecycle } from "./delete-bucket-lifecycle";
import { deleteObject } from "./delete-object";
import { getBucketAcl } from "./get-bucket-acl";
import { getBucketInfo } from "./get-bucket-info";
import { getBucketLifecycle } from "./get-bucket-lifecycle";
import { listBuckets } from "./list-buckets";
import { listObjects } from "./list-objects";
import { prepareUpload } from "./prepare-upload";
import { putBucket } from "./put-bucket";
import { putBucketAcl } from "./put-bucket-acl";
import { putBucketLifecycle } from "./put-bucket-lifecycle";
import { refusalOf } from "./refusal-of";
import { updateBucketInfo } from "./update-bucket-info";

/** ENS, as far as the emulator knows it. */
export const ens: Service = {
  name: "ens",
  version: "2017-11-10",
  actions: [
    putBucket,
    getBucketInfo,
    updateBucketInfo,
    deleteBucket,
    listBuckets,
    putBucketAcl,
    getBucketAcl,
    putBucketLifecycle,
    getBucketLifecycle,
    deleteBucketLifecycle,
    listObjects,
    deleteObject,
    prepareUpload,
  ],
  hasQuota: true,
  refusalOf,
};
