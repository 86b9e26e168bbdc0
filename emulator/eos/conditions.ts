import { Refusal } from "../refusal";
import type { ObjectRequest } from "./object-request";
import type { ObjectInfo } from "./object-store";

/**
 * Whether a conditional request is to be answered with 304.
 *
 * @see https://www.alibabacloud.com/help/en/oss/developer-reference/getobject
 */
export function notModified({ headers }: ObjectRequest, { etag, lastModified }: ObjectInfo): boolean {
  // HTTP dates have no milliseconds.
  const modified = Math.floor(Date.parse(lastModified) / 1000) * 1000;
  const { "if-match": match, "if-none-match": noneMatch } = headers;
  if (match !== undefined && !names(match, etag)) throw preconditionFailed();
  // A date that cannot be read is no condition, and no comparison with it holds.
  if (modified > Date.parse(headers["if-unmodified-since"] ?? "")) throw preconditionFailed();
  if (noneMatch !== undefined) return names(noneMatch, etag);
  return modified <= Date.parse(headers["if-modified-since"] ?? "");
}

function names(list: string, etag: string): boolean {
  const bare = etag.replaceAll('"', "");
  return list.split(",").some((one) => one.trim() === "*" || one.trim().replaceAll('"', "") === bare);
}

function preconditionFailed(): Refusal {
  return new Refusal(
    "PreconditionFailed",
    412,
    "At least one of the pre-conditions you specified did not hold.",
  );
}
