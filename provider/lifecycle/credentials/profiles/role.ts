import type { Endpoint } from "../../../ens/endpoint";
import { parseEndpoint } from "../../../ens/endpoint";
import type { KeySource } from "../../../ens/keys";
import { defaultSessionName, roleArnRule, sessionSeconds } from "../../settings/role-parts";
import { assumedRole } from "../assumed-role";
import type { KeyTools } from "../key-tools";
import type { NamedProfile } from "./named-profile";

/** Keys of the RAM role that a profile names, assumed with other keys. */
export function roleOfProfile(profile: NamedProfile, base: KeySource, tools: KeyTools): KeySource {
  const externalId = profile.text("external_id");
  const policy = profile.text("policy");
  const role = {
    ...readRole(profile),
    ...(externalId !== undefined ? { externalId } : {}),
    ...(policy !== undefined ? { policy } : {}),
  };
  return assumedRole(role, base, withStsOf(profile, tools));
}

/** What a profile says of its role, whatever it is taken on with. */
export function readRole(profile: NamedProfile) {
  const { ram_role_arn: roleArn } = profile.required("ram_role_arn");
  if (!roleArnRule.test(roleArn)) {
    throw profile.problem(
      `, but its ${profile.nameOf("ram_role_arn")} is not of the form ${roleArnRule.expected}`,
      `Set another: ${profile.configure()}`,
    );
  }
  const { least, most, byDefault } = sessionSeconds;
  const sessionExpiration = profile.number("expired_seconds") ?? byDefault;
  if (!Number.isInteger(sessionExpiration) || sessionExpiration < least || sessionExpiration > most) {
    throw profile.problem(
      `, but its expired_seconds are not whole seconds from ${least} to ${most}`,
      `Set others: ${profile.configure()}`,
    );
  }
  const sessionName = profile.text("ram_session_name") ?? defaultSessionName;
  return { roleArn, sessionName, sessionExpiration, from: profile.title };
}

/** The same, with STS where the profile says; a setting of its own is stronger. */
export function withStsOf(profile: NamedProfile, tools: KeyTools): KeyTools {
  const { settings } = tools;
  return settings.stsEndpoint.setting === undefined
    ? { ...tools, settings: { ...settings, stsEndpoint: readStsEndpoint(profile) ?? settings.stsEndpoint } }
    : tools;
}

function readStsEndpoint(profile: NamedProfile): Endpoint | undefined {
  const host = profile.text("sts_endpoint");
  const region = profile.text("sts_region");
  if (host === undefined && region === undefined) return undefined;
  const endpoint = parseEndpoint(host ?? `sts.${region}.aliyuncs.com`);
  if (endpoint !== undefined) return endpoint;
  throw profile.problem(
    `, but its ${host === undefined ? "sts_region is no region" : "sts_endpoint is no host"}`,
    `Set another: ${profile.configure()}`,
  );
}
