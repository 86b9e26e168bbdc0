import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheRoot } from "../tools/pulumi-cli/cache";

/**
 * Removes what building, `npm start` and the tests made; the Pulumi CLI too, unless `--keep-cli` is given. With `--build`
 * it removes only what building made, so that nothing is packed whose source is gone.
 */
const checkout = join(__dirname, "..");
const build = join(checkout, "dist");
/** Pulumi keeps a stack's settings beside its project. */
const demoSettings = ["Pulumi.demo.yaml", join("examples", "cross-stack", "consumer", "Pulumi.demo.yaml")];
const made = (process.argv.includes("--build") ? [build] : all()).filter((path) => existsSync(path));

for (const path of made) {
  rmSync(path, { recursive: true, force: true });
  console.log(`removed ${path}`);
}
if (made.length === 0) console.log("nothing to remove");

function all(): string[] {
  const tarballs = readdirSync(checkout).filter((name) => name.endsWith(".tgz"));
  const own = [".demo", ".cache", ...demoSettings, ...tarballs].map((name) => join(checkout, name));
  return [build, ...own, ...(process.argv.includes("--keep-cli") ? [] : cachedClis())];
}

/** Our folders in the cache, or the whole cache where nothing else is in it: the user may have named any folder. */
function cachedClis(): string[] {
  const root = cacheRoot(process.env);
  if (!existsSync(root)) return [];
  const names = readdirSync(root);
  const ours = names.filter((name) =>
    /^pulumi(-[a-z]+)*(-\d+\.\d+\.\d+|-[\da-f]{12})+(\.half-\w+)?$/.test(name),
  );
  return ours.length === names.length ? [root] : ours.map((name) => join(root, name));
}
