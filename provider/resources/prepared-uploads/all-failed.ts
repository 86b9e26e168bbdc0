import {
  AnswerError,
  ApiError,
  CancelledError,
  ConnectionError,
  CredentialsError,
  EnsError,
  InstallationError,
} from "../../ens/errors";

/** The classes of errors that are made of a message alone. */
const classes = [AnswerError, CancelledError, ConnectionError, CredentialsError, InstallationError];

/** One error for all sites. It has the class of the sites' errors where they share one, so that a program knows it. */
export function allFailed(failures: readonly EnsError[], reasons: readonly string[]): EnsError {
  const message = reasons.join("\n");
  const [first] = failures;
  if (ApiError.isInstance(first)) {
    const { code } = first;
    const sameCode = failures.every((error) => ApiError.isInstance(error) && error.code === code);
    if (sameCode) return new ApiError(message, first);
  }
  const common = classes.find((type) => failures.every((error) => error.kind === type.kind));
  return common === undefined ? new EnsError(message) : new common(message);
}
