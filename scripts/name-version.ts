import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageVersion } from "../provider/ens/package-version";

/** `npm version` runs it: what users read and copy names the version that package.json has. */
const checkout = join(__dirname, "..");
const read = ["README.md", ...["docs", "examples", "templates"].flatMap(filesUnder)].filter(
  (path) => /\.(md|json|yaml|txt)$/.test(path) && !/^docs\/(decisions\/|performance\.md)/.test(path),
);
const named = /(alicloud-ens(?:-v|": "\^| )|\bpackage {2,})\d+\.\d+\.\d+/g;

for (const path of read) {
  const file = join(checkout, path);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(named, `$1${packageVersion}`);
  if (changed === text) continue;
  writeFileSync(file, changed);
  console.log(`${path} names ${packageVersion}`);
}

function filesUnder(folder: string): string[] {
  if (!statSync(join(checkout, folder), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => !path.includes("node_modules"))
    .map((path) => join(folder, path));
}
