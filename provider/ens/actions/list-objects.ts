import type { Action } from "../action";
import { ensService, requestIdRule } from "../action";
import { anyText } from "../fields";
import type { NamedBucket } from "./named-bucket";
import { bucketParameter, onBucket } from "./named-bucket";

/** A page of a bucket's objects. */
export interface ListObjectsRequest extends NamedBucket {
  /** The name after which the page begins. Left out for the first. */
  readonly marker?: string;
}

/** Objects a page; the API takes no more. */
const objectsPerPage = 1000;

/** The names of a page of objects. */
export interface ObjectPage {
  readonly keys: readonly string[];
  /** Where the next page begins, if there is one. */
  readonly nextMarker?: string;
}

/**
 * Lists a bucket's objects by name.
 *
 * @see https://www.alibabacloud.com/help/en/ens/developer-reference/api-ens-2017-11-10-listobjects
 */
export const listObjects: Action<ListObjectsRequest, ObjectPage> = {
  name: "ListObjects",
  service: ensService,
  readOnly: true,
  repeatable: true,
  ramAction: "ens:ListObjects",
  ...onBucket,
  inputs: ({ bucketName }) => ({ bucketName }),
  parameters: (request) => ({
    ...bucketParameter(request),
    MaxKeys: String(objectsPerPage),
    ...(request.marker !== undefined ? { Marker: request.marker } : {}),
  }),
  readAnswer: (fields) => {
    fields.text("RequestId", requestIdRule);
    const keys = fields.objects("Contents").map((object) => object.text("Key", anyText));
    const nextMarker = fields.optionalText("NextMarker", anyText);
    const isTruncated = fields.optionalFlag("IsTruncated") === true;
    return { keys, ...(isTruncated && nextMarker ? { nextMarker } : {}) };
  },
};
