import type { Fields } from "../ens/fields";
import { anyText } from "../ens/fields";

/** What is kept with an object, and comes with it when it is read. */
export interface ObjectHeaders {
  /** Default: `application/octet-stream`. */
  readonly contentType?: string;
  readonly cacheControl?: string;
  readonly contentDisposition?: string;
  readonly contentEncoding?: string;
  /** By name, which the storage keeps in lower case. */
  readonly metadata?: Readonly<Record<string, string>>;
}

const prefix = "x-oss-meta-";

const names = {
  contentType: "Content-Type",
  cacheControl: "Cache-Control",
  contentDisposition: "Content-Disposition",
  contentEncoding: "Content-Encoding",
} as const;

type Named = keyof typeof names;

/** As HTTP has them. */
export function httpHeaders(headers: ObjectHeaders): Readonly<Record<string, string>> {
  // Without a type, `ali-oss` makes one up from the key.
  const all = { contentType: "application/octet-stream", ...withoutUndefined(headers) };
  return {
    ...Object.fromEntries(
      (Object.keys(names) as Named[]).flatMap((name) => {
        const value = all[name];
        return value === undefined ? [] : [[names[name], value]];
      }),
    ),
    ...Object.fromEntries(
      Object.entries(headers.metadata ?? {}).map(([name, value]) => [
        `${prefix}${name.toLowerCase()}`,
        value,
      ]),
    ),
  };
}

function withoutUndefined(headers: ObjectHeaders): ObjectHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

/** The headers of an answer, under the name `Headers`. */
export function readHeaders(fields: Fields): ObjectHeaders {
  const all = Object.entries(fields.texts("Headers", anyText));
  const byName = new Map(all);
  const metadata = all.filter(([name]) => name.startsWith(prefix));
  return {
    ...Object.fromEntries(
      Object.entries(names).flatMap(([name, header]) => {
        const value = byName.get(header.toLowerCase());
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    metadata: Object.fromEntries(metadata.map(([name, value]) => [name.slice(prefix.length), value])),
  };
}

/** What a request holds that is the program's own, by the names that a program gives it. */
export function shownHeaders({ metadata = {}, ...headers }: ObjectHeaders): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      (Object.keys(names) as Named[]).flatMap((name) => {
        const value = headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`metadata.${name}`, value])),
  };
}
