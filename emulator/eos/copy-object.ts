import type { Reply } from "../answer";
import { Refusal } from "../refusal";
import type { ObjectStore } from "./object-store";
import type { KeyedRequest } from "./single-objects";
import { mustFind, refuseOverwrite, store } from "./single-objects";
import type { Spool } from "./spool";
import { storageTime } from "./storage-time";
import { xml } from "./xml";

/** CopyObject: PutObject with the source in a header instead of a body. */
export function copyObject(
  objects: ObjectStore,
  request: KeyedRequest,
  source: string,
  admit: (read: KeyedRequest) => void,
  { now, spool }: { readonly now: Date; readonly spool: Spool },
): Reply {
  const [bucket = "", ...segments] = decode(source).replace(/^\//, "").split("/");
  const key = segments.join("/");
  if (bucket === "" || key === "") throw invalidSource();
  admit({ ...request, bucket, key, method: "GET" });
  const info = mustFind(objects, bucket, key);
  refuseOverwrite(objects, request);
  const replace = request.headers["x-oss-metadata-directive"]?.toUpperCase() === "REPLACE";
  const headers = replace ? request.headers : info.headers;
  const copy = store(objects, { ...request, headers }, objects.body(bucket, key).copy(spool), now);
  return xml(200, "CopyObjectResult", { ETag: copy.etag, LastModified: storageTime(copy.lastModified) });
}

function decode(source: string): string {
  try {
    return decodeURIComponent(source);
  } catch {
    throw invalidSource();
  }
}

function invalidSource(): Refusal {
  return new Refusal(
    "InvalidArgument",
    400,
    "Copy Source must mention the source bucket and key: /sourcebucket/sourcekey",
  );
}
