import { joinedNames } from "../../ens/text/joined-names";
import { quoted } from "../../ens/text/quoted";
import type { FileOption } from "../../files/match-options";
import type { FolderContent } from "../../files/read-folder";
import { readFolder } from "../../files/read-folder";
import { globsWithout } from "../../files/unused-globs";
import { checkBucketName, failure } from "../../lifecycle/checks";
import { claim } from "../../lifecycle/claim";
import { checkExclude, checkFileOptions, checkInclude } from "../../lifecycle/file-checks";
import type { CheckCall, Checked, CheckFailure, Properties } from "../../lifecycle/lifecycle";
import { holdsUnknown, unknownValue } from "../../lifecycle/unknown-value";
import { differencesOf, inWords, subjectOf } from "./differences";
import type { Entries } from "./entries";
import { entriesText } from "./entries";
import { entryOf } from "./entry";

/** How many faults of files are told. */
const mostFaults = 10;

/** Reads the folder, so that a preview shows what an update would do. It asks nobody. */
export async function check(given: Properties, call: CheckCall): Promise<Checked> {
  const { files: _, ...inputs } = Object.fromEntries(
    Object.entries(given).filter(([, value]) => (value ?? undefined) !== undefined),
  );
  const failures = [
    ...checkBucketName(given.bucketName),
    ...checkPath(given.path),
    ...checkPrefix(given.prefix),
    ...checkInclude(given.include),
    ...checkExclude(given.exclude),
    ...checkFileOptions(given.fileOptions),
  ];
  if (failures.length > 0) return { inputs, failures };
  const { path, prefix, include, exclude, fileOptions } = inputs;
  if ([path, prefix, include, exclude, fileOptions].some(holdsUnknown)) {
    return { inputs: { ...inputs, files: unknownValue }, failures };
  }
  const options = {
    ...(typeof prefix === "string" ? { prefix } : {}),
    ...(include !== undefined ? { include: include as readonly string[] } : {}),
    ...(exclude !== undefined ? { exclude: exclude as readonly string[] } : {}),
    signal: call.signal,
  };
  const content = await call.waitingFor(
    () => `${subjectOf(inputs, call.shown)}: reading the files in ${quoted(call.shown(String(path)))}`,
    () => readFolder(String(path), options),
  );
  const files = Object.fromEntries(entriesOf(content, fileOptions as readonly FileOption[]));
  const faults = [...checkContent(String(path), content), ...checkClaims(inputs, files, call)];
  if (faults.length === 0) tellOf(inputs, content, files, call);
  return { inputs: { ...inputs, files: entriesText(files) }, failures: faults };
}

/** One after the other, since there may be very many. */
function* entriesOf(
  { files }: FolderContent,
  fileOptions: readonly FileOption[] | undefined,
): Generator<[name: string, entry: string]> {
  for (const [name, { md5 }] of files) yield [name, entryOf(name, md5, fileOptions)];
}

function checkPath(path: unknown): CheckFailure[] {
  if (path === unknownValue || (typeof path === "string" && path !== "")) return [];
  return [failure("path", path, (came) => [`expected the path of a folder, such as dist, got ${came}.`])];
}

function checkPrefix(prefix: unknown): CheckFailure[] {
  if (prefix === undefined || prefix === null || prefix === unknownValue) return [];
  if (typeof prefix === "string" && !/^[/\\]/.test(prefix)) return [];
  return [
    failure("prefix", prefix, (came) => [
      `expected what keys begin with, such as site/, not beginning with / or \\, got ${came}.`,
    ]),
  ];
}

/** What keeps a folder from being put. */
function checkContent(path: string, { found, files, faults }: FolderContent): CheckFailure[] {
  const said = (reason: (came: string) => string) => [failure("path", path, (came) => [reason(came)])];
  if (found === "nothing")
    return said((came) => `expected a folder, but there is nothing at ${came}. Build it first.`);
  if (found === "no folder")
    return said((came) => `expected a folder, but ${came} is a file. Use BucketObject for one file.`);
  if (faults.length > 0) {
    const lines = faults.slice(0, mostFaults).map(({ name, reason }) => `${quoted(name)}: ${reason}.`);
    const more = faults.length > mostFaults ? ` And ${faults.length - mostFaults} more.` : "";
    return said(
      (came) => `${faults.length} of the files in ${came} cannot be put. ${lines.join(" ")}${more}`,
    );
  }
  if (files.size > 0) return [];
  return said(
    (came) =>
      `expected a folder with files, but none in ${came} is to be put. Look at include and exclude, or build it first.`,
  );
}

function checkClaims(
  { bucketName, prefix = "" }: Properties,
  files: Entries,
  { claimant, deployment }: CheckCall,
): CheckFailure[] {
  if (bucketName === unknownValue) return [];
  const taken = Object.keys(files).flatMap((name) => {
    const other = claim(deployment, `${bucketName}/${prefix}${name}`, claimant);
    return other === undefined ? [] : [{ name, other }];
  });
  const [first] = taken;
  if (first === undefined) return [];
  const names = taken.filter(({ other }) => other === first.other).map(({ name }) => quoted(name));
  return [
    failure("prefix", prefix, () => [
      `${first.other} puts the same objects as these files: ${joinedNames(names)}. Give one of the two another prefix, or ` +
        "exclude the files.",
    ]),
  ];
}

/** What a deployment is going to do. Of a folder that is there already, the comparison tells it. */
function tellOf(
  inputs: Properties,
  { files: read, leftOut, unused }: FolderContent,
  files: Entries,
  { olds, shown, tell }: CheckCall,
): void {
  const subject = subjectOf(inputs, shown);
  if (leftOut.length > 0) {
    const names = joinedNames(leftOut.map((name) => quoted(name)));
    tell(`${subject}: left out, since they may hold secrets: ${names}. Name them in include to put them.`);
  }
  for (const line of unusedLines(inputs, unused, files, shown)) tell(`${subject}: ${line}`);
  if (Object.keys(olds).length > 0) return;
  const sizeOf = (name: string) => read.get(name)?.size ?? 0;
  tell(`${subject}: ${inWords(differencesOf({}, files), { sizeOf })}`);
}

/** A glob that nothing fits is no error, since a folder changes; but it may be misspelt. */
function unusedLines(
  { fileOptions = [] }: Properties,
  { include, exclude }: FolderContent["unused"],
  files: Entries,
  shown: CheckCall["shown"],
): readonly string[] {
  const globs = (fileOptions as readonly FileOption[]).map((option) => option.files);
  const unfit = (texts: readonly string[], input: string) =>
    texts.map((text) => `no file fits ${quoted(shown(text))} of ${input}`);
  return [
    ...unfit(include, "include"),
    ...exclude.map((text) => `${quoted(shown(text))} of exclude leaves nothing out`),
    ...unfit(globsWithout(Object.keys(files), globs), "fileOptions"),
  ];
}
