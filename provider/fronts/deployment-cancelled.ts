import { CancelledError } from "../ens/errors";

/** Why calls under way end when the user cancels. */
export function deploymentCancelled(): CancelledError {
  return new CancelledError({
    what: "The deployment was cancelled before ENS had answered. Nothing was changed.",
    remedy: "Run the command again to go on.",
  });
}
