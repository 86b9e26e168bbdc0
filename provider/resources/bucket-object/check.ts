import { isRecord } from "../../ens/is-record";
import { checkBucketName, failure, failureSaying } from "../../lifecycle/checks";
import { claim } from "../../lifecycle/claim";
import { defined } from "../../lifecycle/defined";
import { checkHeaders, checkKey } from "../../lifecycle/file-checks";
import type { CheckCall, Checked, CheckFailure, Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";
import { isArchive, isAsset } from "./asset";

/** Bytes of a content that is in the program: it is kept in state. */
const longestText = 1024 * 1024;

export function check(given: Properties, call: ClaimCall): Checked {
  const { bucketName, key, metadata } = given;
  const optional = (name: string) => given[name] ?? undefined;
  const source = optional("source");
  const content = optional("content");
  const failures = [
    ...checkBucketName(bucketName),
    ...checkKey(key),
    ...checkContent(source, content),
    ...checkHeaders(given),
  ];
  return {
    inputs: defined({
      bucketName,
      key,
      source,
      content,
      contentType: optional("contentType"),
      cacheControl: optional("cacheControl"),
      contentDisposition: optional("contentDisposition"),
      contentEncoding: optional("contentEncoding"),
      metadata: isRecord(metadata) ? withoutNulls(metadata) : optional("metadata"),
    }),
    failures: failures.length > 0 ? failures : checkClaim(given, call),
  };
}

type ClaimCall = Pick<CheckCall, "deployment" | "claimant">;

/** No two resources of a program may put the same object. */
function checkClaim({ bucketName, key }: Properties, { deployment, claimant }: ClaimCall): CheckFailure[] {
  if (bucketName === unknownValue || key === unknownValue) return [];
  const other = claim(deployment, `${bucketName}/${key}`, claimant);
  if (other === undefined) return [];
  return [failure("key", key, (came) => [`${other} puts ${came} too. Give one of the two another key.`])];
}

/** Names keep their capitals: the engine tells by a name which value is a secret. */
function withoutNulls(metadata: Properties): Properties | undefined {
  const given = Object.entries(metadata).filter(([, value]) => (value ?? undefined) !== undefined);
  return given.length === 0 ? undefined : Object.fromEntries(given);
}

function checkContent(source: unknown, content: unknown): CheckFailure[] {
  if (source !== undefined && content !== undefined) {
    return [
      failure("content", content, () => ["expected nothing beside source: an object has one content."]),
    ];
  }
  if (source !== undefined) return checkSource(source);
  if (content !== undefined) return checkText("content", content);
  return [
    failure("content", content, () => [
      'expected a text, or an asset as source, got nothing. For an object of 0 bytes, give the empty text "".',
    ]),
  ];
}

function checkSource(source: unknown): CheckFailure[] {
  if (source === unknownValue) return [];
  if (isAsset(source)) return source.text === undefined ? [] : checkText("source", source.text);
  const got = isArchive(source) ? "an archive" : undefined;
  return [
    failure("source", source, (came) => [
      `expected an asset, such as a FileAsset of "logo.png", got ${got ?? came}.`,
      ...(typeof source === "string" ? ["A text that is the content is given as content."] : []),
    ]),
  ];
}

function checkText(property: string, text: unknown): CheckFailure[] {
  if (text === unknownValue) return [];
  if (typeof text !== "string") return [failure(property, text, (came) => [`expected a text, got ${came}.`])];
  const bytes = Buffer.byteLength(text);
  if (bytes <= longestText) return [];
  return [
    failureSaying(property, String(bytes), (came) => [
      `expected a text of at most ${longestText} bytes, since it is kept in state, got ${came}.`,
      "Write it to a file, and give that as source.",
    ]),
  ];
}
