import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "../tools/pulumi-cli/cache";

/** Removes what building, `npm start` and the tests made; the Pulumi CLI too, unless `--keep-cli` is given. */
const checkout = join(__dirname, "..");
/** Pulumi keeps a stack's settings beside its project. */
const demoSettings = ["Pulumi.demo.yaml", join("examples", "cross-stack", "consumer", "Pulumi.demo.yaml")];
const made = [
  ...["dist", ".demo", ".cache", ...demoSettings].map((name) => join(checkout, name)),
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
