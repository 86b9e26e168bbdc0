import type { CredentialsError } from "../../ens/errors";
import { EnsError } from "../../ens/errors";
import type { KeySource, Keys } from "../../ens/keys";
import type { Transport } from "../../ens/transport/exchange";
import { Exchange } from "../../ens/transport/exchange";
import { readFailure, readProxyStatus, whyInFull } from "../../ens/transport/failure";
import { throughProxy } from "../../ens/transport/proxies";
import { openedKeys } from "./opened-keys";

/** What the vendor's credential library calls credentials. */
interface VendorCredentials {
  readonly accessKeyId?: string;
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

/** What the vendor's credential library calls a provider. It caches and renews its keys by itself. */
export interface VendorSource {
  getCredentials(): Promise<VendorCredentials>;
}

/** How a source may ask. */
export interface AskOptions {
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
  readonly transport: Transport;
}

/** Keys from a source that the vendor's library knows how to ask. */
export function vendorKeys(source: {
  readonly origin: string;
  readonly options: AskOptions;
  readonly open: () => VendorSource;
  /** The error of a source that gives none. `why` goes on from its name: `: it answered with status 404`, or nothing. */
  readonly noKeys: (why: string) => CredentialsError;
}): KeySource {
  const { origin, options, open, noKeys } = source;
  const { timeout, transport } = options;
  return openedKeys({ origin }, async () => {
    let opened: VendorSource | undefined;
    return async () => {
      let keys: Keys | undefined;
      const exchange = new Exchange(transport);
      try {
        opened ??= open();
        const asked = opened;
        keys = toKeys(await exchange.run(timeout, () => asked.getCredentials()));
      } catch (error) {
        if (EnsError.isInstance(error)) throw error;
        throw noKeys(`${throughProxy(exchange.proxy)}${safeReason(error, exchange.status)}`);
      }
      if (keys === undefined) throw noKeys("");
      return keys;
    };
  });
}

/** Keys in our shape; `undefined` unless both halves are there. */
function toKeys({ accessKeyId, accessKeySecret, securityToken }: VendorCredentials): Keys | undefined {
  if (!accessKeyId || !accessKeySecret) return undefined;
  return { accessKeyId, accessKeySecret, ...(securityToken ? { securityToken } : {}) };
}

/** What may be shown of the library's error: never its text, which repeats what the library read. */
function safeReason(error: unknown, status: number | undefined): string {
  const failure = readFailure(error);
  if (failure !== undefined) return `: ${whyInFull(failure)}`;
  if (status === 407) return `: ${readProxyStatus(407).why}`;
  if (status === 200) return ": its answer is not of the form that is expected";
  return status === undefined ? "" : `: it answered with status ${status}`;
}
