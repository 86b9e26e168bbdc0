import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageVersion } from "../../provider/ens/package-version";
import { checkout } from "../../tests/support/paths";
import { bundle } from "./bundle";
import { launchers } from "./launchers";
import { pack } from "./pack";

/**
 * `npm run plugin:bundle`: the plugin as one file that `pulumi plugin install --file` takes. It has all its packages in it,
 * and needs nothing but Node.
 *
 * @param target - The folder for the file. Default: the checkout.
 */
async function main(target = checkout): Promise<void> {
  const archive = join(target, `pulumi-resource-alicloud-ens-v${packageVersion}.tar.gz`);
  const folder = mkdtempSync(join(tmpdir(), "ens-plugin-"));
  try {
    const licenses = await bundle(join(folder, "main.js"));
    writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), licenses);
    copyFileSync(join(checkout, "LICENSE"), join(folder, "LICENSE"));
    copyFileSync(join(checkout, "provider/fronts/plugin/schema.json"), join(folder, "schema.json"));
    for (const [name, text] of Object.entries(launchers)) {
      writeFileSync(join(folder, name), text);
      chmodSync(join(folder, name), 0o755);
    }
    await pack(folder, archive);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(archive);
}

main(process.argv[2]).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
