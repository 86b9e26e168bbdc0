import { bucketNameRule, isBucketName } from "../ens/bucket-name";
import { SettingsError } from "../ens/errors";
import { isPlainAddress } from "../ens/ip-address";
import { shown } from "../ens/shown";
import { currentSettings } from "./session";
import { isUnknown } from "./unknown";

/** One reason why inputs cannot be used. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** `bucketName` by the rule of EOS. */
export function checkBucketName(value: unknown): CheckFailure[] {
  if (isUnknown(value) || (typeof value === "string" && isBucketName(value))) return [];
  return [
    {
      property: "bucketName",
      reason: `expected the name of an EOS bucket (${bucketNameRule}), got ${shown(value)}. Use the logical name, as the ENS console lists it.`,
    },
  ];
}

/** `clientIp`, where there is one: a plain address. */
export function checkClientIp(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || isUnknown(value)) return [];
  if (typeof value === "string" && isPlainAddress(value)) return [];
  return [
    {
      property: "clientIp",
      reason: `expected a plain IPv4 or IPv6 address without port, prefix length or zone, such as 203.0.113.7, got ${shown(value)}. Leave it out to use the address that Pulumi runs from.`,
    },
  ];
}

/** `triggers`, where there are any: a list. */
export function checkTriggers(value: unknown): CheckFailure[] {
  if (value === undefined || value === null || isUnknown(value) || Array.isArray(value)) return [];
  return [
    {
      property: "triggers",
      reason: `expected a list of values, got ${shown(value)}. Put it in brackets: triggers: [value].`,
    },
  ];
}

/** The settings, so that a preview shows already what an update would fail on. */
export function checkSettings(): CheckFailure[] {
  try {
    currentSettings();
    return [];
  } catch (error) {
    if (!SettingsError.isInstance(error)) throw error;
    return error.problems.map(({ setting, reason }) => ({ property: setting, reason }));
  }
}
