import { CancelledError } from "../ens/errors";

/** Why calls under way end when the user cancels. */
export function deploymentCancelled(): CancelledError {
  return new CancelledError(
    "The deployment was cancelled before ENS had answered. Nothing was changed; run the command again to go on.",
  );
}
