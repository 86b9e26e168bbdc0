import Credential from "@alicloud/credentials";
import { CredentialsError } from "../../ens/errors";
import type { HowToSet } from "../../ens/how-to-set";
import type { KeySource } from "../../ens/keys";
import type { CredentialSettings } from "../settings/credential-settings";
import { openedKeys } from "./opened-keys";
import type { AskOptions } from "./vendor-keys";
import { askVendor } from "./vendor-keys";

type ChainSettings = Extract<CredentialSettings, { kind: "defaultChain" }>;

/** The places that the vendor's chain looks at, in its order. */
const links = [
  "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "OIDC (ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE)",
  "~/.aliyun/config.json",
  "~/.alibabacloud/credentials",
  "the metadata of an ECS instance",
  "ALIBABA_CLOUD_CREDENTIALS_URI",
];

/** The vendor's default chain, the last place to look. */
export function defaultChain(
  { origin, lookedAt }: ChainSettings,
  options: AskOptions,
  howToSet: HowToSet,
): KeySource {
  return openedKeys(origin, async () => {
    const chain = new Credential();
    return async () => {
      const keys = await askVendor(() => chain.getCredential(), options);
      if (keys !== undefined) return keys;
      throw new CredentialsError(
        `No credentials found. Looked at the settings ${lookedAt.join("; ")}; then at the default credential ` +
          `chain: ${links.join(", ")}. Set a key pair: ` +
          `${howToSet({ accessKey: "<id>", secretKey: "<secret>" })}, or run \`aliyun configure\`.`,
      );
    };
  });
}
