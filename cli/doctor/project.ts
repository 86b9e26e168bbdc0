import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const files = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The folder of the Pulumi project that `folder` is in, searched upwards as Pulumi does. */
export function projectFolder(folder: string): string | undefined {
  if (files.some((file) => existsSync(join(folder, file)))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : projectFolder(above);
}
