import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const files = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

/** The folder of the Pulumi project that `folder` is in, searched upwards as Pulumi does. */
export function projectFolder(folder: string): string | undefined {
  if (fileIn(folder) !== undefined) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : projectFolder(above);
}

/** The languages in which programs use this package's plugin. */
const pluginLanguages = ["python", "go", "dotnet", "java", "yaml"];

/** The runtime of a project, in the forms that Pulumi documents: `runtime: go`, a map that has a name, and both as JSON. */
const runtime = /(?:^runtime|[{,\s]"runtime")\s*:\s*\{?\s*(?:"?name"?\s*:\s*)?["']?([a-z]+)/m;

/** The language of a project whose programs use this package's plugin; `undefined` for Node, and where it cannot be seen. */
export function pluginLanguage(project: string | undefined): string | undefined {
  const path = project === undefined ? undefined : fileIn(project);
  const [, name = ""] = path === undefined ? [] : (runtime.exec(readFileSync(path, "utf8")) ?? []);
  return pluginLanguages.find((language) => language === name);
}

function fileIn(folder: string): string | undefined {
  return files.map((file) => join(folder, file)).find((path) => existsSync(path));
}
