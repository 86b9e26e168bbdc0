import Credential, { Config } from "@alicloud/credentials";
import { CredentialsError, EnsError } from "../../ens/errors";
import type { KeySource, Keys } from "../../ens/keys";
import type { Transport } from "../../ens/transport/exchange";
import { Exchange } from "../../ens/transport/exchange";
import { readFailure, readProxyStatus } from "../../ens/transport/failure";
import { throughProxy } from "../../ens/transport/proxies";
import { openedKeys } from "./opened-keys";

/** What the vendor's credential library calls credentials. */
interface VendorCredentials {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
  readonly providerName?: string;
}

/** Keys in our shape; `undefined` unless both halves are there. */
function toKeys(credentials: VendorCredentials): Keys | undefined {
  const { accessKeyId, accessKeySecret, securityToken, providerName } = credentials;
  if (!accessKeyId || !accessKeySecret) return undefined;
  return {
    accessKeyId,
    accessKeySecret,
    ...(securityToken ? { securityToken } : {}),
    ...(providerName ? { chainLink: providerName } : {}),
  };
}

/** How the vendor's library may ask. */
export interface AskOptions {
  /** How long a source may take, in milliseconds. */
  readonly timeout: number;
  readonly transport: Transport;
}

/** The keys that a source of the vendor's gives in time; `undefined` when it fails, since its errors hold secrets. */
export async function askVendor(
  ask: () => Promise<VendorCredentials>,
  { timeout, transport }: AskOptions,
): Promise<Keys | undefined> {
  return new Exchange(transport).run(timeout, ask).then(toKeys, (error: unknown) => {
    if (EnsError.isInstance(error)) throw error;
    return undefined;
  });
}

/** Keys from a source that the vendor's library knows how to ask. It caches and renews them by itself. */
export function vendorKeys(source: {
  readonly origin: string;
  readonly options: AskOptions;
  readonly config: Readonly<Record<string, string>>;
  /** The source in words: `the ECS role "uploader"`. */
  readonly what: string;
  readonly remedy: string;
}): KeySource {
  const { origin, options, what, remedy } = source;
  const { timeout, transport } = options;
  const noCredentials = (why: string) =>
    new CredentialsError(`No credentials from ${what} (${origin})${why}. ${remedy}`);
  return openedKeys(origin, async () => {
    let credential: Credential | undefined;
    return async () => {
      let keys: Keys | undefined;
      const exchange = new Exchange(transport);
      try {
        credential ??= new Credential(new Config({ ...source.config }));
        const client = credential;
        keys = toKeys(await exchange.run(timeout, () => client.getCredential()));
      } catch (error) {
        if (EnsError.isInstance(error)) throw error;
        throw noCredentials(`${throughProxy(exchange.proxy)}${safeReason(error)}`);
      }
      if (keys === undefined) throw noCredentials("");
      return keys;
    };
  });
}

/** What may be shown of the library's error: never its text, which repeats what the library read. */
function safeReason(error: unknown): string {
  const failure = readFailure(error);
  if (failure !== undefined) return `: ${failure.why}`;
  const status = error instanceof Error ? /httpStatus: (\d{3})\b/.exec(error.message)?.[1] : undefined;
  if (status === "407") return `: ${readProxyStatus(407).why}`;
  return status === undefined ? "" : `: it answered with status ${status}`;
}
