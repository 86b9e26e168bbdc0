import { isRecord } from "../../ens/is-record";
import { pathTo } from "../../ens/text/path-to";
import { checkBucketName, failure } from "../../lifecycle/checks";
import type { Checked, CheckFailure, Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";
import { isArchive, isAsset } from "./asset";
import { withLowerCaseNames } from "./properties";

/** Bytes of an inline content; it is in state. */
const longestContent = 1024 * 1024;
const longestKey = 1023;
const mostMetadata = 8192;
const headers = ["contentType", "cacheControl", "contentDisposition", "contentEncoding"] as const;

export function check(given: Properties): Checked {
  const { metadata } = given;
  const inputs = {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => (value ?? undefined) !== undefined)),
    ...(isRecord(metadata) ? { metadata: withLowerCaseNames(metadata) } : {}),
  };
  return {
    inputs,
    failures: [
      ...checkBucketName(given.bucketName),
      ...checkKey(given.key),
      ...checkContent(given),
      ...headers.flatMap((name) => checkHeader(name, given[name])),
      ...checkMetadata(metadata),
    ],
  };
}

/** `key`: what EOS can store an object under. */
function checkKey(key: unknown): CheckFailure[] {
  if (key === unknownValue) return [];
  const rule = `expected the name of an object, of 1 to ${longestKey} bytes, not beginning with / or \\`;
  if (typeof key !== "string" || key === "" || /^[/\\]/.test(key)) {
    return [failure("key", key, (came) => [`${rule}, got ${came}.`])];
  }
  if (!key.isWellFormed()) return [failure("key", key, () => [`${rule}, got one with half of a character.`])];
  const bytes = Buffer.byteLength(key);
  return bytes <= longestKey ? [] : [failure("key", key, () => [`${rule}, got ${bytes} bytes.`])];
}

function checkContent({ source, content }: Properties): CheckFailure[] {
  const isGiven = (value: unknown) => (value ?? undefined) !== undefined;
  if (isGiven(source) && isGiven(content)) {
    return [failure("content", content, () => ["expected nothing beside source: an object has one content."])];
  }
  if (!isGiven(source) && !isGiven(content)) {
    return [
      failure("content", content, () => [
        "expected a text, or an asset as source, got nothing. For an object of 0 bytes, give an empty text.",
      ]),
    ];
  }
  return isGiven(source) ? checkSource(source) : checkText("content", content);
}

function checkSource(source: unknown): CheckFailure[] {
  if (source === unknownValue) return [];
  if (isArchive(source)) {
    return [
      failure("source", source, () => [
        "expected an asset, got an archive. For the files of a folder, use BucketFolder.",
      ]),
    ];
  }
  if (!isAsset(source)) {
    return [
      failure("source", source, (came) => [
        `expected an asset, such as new pulumi.asset.FileAsset("logo.png"), got ${came}.`,
      ]),
    ];
  }
  return source.text === undefined ? [] : checkText("source", source.text);
}

function checkText(property: string, text: unknown): CheckFailure[] {
  if (text === unknownValue) return [];
  if (typeof text !== "string") return [failure(property, text, (came) => [`expected a text, got ${came}.`])];
  const bytes = Buffer.byteLength(text);
  if (bytes <= longestContent) return [];
  return [
    failure(property, text, () => [
      `expected a text of at most ${longestContent} bytes, since it is kept in state, got ${bytes}.`,
      "Put it into a file, and give that as source.",
    ]),
  ];
}

/** HTTP carries no other characters as they are. */
const headerText = /^[\x20-\x7e]*$/;

function checkHeader(property: string, value: unknown): CheckFailure[] {
  if (value === undefined || value === null || value === unknownValue) return [];
  if (typeof value === "string" && value.trim() !== "" && headerText.test(value)) return [];
  return [
    failure(property, value, (came) => [
      `expected a header's value of printable ASCII characters, got ${came}.`,
      ...(property === "contentDisposition" ? ["Encode others as in filename*=UTF-8''%E2%82%AC.txt."] : []),
    ]),
  ];
}

function checkMetadata(metadata: unknown): CheckFailure[] {
  if (metadata === undefined || metadata === null || metadata === unknownValue) return [];
  if (!isRecord(metadata)) {
    return [
      failure("metadata", metadata, (came) => [`expected texts by name, such as { owner: "web" }, got ${came}.`]),
    ];
  }
  const entries = Object.entries(metadata);
  const size = entries.reduce((sum, [name, value]) => sum + name.length + String(value).length, 0);
  return [
    ...(size <= mostMetadata
      ? []
      : [failure("metadata", metadata, () => [`expected at most ${mostMetadata} characters in all, got ${size}.`])]),
    ...entries.flatMap(([name, value]) => {
      const property = `metadata${pathTo(name)}`;
      if (!/^[\w-]+$/.test(name)) {
        return [failure(property, name, (came) => [`expected a name of letters, digits and hyphens, got ${came}.`])];
      }
      return checkHeader(property, value);
    }),
  ];
}
