/** An id of an import: that of the resource, and what no service knows of it. */
export interface ImportId {
  readonly id: string;
  readonly given: ReadonlyMap<string, string>;
}

/**
 * Reads the id of an import, which is written as a URL is: `media-assets/site/?path=dist`. An object's key can hold a
 * question mark too, so the last one counts.
 */
export function readImportId(text: string): ImportId {
  const at = text.lastIndexOf("?");
  if (at < 0) return { id: text, given: new Map() };
  return { id: text.slice(0, at), given: new Map(new URLSearchParams(text.slice(at + 1))) };
}

/** The bucket of an id, and what comes after it. */
export function bucketAndRest(id: string): { readonly bucketName: string; readonly rest: string } {
  const at = id.indexOf("/");
  return at < 0 ? { bucketName: id, rest: "" } : { bucketName: id.slice(0, at), rest: id.slice(at + 1) };
}
