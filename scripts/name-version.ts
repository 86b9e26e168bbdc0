import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageVersion } from "../provider/ens/package-version";

/**
 * `npm version` runs it: what users read and copy names the version that package.json has, and so does what CHANGELOG.md has
 * as unreleased, with the date.
 */
const checkout = join(__dirname, "..");
const read = ["README.md", ...["docs", "examples", "templates"].flatMap(filesUnder)].filter(
  (path) => /\.(md|json|yaml|txt)$/.test(path) && !/^docs\/(decisions\/|performance\.md)/.test(path),
);
const ranges = /(alicloud-ens": "\^)\d+\.\d+\.\d+/g;
/** Commands, and what the command prints, also as JSON. */
const inPages = /(alicloud-ens(?:-v| )|\bpackage {2,}|^ {2}"version": ")\d+\.\d+\.\d+/gm;

for (const path of read) {
  replaceIn(path, path.endsWith(".md") ? inPages : ranges, `$1${packageVersion}`);
}
const today = new Date().toISOString().slice(0, "2026-11-30".length);
replaceIn("CHANGELOG.md", /^## Unreleased$/m, `## ${packageVersion} (${today})`);

function replaceIn(path: string, from: RegExp, to: string): void {
  const file = join(checkout, path);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(from, to);
  if (changed === text) return;
  writeFileSync(file, changed);
  console.log(`${path} names ${packageVersion}`);
}

function filesUnder(folder: string): string[] {
  if (!statSync(join(checkout, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules"))
    .map((path) => join(folder, path));
}
