import { XMLParser, XMLValidator } from "fast-xml-parser";
import { isRecord } from "../ens/is-record";

/** What XML holds: the name of its one element, and what is in that. Every value is a text. */
export interface Element {
  readonly name: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Elements of which there can be many. */
const lists = ["Contents", "Upload", "Error"];

/** Elements that hold a key, and so come as in a URL where the answer says so. */
const ofKeys = ["Key", "NextMarker", "NextKeyMarker"];

const parser = new XMLParser({
  ignoreDeclaration: true,
  parseTagValue: false,
  // A key may begin or end with a space.
  trimValues: false,
  // For characters that are written as numbers.
  htmlEntities: true,
  isArray: (name, path) => lists.includes(name) && path !== name,
});

/** Reads XML; `undefined` where it is none, or its keys cannot be read. */
export function readXml(text: string): Element | undefined {
  try {
    if (XMLValidator.validate(text) !== true) return undefined;
    const [[name, content] = []] = Object.entries(parser.parse(text) as object);
    if (name === undefined) return undefined;
    // An element with nothing in it is read as an empty text.
    const inside = isRecord(content) ? content : {};
    return { name, content: inside.EncodingType === "url" ? withPlainKeys(inside) : inside };
  } catch {
    // What the parser stumbles over is no better than what the validator refuses.
    return undefined;
  }
}

function withPlainKeys(content: Element["content"]): Element["content"] {
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, plain(name, value)]));
}

function plain(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => (isRecord(one) ? withPlainKeys(one) : one));
  return ofKeys.includes(name) && typeof value === "string" ? decodeURIComponent(value) : value;
}
