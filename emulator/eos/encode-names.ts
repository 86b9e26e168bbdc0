/** How keys and prefixes are to be written in an answer: as they are, or as `encoding-type` asks for. */
export function nameEncoder(query: URLSearchParams): (text: string) => string {
  return query.get("encoding-type") === "url" ? encodeURIComponent : (text) => text;
}

/** The element that tells a client to decode them. */
export function encodingType(query: URLSearchParams): { readonly EncodingType?: string } {
  return query.get("encoding-type") === "url" ? { EncodingType: "url" } : {};
}
