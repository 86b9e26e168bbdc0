import { readEtag } from "../etag";
import type { ObjectHeaders } from "../object-headers";
import { httpHeaders, shownHeaders } from "../object-headers";
import type { ContentRequest, ObjectRequest, StorageAction } from "../storage-action";
import { ofObject } from "../storage-action";

/** An object as it shall be. */
export interface PutObjectRequest extends ObjectRequest, ObjectHeaders, ContentRequest {}

/** What the storage made of it. */
export interface PutObjectAnswer {
  /** In lower case, without quotes. */
  readonly etag: string;
}

/**
 * Puts an object in one request, in the place of one that is there.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/putobject
 */
export const putObject: StorageAction<PutObjectRequest, PutObjectAnswer> = {
  name: "PutObject",
  ...ofObject,
  inputs: (request) => ({ ...ofObject.inputs(request), ...shownHeaders(request) }),
  readOnly: false,
  repeatable: true,
  method: "PUT",
  headers: (request) => httpHeaders(request),
  body: (request) => request,
  parameters: () => ({}),
  readAnswer: (fields) => ({ etag: readEtag(fields.object("Headers"), "etag") }),
};
