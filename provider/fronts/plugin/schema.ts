import { readFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "../../ens/code-of";
import { InstallationError } from "../../ens/errors";

/** The schema of the plugin's resources, which is made from their types. */
export function readSchema(folder = __dirname): string {
  const path = join(folder, "schema.json");
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
    throw new InstallationError(
      {
        what: `The plugin alicloud-ens has no schema: there is no file ${path}.`,
        remedy: "Install the plugin again.",
      },
      { cause: error },
    );
  }
}
