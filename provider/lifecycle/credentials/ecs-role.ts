import { ECSRAMRoleCredentialsProvider } from "@alicloud/credentials";
import type { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import { isOn } from "./is-on";
import type { AskOptions } from "./vendor-keys";
import { vendorKeys } from "./vendor-keys";

/** The variable of the vendor's tools that keeps them from the metadata of ECS. */
export const metadataSwitch = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";

/** Keys of the role of this ECS instance. */
export function ecsRoleKeys(source: {
  readonly origin: string;
  readonly options: AskOptions;
  /** `undefined`: the one that the instance has. */
  readonly roleName: string | undefined;
  readonly noKeys: (why: string, remedy: string) => CredentialsError;
}): KeySource {
  const { origin, options, roleName, noKeys } = source;
  if (isOn(metadataSwitch)) {
    const off = () =>
      noKeys(
        `: the environment variable ${metadataSwitch} switches the metadata of ECS off`,
        `On an ECS instance, remove it: \`unset ${metadataSwitch}\``,
      );
    return { origin, getKeys: async () => Promise.reject(off()) };
  }
  return vendorKeys({
    origin,
    options,
    open: () =>
      ECSRAMRoleCredentialsProvider.builder()
        .withRoleName(roleName ?? "")
        .build(),
    noKeys: (why) =>
      noKeys(
        why,
        "Pulumi must run on an ECS instance that has the role; attach it to the instance, or use other credentials",
      ),
  });
}
