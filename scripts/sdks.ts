import { rmSync } from "node:fs";
import { join } from "node:path";
import { runChild } from "../tools/pulumi-cli/child";
import { sdkGenerators } from "../tools/sdk-gen";
import { schemaFile } from "./schema/package-schema";

/** Writes the SDKs of all languages, from schema.json. */
async function main(): Promise<void> {
  const generators = await sdkGenerators({ env: process.env, log: console.log });
  const folder = join(__dirname, "..", "sdk");
  rmSync(folder, { recursive: true, force: true });
  await runChild(generators, [schemaFile, folder]);
  console.log(`Wrote ${folder}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
