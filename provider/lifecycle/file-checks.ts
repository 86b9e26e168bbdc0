import { isRecord } from "../ens/is-record";
import { pathTo } from "../ens/text/path-to";
import { quoted } from "../ens/text/quoted";
import { globMistake } from "../files/globs";
import { keyMistake } from "../files/key-mistake";
import { checkMembers, failure, failureSaying, wrongKind } from "./checks";
import type { CheckFailure, Properties } from "./lifecycle";
import { unknownValue } from "./unknown-value";

/** `key`: what an object is called. */
export function checkKey(value: unknown): CheckFailure[] {
  if (value === unknownValue) return [];
  const mistake = typeof value === "string" ? keyMistake(value) : "is a text";
  if (mistake === undefined) return [];
  return [
    failure("key", value, (came) => [
      `expected an object's key that ${mistake}, such as assets/logo.png, got ${came}.`,
    ]),
  ];
}

/** `include`, where there is one: at least one glob, since with no files a folder would be emptied. */
export function checkInclude(value: unknown): CheckFailure[] {
  if (Array.isArray(value) && value.length === 0) {
    return [
      failure("include", value, (came) => [
        `expected at least one glob, such as ${globExample}, got ${came}.`,
        "Leave it out for all files.",
      ]),
    ];
  }
  return checkGlobs("include", value);
}

/** `exclude`, where there is one: globs. */
export function checkExclude(value: unknown): CheckFailure[] {
  return checkGlobs("exclude", value);
}

const globExample = '"**/*.html"';

function checkGlobs(property: string, value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue) return [];
  if (!Array.isArray(value)) {
    return [wrongKind(property, value, `a list of globs, such as [${globExample}]`, "Put it in brackets.")];
  }
  return value.flatMap((glob, index) => checkGlob(`${property}[${index}]`, glob));
}

function checkGlob(property: string, glob: unknown): CheckFailure[] {
  if (glob === unknownValue) return [];
  if (typeof glob !== "string") {
    return [failure(property, glob, (came) => [`expected a glob, such as ${globExample}, got ${came}.`])];
  }
  const mistake = globMistake(glob);
  if (mistake === undefined) return [];
  // What is wrong tells something of the glob, so it goes where the glob goes.
  return [
    failureSaying(property, `${quoted(glob)}; it must be one ${mistake}`, (came) => [
      `expected a glob, such as ${globExample}, got ${came}.`,
    ]),
  ];
}

const texts = ["contentType", "cacheControl", "contentDisposition", "contentEncoding"];
const headerNames = [...texts, "metadata"];
const optionMembers = ["files", ...headerNames];
const optionExample = '{ files: "**/*.html", cacheControl: "no-cache" }';

/** `fileOptions`, where there are any: headers for files by glob. */
export function checkFileOptions(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue) return [];
  if (!Array.isArray(value)) {
    return [wrongKind("fileOptions", value, `a list of options, such as [${optionExample}]`)];
  }
  return value.flatMap((option, index) => {
    const property = `fileOptions[${index}]`;
    if (option === unknownValue) return [];
    if (!isRecord(option)) {
      return [wrongKind(property, option, `an option, such as ${optionExample}`)];
    }
    return [
      ...checkMembers(property, option, "an option", optionMembers),
      ...checkGlob(`${property}.files`, option.files),
      ...checkHeaders(option, `${property}.`),
    ];
  });
}

/**
 * What an object has besides its content, each where there is one.
 *
 * @param before - What stands before the names in the path of a property: `fileOptions[0].`
 */
export function checkHeaders(given: Properties, before = ""): CheckFailure[] {
  return [
    ...texts.flatMap((name) => checkText(`${before}${name}`, given[name], name === "contentType")),
    ...checkMetadata(`${before}metadata`, given.metadata),
  ];
}

function checkText(property: string, value: unknown, isType: boolean): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue) return [];
  const rule = isType ? "a content type, such as text/html; charset=utf-8" : "the text of a header";
  if (typeof value !== "string" || value === "") {
    return [
      failure(property, value, (came) => [
        `expected ${rule}, got ${came}.`,
        "Leave it out for no such header.",
      ]),
    ];
  }
  if (!isHeader(value)) return [failure(property, value, (came) => [`expected ${headerRule}, got ${came}.`])];
  if (!isType || /^[^\s/;]+\/[^\s/;]+\s*(;|$)/.test(value)) return [];
  return [failure(property, value, (came) => [`expected ${rule}, got ${came}.`])];
}

const headerRule =
  "a text of printable ASCII characters without a space at either end, since headers carry no others";

function isHeader(text: string): boolean {
  return /^[ -~]*$/.test(text) && text.trim() === text;
}

const metadataPrefix = "x-oss-meta-";
const mostMetadata = 8192;

function checkMetadata(property: string, value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue) return [];
  if (!isRecord(value)) {
    return [wrongKind(property, value, 'a map of names with their texts, such as { owner: "web" }')];
  }
  const entries = Object.entries(value).filter(([, text]) => text !== undefined && text !== null);
  const bytes = entries.map(([name, text]) => name.length + (typeof text === "string" ? text.length : 0));
  const all = bytes.reduce((sum, count) => sum + count, 0);
  return [
    ...entries.flatMap(([name, text]) => checkEntry(property, name, text, Object.keys(value))),
    ...(all <= mostMetadata
      ? []
      : [
          failureSaying(property, String(all), (came) => [
            `expected at most ${mostMetadata} characters of names and texts, got ${came}.`,
          ]),
        ]),
  ];
}

function checkEntry(property: string, name: string, text: unknown, names: readonly string[]): CheckFailure[] {
  const at = `${property}${pathTo(name)}`;
  // Headers do not tell capitals from small letters: of two names, one would be lost.
  const lower = name.toLowerCase();
  const first = names.find((other) => other.toLowerCase() === lower);
  return [
    ...(/^[a-z0-9-]+$/i.test(name)
      ? []
      : [failure(at, name, (came) => [`expected a name of letters, digits and hyphens, got ${came}.`])]),
    ...(lower.startsWith(metadataPrefix)
      ? [
          failure(at, name, (came) => [
            `expected a name without ${metadataPrefix}, which is put before it, got ${came}.`,
          ]),
        ]
      : []),
    ...(first === name
      ? []
      : [
          failureSaying(at, `${quoted(name)} besides ${quoted(first)}`, (came) => [
            `expected a name that differs from others by more than capitals, got ${came}.`,
          ]),
        ]),
    ...(text === unknownValue || (typeof text === "string" && isHeader(text))
      ? []
      : [failure(at, text, (came) => [`expected ${headerRule}, got ${came}.`])]),
  ];
}
