import { type Endpoint, parseEndpoint } from "../../ens/endpoint";
import type { KeySource } from "../../ens/keys";
import { assumedRole } from "./assumed-role";
import type { KeyTools } from "./key-tools";
import type { NamedProfile } from "./named-profile";

const defaultStsHost = "sts.aliyuncs.com";

/** Keys of the RAM role that a profile names, assumed with other keys. */
export function roleOfProfile(profile: NamedProfile, base: KeySource, tools: KeyTools): KeySource {
  const { ram_role_arn: roleArn } = profile.required("ram_role_arn");
  if (!/^acs:ram::\d+:role\/[\w.-]+$/.test(roleArn)) {
    throw profile.problem(
      ", but its ram_role_arn is not of the form acs:ram::<account id>:role/<role name>",
      `Set another: ${profile.configure()}`,
    );
  }
  const sessionExpiration = profile.number("expired_seconds") ?? 3600;
  if (!Number.isInteger(sessionExpiration) || sessionExpiration < 900 || sessionExpiration > 43200) {
    throw profile.problem(
      ", but its expired_seconds are not whole seconds from 900 to 43200",
      `Set others: ${profile.configure()}`,
    );
  }
  const externalId = profile.text("external_id");
  const policy = profile.text("policy");
  const role = {
    roleArn,
    sessionName: profile.text("ram_session_name") ?? "pulumi-alicloud-ens",
    sessionExpiration,
    ...(externalId !== undefined ? { externalId } : {}),
    ...(policy !== undefined ? { policy } : {}),
    from: profile.title,
  };
  const stsEndpoint = stsEndpointOf(profile, tools);
  return assumedRole(role, base, { ...tools.settings, stsEndpoint }, tools.transport, tools.retry);
}

/** Where STS listens: a setting is stronger than what the profile says. */
export function stsEndpointOf(profile: NamedProfile, { settings }: KeyTools): Endpoint {
  if (settings.stsEndpoint.host !== defaultStsHost) return settings.stsEndpoint;
  const region = profile.text("sts_region");
  const text =
    profile.text("sts_endpoint") ?? (region === undefined ? defaultStsHost : `sts.${region}.aliyuncs.com`);
  const endpoint = parseEndpoint(text);
  if (endpoint !== undefined) return endpoint;
  throw profile.problem(
    `, but its ${profile.text("sts_endpoint") === undefined ? "sts_region" : "sts_endpoint"} is no part of a host name`,
    `Set another: ${profile.configure()}`,
  );
}
