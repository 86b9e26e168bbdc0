import { globOf } from "./globs";

/** What an object has besides its content. */
export interface ObjectHeaders {
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Headers for the files whose names a glob matches. */
export interface FileOption extends ObjectHeaders {
  /** A glob for names relative to the folder. */
  readonly files: string;
}

/**
 * The headers of a file. The last option that matches wins, for each header by itself: `metadata` is one of them, as a
 * whole.
 */
export function matchOptions(fileOptions: readonly FileOption[], name: string): ObjectHeaders {
  let headers: ObjectHeaders = {};
  for (const { files, ...own } of fileOptions) {
    if (globOf(files).matches(name)) headers = { ...headers, ...given(own) };
  }
  return headers;
}

/** A header that is undefined is as good as left out. */
function given(headers: ObjectHeaders): ObjectHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([, value]) => value !== undefined && value !== null),
  );
}
