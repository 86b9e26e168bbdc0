import { createHash, randomUUID } from "node:crypto";
import type { Reply } from "../answer";
import { Refusal } from "../refusal";
import { Bytes } from "./bytes";
import { encodingType, nameEncoder } from "./encode-names";
import { notImplemented } from "./not-implemented";
import type { ObjectRequest } from "./object-request";
import type { ObjectStore } from "./object-store";
import { pageSize } from "./page-size";
import { malformedXml, parseXml } from "./parse-xml";
import type { KeyedRequest } from "./single-objects";
import { checkDigest, etagOf, refuseOverwrite, store } from "./single-objects";
import { storageTime } from "./storage-time";
import { xml } from "./xml";

interface Part {
  readonly body: Bytes;
  readonly etag: string;
  readonly lastModified: string;
}

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: ObjectRequest["headers"];
  readonly initiated: string;
  readonly parts: Map<number, Part>;
}

/** Uploads in parts that are under way; they end with the emulator. */
export class MultipartUploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  /** Whether any upload to a bucket is under way. */
  isAny(bucket: string): boolean {
    return [...this.#uploads.values()].some((upload) => upload.bucket === bucket);
  }

  initiate(request: KeyedRequest, now: Date): Reply {
    const { bucket, key, headers, query } = request;
    refuseOverwrite(this.#objects, request);
    const id = randomUUID().replaceAll("-", "").toUpperCase();
    this.#uploads.set(id, { bucket, key, headers, initiated: now.toISOString(), parts: new Map() });
    return xml(200, "InitiateMultipartUploadResult", {
      ...encodingType(query),
      Bucket: bucket,
      Key: nameEncoder(query)(key),
      UploadId: id,
    });
  }

  putPart(request: KeyedRequest, now: Date): Reply {
    const upload = this.#find(request);
    const number = Number(request.query.get("partNumber"));
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new Refusal(
        "InvalidArgument",
        400,
        "Part number must be an integer between 1 and 10000, inclusive.",
      );
    }
    checkDigest(request);
    const etag = etagOf(request.body);
    upload.parts.get(number)?.body.letGo();
    upload.parts.set(number, { body: request.body.take(), etag, lastModified: now.toISOString() });
    return { status: 200, headers: { etag } };
  }

  complete(request: KeyedRequest, now: Date): Reply {
    const upload = this.#find(request);
    const listed = parseParts(request.body);
    let previous = 0;
    const parts = listed.map(({ number, etag }) => {
      if (number <= previous) {
        throw new Refusal("InvalidPartOrder", 400, "The list of parts was not in ascending order.");
      }
      previous = number;
      const part = upload.parts.get(number);
      if (part === undefined || unquoted(part.etag) !== unquoted(etag)) {
        throw new Refusal("InvalidPart", 400, "One or more of the specified parts could not be found.");
      }
      return part;
    });
    refuseOverwrite(this.#objects, { ...request, headers: { ...upload.headers, ...request.headers } });
    const digest = createHash("md5")
      .update(parts.map(({ etag }) => unquoted(etag)).join(""))
      .digest("hex");
    const etag = `"${digest.toUpperCase()}-${parts.length}"`;
    const body = Bytes.join(parts.map((part) => part.body));
    store(this.#objects, { ...request, headers: upload.headers }, body, now, etag);
    this.#forget(request, upload);
    return xml(200, "CompleteMultipartUploadResult", {
      ...encodingType(request.query),
      Location: `http://${request.headers.host ?? ""}/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: nameEncoder(request.query)(request.key),
      ETag: etag,
    });
  }

  abort(request: KeyedRequest): Reply {
    this.#forget(request, this.#find(request));
    return { status: 204 };
  }

  #forget({ query }: KeyedRequest, { parts }: Upload): void {
    for (const { body } of parts.values()) body.letGo();
    this.#uploads.delete(query.get("uploadId") ?? "");
  }

  listParts(request: KeyedRequest): Reply {
    const { query } = request;
    const maxParts = pageSize(query, "max-parts", 1000);
    const marker = Number(query.get("part-number-marker") ?? 0);
    const after = [...this.#find(request).parts]
      .filter(([number]) => number > marker)
      .sort(([a], [b]) => a - b);
    const page = after.slice(0, maxParts);
    return xml(200, "ListPartsResult", {
      ...encodingType(query),
      Bucket: request.bucket,
      Key: nameEncoder(query)(request.key),
      UploadId: query.get("uploadId"),
      PartNumberMarker: marker,
      NextPartNumberMarker: page.at(-1)?.[0] ?? marker,
      MaxParts: maxParts,
      IsTruncated: after.length > maxParts,
      Part: page.map(([PartNumber, { etag, body, lastModified }]) => ({
        PartNumber,
        LastModified: storageTime(lastModified),
        ETag: etag,
        Size: body.length,
      })),
    });
  }

  listUploads({ bucket, query }: KeyedRequest): Reply {
    if (query.get("delimiter")) throw notImplemented();
    const encode = nameEncoder(query);
    const maxUploads = pageSize(query, "max-uploads", 1000);
    const prefix = query.get("prefix") ?? "";
    const keyMarker = query.get("key-marker") ?? "";
    const idMarker = query.get("upload-id-marker") ?? "";
    const after = [...this.#uploads]
      .map(([id, upload]) => ({ ...upload, id }))
      .filter((upload) => upload.bucket === bucket && upload.key.startsWith(prefix))
      .filter(({ key, id }) => key > keyMarker || (key === keyMarker && idMarker !== "" && id > idMarker))
      .sort((a, b) => (a.key < b.key || (a.key === b.key && a.id < b.id) ? -1 : 1));
    const page = after.slice(0, maxUploads);
    const last = page.at(-1);
    return xml(200, "ListMultipartUploadsResult", {
      ...encodingType(query),
      Bucket: bucket,
      KeyMarker: encode(keyMarker),
      UploadIdMarker: idMarker,
      NextKeyMarker: encode(last?.key ?? ""),
      NextUploadIdMarker: last?.id ?? "",
      Prefix: encode(prefix),
      MaxUploads: maxUploads,
      IsTruncated: after.length > maxUploads,
      Upload: page.map(({ key, id, initiated }) => ({
        Key: encode(key),
        UploadId: id,
        Initiated: storageTime(initiated),
      })),
    });
  }

  #find({ bucket, key, query }: KeyedRequest): Upload {
    const upload = this.#uploads.get(query.get("uploadId") ?? "");
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
      throw new Refusal("NoSuchUpload", 404, "The specified upload does not exist.");
    }
    return upload;
  }
}

function parseParts(body: Bytes): readonly { readonly number: number; readonly etag: string }[] {
  const parsed = parseXml(body, "Part") as {
    readonly CompleteMultipartUpload?: {
      readonly Part?: readonly { readonly PartNumber?: string; readonly ETag?: string }[];
    };
  };
  const parts = parsed.CompleteMultipartUpload?.Part ?? [];
  if (parts.length === 0) throw malformedXml();
  return parts.map(({ PartNumber, ETag }) => ({ number: Number(PartNumber), etag: ETag ?? "" }));
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', "").trim().toUpperCase();
}
