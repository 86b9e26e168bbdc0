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

/** One error for all sites, of their class where they have the same, so that a program tells it as it would one of theirs. */
export function allFailed(failures: readonly EnsError[], reasons: readonly string[]): EnsError {
  const message = reasons.join("\n");
  const [first] = failures;
  if (ApiError.isInstance(first)) {
    const { code } = first;
    const sameCode = failures.every((one) => ApiError.isInstance(one) && one.code === code);
    if (sameCode) return new ApiError(message, first);
  }
  const common = classes.find((type) => failures.every((one) => one.kind === type.kind));
  return common === undefined ? new EnsError(message) : new common(message);
}
