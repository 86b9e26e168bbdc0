import Credential from "@alicloud/credentials";
import { CredentialsError } from "../../ens/errors";
import type { KeySource } from "../../ens/keys";
import type { CredentialSettings } from "../settings/credential-settings";
import { singleFlight } from "./single-flight";
import { askVendor, type Limits } from "./vendor-keys";

type ChainSettings = Extract<CredentialSettings, { kind: "defaultChain" }>;

/** What the vendor's chain looks at, in its order. */
const links = [
  "ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET",
  "OIDC (ALIBABA_CLOUD_ROLE_ARN, ALIBABA_CLOUD_OIDC_PROVIDER_ARN, ALIBABA_CLOUD_OIDC_TOKEN_FILE)",
  "~/.aliyun/config.json",
  "~/.alibabacloud/credentials",
  "the metadata of an ECS instance",
  "ALIBABA_CLOUD_CREDENTIALS_URI",
];

/** The vendor's default chain, the last place to look. */
export function defaultChain({ origin, lookedAt }: ChainSettings, limits: Limits): KeySource {
  let chain: Credential | undefined;
  return {
    origin,
    // Asked by several at once for the first time, the chain fails spuriously.
    getKeys: singleFlight(async () => {
      chain ??= new Credential();
      const asked = chain;
      const keys = await askVendor(() => asked.getCredential(), limits);
      if (keys !== undefined) return keys;
      // After a total failure a chain sticks to the last link it tried.
      chain = undefined;
      throw new CredentialsError(
        `No credentials found. Looked at the settings ${lookedAt.join("; ")}; then at the default credential ` +
          `chain: ${links.join(", ")}. Set a key pair: \`pulumi config set alicloud-ens:accessKey <id>\` and ` +
          "`pulumi config set --secret alicloud-ens:secretKey <secret>`, or run `aliyun configure`.",
      );
    }),
  };
}
