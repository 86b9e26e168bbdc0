import { anyLifecycle } from "../lifecycle/any-lifecycle";
import type { RegisteredFunction } from "../lifecycle/look-up-function";
import type { RegisteredResource } from "../lifecycle/registered-resource";
import type * as bucketFunction from "./bucket/get-bucket";
import type * as bucket from "./bucket/lifecycle";
import type * as listFunction from "./bucket/list-all-buckets";
import type * as folder from "./bucket-folder/lifecycle";
import type * as bucketObject from "./bucket-object/lifecycle";
import type { Functions } from "./functions";
import type * as uploadFunction from "./prepared-upload/get-prepared-upload";
import type * as single from "./prepared-upload/lifecycle";
import type * as many from "./prepared-uploads/lifecycle";

/** All resources of this package, by the names of their classes. Everything that needs the list reads this one. */
export const resources = {
  Bucket: {
    className: "Bucket",
    subpath: "bucket",
    lifecycle: () => anyLifecycle((require("./bucket/lifecycle") as typeof bucket).bucket),
  },
  BucketFolder: {
    className: "BucketFolder",
    subpath: "bucket-folder",
    lifecycle: () => anyLifecycle((require("./bucket-folder/lifecycle") as typeof folder).bucketFolder),
  },
  BucketObject: {
    className: "BucketObject",
    subpath: "bucket-object",
    lifecycle: () => anyLifecycle((require("./bucket-object/lifecycle") as typeof bucketObject).bucketObject),
  },
  PreparedUpload: {
    className: "PreparedUpload",
    subpath: "prepared-upload",
    lifecycle: () => anyLifecycle((require("./prepared-upload/lifecycle") as typeof single).preparedUpload),
  },
  PreparedUploads: {
    className: "PreparedUploads",
    subpath: "prepared-uploads",
    lifecycle: () => anyLifecycle((require("./prepared-uploads/lifecycle") as typeof many).preparedUploads),
  },
} satisfies Readonly<Record<string, RegisteredResource>>;

/** What programs can ask without a resource, by name: see `functions.ts`. */
export const functions = {
  getBucket: {
    load: () => (require("./bucket/get-bucket") as typeof bucketFunction).getBucket,
  },
  getPreparedUpload: {
    load: () => (require("./prepared-upload/get-prepared-upload") as typeof uploadFunction).getPreparedUpload,
  },
  listBuckets: {
    load: () => (require("./bucket/list-all-buckets") as typeof listFunction).listAllBuckets,
  },
} satisfies Readonly<Record<keyof Functions, RegisteredFunction>>;
