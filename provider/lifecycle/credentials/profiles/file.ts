import { homedir } from "node:os";
import { join } from "node:path";
import { CredentialsError } from "../../../ens/errors";
import { isRecord } from "../../../ens/is-record";
import { printable } from "../../../ens/text/printable";
import { shellQuoted } from "../../../ens/text/shell-quoted";
import { parseJson } from "../../settings/parse-json";
import { readCredentialsFile } from "../credentials-file";
import type { ProfileFields, ProfilePlace } from "./named-profile";

/** A file of profiles that could be read. */
export interface ProfileFile {
  readonly place: ProfilePlace;
  readonly current?: string;
  readonly profiles: readonly ProfileFields[];
}

/** The usual file of aliyun. */
export function aliyunFile(): string {
  return join(homedir(), ".aliyun", "config.json");
}

/** The usual file of the vendor's older tools. */
export function iniFile(): string {
  return process.env.ALIBABA_CLOUD_CREDENTIALS_FILE || join(homedir(), ".alibabacloud", "credentials");
}

/** Reads the file that `aliyun configure` writes; `undefined` where there is none. */
export async function readAliyunFile(path: string, origin: string): Promise<ProfileFile | undefined> {
  const text = await readText(path, origin);
  if (text === undefined) return undefined;
  const content = parseJson(text);
  if (!isRecord(content) || !Array.isArray(content.profiles)) {
    throw new CredentialsError({
      what: `${path} (${origin}) is not a file of profiles: expected the JSON that \`aliyun configure\` writes.`,
      remedy: `Fix it, or begin again: \`mv ${shellQuoted(path, "<file>")} ${shellQuoted(`${path}.broken`, "<other file>")} && aliyun configure${inFile(path)}\`.`,
    });
  }
  return {
    place: { path, origin, howToWrite: (name, mode) => aliyunConfigure(path, name, mode) },
    ...(typeof content.current === "string" && content.current !== "" ? { current: content.current } : {}),
    profiles: content.profiles
      .filter(isRecord)
      .flatMap((fields) => (typeof fields.name === "string" ? [{ name: fields.name, fields }] : [])),
  };
}

/** The command that writes a profile, ready to copy. */
export function aliyunConfigure(path: string, name: string, mode?: string): string {
  const ofMode = mode === undefined ? "" : ` --mode ${mode}`;
  return `\`aliyun configure --profile ${shellQuoted(name, "<name>")}${ofMode}${inFile(path)}\``;
}

function inFile(path: string): string {
  return path === aliyunFile() ? "" : ` --config-path ${shellQuoted(path, "<file>")}`;
}

/** What an INI file calls modes. */
const iniTypes: Readonly<Record<string, string>> = {
  AK: "access_key",
  StsToken: "sts",
  EcsRamRole: "ecs_ram_role",
  RamRoleArn: "ram_role_arn",
};

/** The same for its fields. */
const iniNames = {
  mode: "type",
  ram_role_name: "role_name",
  ram_role_arn: "role_arn",
  ram_session_name: "role_session_name",
  sts_token: "security_token",
};

/** Reads the vendor's INI file; `undefined` where there is none. */
export async function readIniFile(path: string, origin: string): Promise<ProfileFile | undefined> {
  const text = await readText(path, origin);
  if (text === undefined) return undefined;
  const place = {
    path,
    origin,
    howToWrite: (name: string) => `edit the section [${printable(name, 80)}] of the file`,
    fieldNames: iniNames,
    modeNames: iniTypes,
  };
  return { place, profiles: sectionsOf(text).map(({ name, fields }) => ({ name, fields: renamed(fields) })) };
}

function sectionsOf(text: string): readonly { name: string; fields: Record<string, string> }[] {
  const sections = [{ name: "", fields: {} as Record<string, string> }];
  for (const line of text.split(/\r?\n/)) {
    const [, name] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    if (name !== undefined) sections.push({ name: name.trim(), fields: {} });
    // A comment goes from ; or # to the end of the line.
    const [, key, value] = /^\s*([^\s=;#[]+)\s*=\s*("[^"]*"|'[^']*'|[^;#]*)/.exec(line) ?? [];
    const fields = sections.at(-1)?.fields;
    if (fields !== undefined && key !== undefined) fields[key] = unquoted(value?.trim() ?? "");
  }
  return sections.slice(1);
}

function unquoted(text: string): string {
  return /^(["']).*\1$/.test(text) ? text.slice(1, -1) : text;
}

function renamed({ type, ...fields }: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const ours = Object.entries(iniNames).map(([our, its]) => [our, fields[its]]);
  const [mode] = Object.entries(iniTypes).find(([, its]) => its === type) ?? [type && "another"];
  return { ...fields, ...Object.fromEntries(ours), mode };
}

async function readText(path: string, origin: string): Promise<string | undefined> {
  const file = await readCredentialsFile(path);
  switch (file.kind) {
    case "text":
      return file.text;
    case "absent":
      return undefined;
    case "unusable":
      throw new CredentialsError({ what: `${path} (${origin}) ${file.why}.`, remedy: file.remedy });
  }
}
