import { posix } from "node:path";
import { lookup } from "mime-types";

/** The content type of a file by its name's extension. */
export function contentTypeOf(name: string): string {
  // The library takes a name without a dot for an extension.
  const extension = posix.extname(name);
  const type = (extension !== "" && lookup(extension)) || "application/octet-stream";
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}
