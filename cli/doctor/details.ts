import { ApiError, CredentialsError, type EnsError } from "../../provider/ens/errors";
import type { KeySource } from "../../provider/ens/keys";
import type { Detail } from "./finding";

/** All settings that the credentials come from; messages name one of them. */
export function placesOf({ origin, places = origin }: Pick<KeySource, "origin" | "places">): string {
  return places;
}

export function ofCredentials(keys: Pick<KeySource, "origin" | "places">): Detail {
  return { title: "The credentials", lines: [placesOf(keys)] };
}

/** A policy to copy. */
export function ofPolicy(policy: string): Detail {
  return { title: "A policy that allows it", lines: [policy] };
}

/** What an error leaves out of its message, since it is long. */
export function ofError(error: EnsError, keys: KeySource): readonly Detail[] {
  const { policy } = ApiError.isInstance(error) || CredentialsError.isInstance(error) ? error : {};
  return [ofCredentials(keys), ...(policy !== undefined ? [ofPolicy(policy)] : [])];
}
