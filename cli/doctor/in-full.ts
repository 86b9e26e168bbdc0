import type { EnsError } from "../../provider/ens/errors";
import { ApiError, CredentialsError, withSentence } from "../../provider/ens/errors";

/** The message of an error, with what it leaves to the doctor: a policy, and every place that was looked at. */
export function inFull(error: EnsError): string {
  const { policy } = ApiError.isInstance(error) || CredentialsError.isInstance(error) ? error : {};
  const { places } = CredentialsError.isInstance(error) ? error : {};
  const sentences = [
    ...(policy === undefined ? [] : [`The policy: ${policy}`]),
    ...(places === undefined ? [] : [`Looked at ${places.map(({ place }) => place).join("; ")}.`]),
  ];
  return sentences.reduce(withSentence, error.message);
}
