import type { KeySource, Keys } from "../../../ens/keys";
import type { NamedProfile } from "./named-profile";

/** Keys that a profile holds itself. */
export function kept(profile: NamedProfile, keys: Keys): KeySource {
  return { origin: profile.title, getKeys: async () => keys };
}

export function keyPair(profile: NamedProfile): Keys {
  const fields = profile.requiredKeyParts("access_key_id", "access_key_secret");
  return { accessKeyId: fields.access_key_id, accessKeySecret: fields.access_key_secret };
}

export function temporaryKeys(profile: NamedProfile): Keys {
  const fields = profile.requiredKeyParts("access_key_id", "access_key_secret", "sts_token");
  return {
    accessKeyId: fields.access_key_id,
    accessKeySecret: fields.access_key_secret,
    securityToken: fields.sts_token,
  };
}

/** The keys of the last sign-in, which aliyun keeps in the profile; `undefined` where there are none, or they expired. */
export function keptSession(profile: NamedProfile): KeySource | undefined {
  const expires = profile.time("sts_expiration");
  if (expires === undefined || expires <= Date.now()) return undefined;
  const fields = ["access_key_id", "access_key_secret", "sts_token"];
  if (fields.some((field) => profile.text(field) === undefined)) return undefined;
  return kept(profile, temporaryKeys(profile));
}
