import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile, Plugin } from "esbuild";
import { build } from "esbuild";
import { httpxPaths } from "../../provider/ens/transport/httpx-copies";
import { checkout } from "../../tests/support/paths";

/**
 * Writes the plugin and all packages that it needs as one file.
 *
 * @returns the licenses of these packages
 */
export async function bundle(outfile: string): Promise<string> {
  const { metafile } = await build({
    absWorkingDir: checkout,
    entryPoints: ["provider/fronts/plugin/main.ts"],
    bundle: true,
    platform: "node",
    target: "node20",
    minify: true,
    // Errors are told apart by their names.
    keepNames: true,
    legalComments: "none",
    outfile,
    metafile: true,
    // `urllib`, which ali-oss loads and which sends nothing here, has it only where the user installs it.
    external: ["proxy-agent"],
    plugins: [httpxInside],
    logLevel: "error",
  });
  return licensesOf(metafile);
}

/** The vendor's libraries look for their own copies of httpx, which a bundler cannot follow. */
const httpxInside: Plugin = {
  name: "httpx inside",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]httpx-copies\.ts$/ }, () => {
      const copies = httpxPaths().map((path) => `require(${JSON.stringify(path)})`);
      return { contents: `exports.httpxCopies = () => new Set([${copies.join()}]);`, loader: "js" };
    });
  },
};

function licensesOf({ inputs }: Metafile): string {
  const packages = new Set(
    Object.keys(inputs).flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []),
  );
  return [...packages].sort().map(licenseOf).join("\n");
}

function licenseOf(folder: string): string {
  const path = join(checkout, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(path, "package.json"), "utf8"));
  const file = readdirSync(path).find((one) => /^licen[cs]e/i.test(one));
  const text =
    file !== undefined && existsSync(join(path, file)) ? readFileSync(join(path, file), "utf8") : "";
  return `${name} ${version}: ${typeof license === "string" ? license : "see below"}\n\n${text}\n${"-".repeat(80)}`;
}
