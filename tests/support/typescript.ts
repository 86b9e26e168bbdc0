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

/** Files that were read and parsed, for programs that share most of theirs. */
export type ParsedFiles = Map<string, ts.SourceFile | undefined>;

/** What a program is compiled with. Reading what is the same for all programs takes as long as checking one. */
export function hostWith(
  parsed: ParsedFiles,
  compiler: typeof ts,
  options: ts.CompilerOptions,
): ts.CompilerHost {
  const host = compiler.createCompilerHost(options);
  const parse = host.getSourceFile;
  host.getSourceFile = (path, format, ...others) => {
    const key = `${path} ${JSON.stringify(format)}`;
    if (!parsed.has(key)) parsed.set(key, parse(path, format, ...others));
    return parsed.get(key);
  };
  return host;
}

function folderOf(version: string): string {
  return join(cacheFolder, "tools", `typescript_${version}`);
}
