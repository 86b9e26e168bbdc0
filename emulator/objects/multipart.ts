import { createHash, randomUUID } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { ObjectError } from "./object-error";
import type { ObjectRequest } from "./object-request";
import type { ObjectStore } from "./object-store";
import { type Reply, xml } from "./reply";
import { checkDigest, type KeyedRequest, md5, store } from "./single-objects";

interface Part {
  readonly body: Buffer;
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

/** Uploads in parts that are under way; kept in memory until they are completed. */
export class MultipartUploads {
  readonly #uploads = new Map<string, Upload>();
  readonly #objects: ObjectStore;

  constructor(objects: ObjectStore) {
    this.#objects = objects;
  }

  initiate({ bucket, key, headers }: KeyedRequest, now: Date): Reply {
    const id = randomUUID().replaceAll("-", "").toUpperCase();
    this.#uploads.set(id, { bucket, key, headers, initiated: now.toISOString(), parts: new Map() });
    return xml(200, "InitiateMultipartUploadResult", { Bucket: bucket, Key: key, UploadId: id });
  }

  putPart(request: KeyedRequest, now: Date): Reply {
    const upload = this.#find(request);
    const number = Number(request.query.get("partNumber"));
    if (!Number.isInteger(number) || number < 1 || number > 10_000) {
      throw new ObjectError(
        "InvalidArgument",
        400,
        "Part number must be an integer between 1 and 10000, inclusive.",
      );
    }
    checkDigest(request);
    const etag = `"${md5(request.body, "hex").toUpperCase()}"`;
    upload.parts.set(number, { body: request.body, etag, lastModified: now.toISOString() });
    return { status: 200, headers: { etag } };
  }

  complete(request: KeyedRequest, now: Date): Reply {
    const upload = this.#find(request);
    const listed = parseParts(request.body);
    let previous = 0;
    const parts = listed.map(({ number, etag }) => {
      if (number <= previous) {
        throw new ObjectError("InvalidPartOrder", 400, "The list of parts was not in ascending order.");
      }
      previous = number;
      const part = upload.parts.get(number);
      if (part === undefined || unquoted(part.etag) !== unquoted(etag)) {
        throw new ObjectError("InvalidPart", 400, "One or more of the specified parts could not be found.");
      }
      return part;
    });
    const digest = createHash("md5")
      .update(parts.map(({ etag }) => unquoted(etag)).join(""))
      .digest("hex");
    const etag = `"${digest.toUpperCase()}-${parts.length}"`;
    const body = Buffer.concat(parts.map((part) => part.body));
    store(this.#objects, { ...request, headers: upload.headers }, body, now, etag);
    this.#uploads.delete(request.query.get("uploadId") ?? "");
    return xml(200, "CompleteMultipartUploadResult", {
      Location: `http://${request.headers.host ?? ""}/${request.bucket}/${request.key}`,
      Bucket: request.bucket,
      Key: request.key,
      ETag: etag,
    });
  }

  abort(request: KeyedRequest): Reply {
    this.#find(request);
    this.#uploads.delete(request.query.get("uploadId") ?? "");
    return { status: 204 };
  }

  listParts(request: KeyedRequest): Reply {
    const { parts } = this.#find(request);
    return xml(200, "ListPartsResult", {
      Bucket: request.bucket,
      Key: request.key,
      UploadId: request.query.get("uploadId"),
      MaxParts: 1000,
      IsTruncated: false,
      Part: [...parts]
        .sort(([a], [b]) => a - b)
        .map(([PartNumber, { etag, body, lastModified }]) => ({
          PartNumber,
          LastModified: lastModified,
          ETag: etag,
          Size: body.length,
        })),
    });
  }

  listUploads({ bucket }: KeyedRequest): Reply {
    const uploads = [...this.#uploads].filter(([, upload]) => upload.bucket === bucket);
    return xml(200, "ListMultipartUploadsResult", {
      Bucket: bucket,
      MaxUploads: 1000,
      IsTruncated: false,
      Upload: uploads.map(([UploadId, { key, initiated }]) => ({ Key: key, UploadId, Initiated: initiated })),
    });
  }

  #find({ bucket, key, query }: KeyedRequest): Upload {
    const upload = this.#uploads.get(query.get("uploadId") ?? "");
    if (upload === undefined || upload.bucket !== bucket || upload.key !== key) {
      throw new ObjectError("NoSuchUpload", 404, "The specified upload does not exist.");
    }
    return upload;
  }
}

const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === "Part" });

function parseParts(body: Buffer): readonly { readonly number: number; readonly etag: string }[] {
  const parsed = parser.parse(body.toString("utf8")) as {
    readonly CompleteMultipartUpload?: {
      readonly Part?: readonly { readonly PartNumber?: string; readonly ETag?: string }[];
    };
  };
  const parts = parsed.CompleteMultipartUpload?.Part ?? [];
  if (parts.length === 0) {
    throw new ObjectError(
      "MalformedXML",
      400,
      "The XML you provided was not well-formed or did not validate.",
    );
  }
  return parts.map(({ PartNumber, ETag }) => ({ number: Number(PartNumber), etag: ETag ?? "" }));
}

function unquoted(etag: string): string {
  return etag.replaceAll('"', "").replaceAll("&quot;", "").toUpperCase();
}
