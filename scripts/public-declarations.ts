import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/**
 * Leaves out of the package the declarations that no public one refers to: npm reads the `.npmignore` that this writes
 * into dist/. The build's last step.
 */
const checkout = join(__dirname, "..");
const dist = join(checkout, "dist");
const { exports: exported }: { exports: Record<string, { types?: string }> } = require("../package.json");

const needed = new Set<string>();
const open = Object.values(exported).flatMap(({ types }) =>
  types === undefined ? [] : join(checkout, types),
);
for (let file = open.pop(); file !== undefined; file = open.pop()) {
  if (needed.has(file)) continue;
  needed.add(file);
  open.push(...declarationsNamedIn(file));
}

const all = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".d.ts"));
const others = all.filter((path) => !needed.has(join(dist, path)));
writeFileSync(join(dist, ".npmignore"), others.map((path) => `/${path}\n`).join(""));

function declarationsNamedIn(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  return importedFiles
    .filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => declarationOf(join(dirname(file), fileName)));
}

/** What `path`, of a module or of a folder of modules, declares. */
function declarationOf(path: string): string {
  const found = [`${path}.d.ts`, join(path, "index.d.ts")].find((one) => ts.sys.fileExists(one));
  if (found === undefined) throw new Error(`${relative(checkout, path)} has no declaration.`);
  return found;
}
