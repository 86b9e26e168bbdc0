import { join } from "node:path";
import type ts from "typescript";
import { installOnce } from "./package-managers";
import { cacheFolder } from "./paths";

/** A version of the compiler; it is kept between runs. */
export async function typescriptOf(version: string): Promise<typeof ts> {
  return require(
    await installOnce(folderOf(version), `typescript@${version}`, join("typescript", "lib", "typescript.js")),
  );
}

/** The path of its `tsc`. */
export async function tscOf(version: string): Promise<string> {
  return installOnce(folderOf(version), `typescript@${version}`, join("typescript", "bin", "tsc"));
}

function folderOf(version: string): string {
  return join(cacheFolder, "tools", `typescript_${version}`);
}
