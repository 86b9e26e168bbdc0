import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { shellQuoted } from "../ens/text/shell-quoted";

/** Each package manager's command, by the lock file that it leaves in a project or at the top of a monorepo. */
const commands: readonly (readonly [lockFile: string, command: string])[] = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["package-lock.json", "npm install"],
];

/** The command that adds a package to the project in `folder`, by the package manager that is used there. */
export function addCommand(folder: string, name = "pulumi-alicloud-ens"): string {
  const cd = `cd ${shellQuoted(folder, "<folder>")} && `;
  const added = shellQuoted(name, "<package>");
  for (let at = folder, above = ""; at !== above; above = at, at = dirname(at)) {
    const found = commands.find(([lockFile]) => existsSync(join(at, lockFile)));
    if (found !== undefined) return `${cd}${found[1]} ${added}`;
  }
  return `${cd}npm install ${added}`;
}
