import { createRequire } from "node:module";
import { join } from "node:path";
import { codeOf } from "../ens/code-of";
import { InstallationError, ProgramError } from "../ens/errors";
import { addCommand } from "./add-command";

/**
 * The folder that the program was started in. The program may change its folder, but Pulumi's provider process does
 * not.
 */
const startFolder = process.cwd();

/**
 * Whether this is the process of a component package, which the engine starts with its address as the last argument, in
 * the folder of the program that uses the component.
 */
const isPlugin = /^127\.0\.0\.1:\d+$/.test(process.argv.at(-1) ?? "");

/**
 * Checks, before a resource is registered, what would otherwise fail inside Pulumi, with a message that does not help.
 *
 * @throws InstallationError when Pulumi cannot run `specifier` for this program
 * @throws ProgramError when an option says to import the resource
 */
export function requireRunnable(
  specifier: string,
  options: { readonly import?: unknown } | undefined,
  insteadOfImport = "There is nothing in ENS to import. Leave the option `import` out: the resource is resolved by `pulumi up`.",
): void {
  requireNode();
  if (options?.import !== undefined) {
    throw new ProgramError({
      what: "Pulumi cannot import dynamic resources, of which this is one.",
      remedy: insteadOfImport,
    });
  }
  requireResolvable(specifier);
}

/** Asks for Bun and Deno by name: both also report a version of Node. */
function requireNode(): void {
  const { bun, deno } = process.versions;
  const other = bun !== undefined ? "Bun" : deno !== undefined ? "Deno" : undefined;
  if (other === undefined) return;
  throw new InstallationError({
    what: `This program is run by ${other}, for which Pulumi has no dynamic resources; they need Node.`,
    remedy: "Set `runtime: nodejs` in Pulumi.yaml; start a program of the Automation API with `node`.",
  });
}

const resolvable = new Set<string>();

/** @throws InstallationError when the program's folder does not have what `specifier` names */
export function requireResolvable(specifier: string): void {
  // For an inline program, Pulumi's project names the current folder of the process that runs it.
  const inline = process.env.PULUMI_NODEJS_PROJECT === undefined;
  const folder = inline ? process.cwd() : startFolder;
  const place = join(folder, specifier);
  if (resolvable.has(place)) return;
  try {
    createRequire(join(folder, "program.js")).resolve(specifier);
  } catch (cause) {
    if (!isNotFound(cause)) throw cause;
    throw new InstallationError(
      {
        what: `Pulumi runs this package from the program's folder, and ${specifier} cannot be found from ${folder}.`,
        remedy: remedyIn(folder, inline),
      },
      { cause },
    );
  }
  resolvable.add(place);
}

function remedyIn(folder: string, inline: boolean): string {
  const add = `\`${addCommand(folder)}\``;
  if (isPlugin) {
    return `It is used by a component, which runs in a process of its own. Install it in the program too, as a direct dependency: ${add}.`;
  }
  if (!inline) return `Install it there, as a direct dependency: ${add}.`;
  return (
    'Start this process in the folder of a project that has it, or `process.chdir("<folder>")` before the stack is ' +
    `created; or install it: ${add}.`
  );
}

/** Whether Node found no such package, or not this subpath in the one it found. */
function isNotFound(error: unknown): boolean {
  const code = codeOf(error);
  return code === "MODULE_NOT_FOUND" || code === "ERR_PACKAGE_PATH_NOT_EXPORTED";
}
