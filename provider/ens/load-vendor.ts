import { codeOf } from "./code-of";
import { InstallationError } from "./errors";

/**
 * Loads a package of the vendor's.
 *
 * @throws InstallationError where one that it requires is out of its reach
 */
export function loadVendor<T>(load: () => T): T {
  try {
    return load();
  } catch (cause) {
    if (!isModuleNotFound(cause)) throw cause;
    // The vendor's packages require packages that they do not declare, such as `debug`.
    throw new InstallationError(
      {
        what: `The vendor's SDK cannot find a package that it requires: ${cause.message.split("\n")[0]}.`,
        remedy:
          "If your package manager hides packages that are not declared, let it show them, and install again: " +
          "pnpm without `hoist: false`, Yarn with `nodeLinker: node-modules`.",
      },
      { cause },
    );
  }
}

/** Whether `require` failed because a module is not there. */
export function isModuleNotFound(error: unknown): error is Error {
  return codeOf(error) === "MODULE_NOT_FOUND";
}
