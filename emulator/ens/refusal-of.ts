import type { AccountStatus } from "../options";
import { Refusal } from "../refusal";

/** What an account of this status is told by every action. */
export function refusalOf(status: AccountStatus): Refusal | undefined {
  switch (status) {
    case "noPermission":
      return new Refusal("NoPermission", 400, "Permission denied.");
    case "accessDenied":
      return new Refusal(
        "AccessDenied",
        403,
        "Auth is not valid. This account does not have access permissions.",
      );
    case "arrears":
      return new Refusal("UserDisable", 403, "The user has been disabled due to arrears.");
    default:
      return undefined;
  }
}
