import { XMLParser, XMLValidator } from "fast-xml-parser";
import { Refusal } from "../refusal";
import type { Bytes } from "./bytes";

/** What no XML can hold, not even written as a number. */
const impossible = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** Parses the XML of a request; elements named in `lists` become arrays, values stay the text that they are. */
export function parseXml(body: Bytes, ...lists: readonly string[]): unknown {
  const text = body.read().toString("utf8");
  try {
    // The parser alone takes many a text that is no XML, and both take control characters.
    if (!impossible.test(text) && XMLValidator.validate(text) === true) return parserFor(lists).parse(text);
  } catch {
    // What the parser stumbles over is no better than what the validator refuses.
  }
  throw malformedXml();
}

export function malformedXml(): Refusal {
  return new Refusal("MalformedXML", 400, "The XML you provided was not well-formed or did not validate.");
}

function parserFor(lists: readonly string[]): XMLParser {
  return new XMLParser({
    parseTagValue: false,
    // A key may begin or end with a space.
    trimValues: false,
    // ali-oss writes an apostrophe as `&#39;`, which the parser leaves alone otherwise.
    htmlEntities: true,
    isArray: (name) => lists.includes(name),
  });
}
