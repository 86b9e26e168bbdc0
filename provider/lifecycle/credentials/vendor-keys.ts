import Credential, { Config } from "@alicloud/credentials";
import { withDeadline } from "../../ens/deadline";
import { CredentialsError } from "../../ens/errors";
import type { KeySource, Keys } from "../../ens/keys";
import { singleFlight } from "./single-flight";

/** What the vendor's credential library calls credentials. */
interface VendorCredentials {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

/** Keys in our shape; `undefined` unless both halves are there. */
function toKeys({ accessKeyId, accessKeySecret, securityToken }: VendorCredentials): Keys | undefined {
  if (!accessKeyId || !accessKeySecret) return undefined;
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}

/** The keys a provider of the vendor's gives in time; `undefined` when it gives none, since its errors hold secrets. */
export async function askVendor(
  credentials: Promise<VendorCredentials>,
  timeout: number,
): Promise<Keys | undefined> {
  return withDeadline(credentials, timeout, () => new Error("late")).then(toKeys, () => undefined);
}

/** Keys from a source that the vendor's library knows how to ask. It caches and renews them by itself. */
export function vendorKeys(source: {
  readonly origin: string;
  /** How long the source may take, in milliseconds. */
  readonly timeout: number;
  readonly config: Readonly<Record<string, string>>;
  /** The source in words: `the ECS role "uploader"`. */
  readonly what: string;
  readonly remedy: string;
}): KeySource {
  const { origin, timeout, what, remedy } = source;
  const failed = (why: string) =>
    new CredentialsError(`No credentials from ${what} (${origin})${why}. ${remedy}`);
  let credential: Credential | undefined;
  return {
    origin,
    // The library's providers fail when first asked by several at once.
    getKeys: singleFlight(async () => {
      let keys: Keys | undefined;
      try {
        credential ??= new Credential(new Config({ ...source.config }));
        const late = () => new Error(`no answer within ${timeout / 1000} s`);
        keys = toKeys(await withDeadline(credential.getCredential(), timeout, late));
      } catch (error) {
        throw failed(withoutSecrets(error));
      }
      if (keys === undefined) throw failed("");
      return keys;
    }),
  };
}

/** What of an error of the library may be shown: never its text, which repeats what it read. */
function withoutSecrets(error: unknown): string {
  if (!(error instanceof Error)) return "";
  const code: unknown = Reflect.get(error, "code");
  if (typeof code === "string" && /^[A-Z_]{3,40}$/.test(code)) return `: ${code}`;
  const status = /httpStatus: (\d{3})\b/.exec(error.message)?.[1];
  if (status !== undefined) return `: it answered with status ${status}`;
  return /^no answer within [\d.]+ s$/.test(error.message) ? `: ${error.message}` : "";
}
