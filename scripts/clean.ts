import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "../tools/pulumi-cli/cache";

/** Removes what building, `npm start` and the tests made; the Pulumi CLI too, unless `--keep-cli` is given. */
const checkout = join(__dirname, "..");
const made = [
  ...["dist", ".demo", ".cache"].map((name) => join(checkout, name)),
  ...readdirSync(checkout)
    .filter((name) => name.endsWith(".tgz"))
    .map((name) => join(checkout, name)),
  ...(process.argv.includes("--keep-cli") ? [] : [cacheRoot(process.env)]),
].filter((path) => existsSync(path));

for (const path of made) {
  rmSync(path, { recursive: true, force: true });
  console.log(`removed ${path}`);
}
if (made.length === 0) console.log("nothing to remove");
