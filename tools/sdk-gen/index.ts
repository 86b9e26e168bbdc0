import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cached, isCached, publish } from "../pulumi-cli/cache";
import { type BuildContext, buildPrograms, requireGo } from "../pulumi-cli/go";

const name = "pulumi-sdk-generators";

/** The program that writes the SDKs of a schema, from the cache; it is built first if need be. */
export async function sdkGenerators(context: BuildContext): Promise<string> {
  const { env, log } = context;
  const kept = { name, version: contentVersion() };
  if (!(await isCached(env, kept))) {
    await requireGo(context);
    const program = {
      what: "Building the generators of Pulumi's SDKs (2 minutes on 2 cores)",
      folder: "../sdk-gen",
      program: "pulumi-alicloud-ens/tools/sdk-gen",
    };
    await publish(env, kept, "source", (folder) => buildPrograms(context, folder, [program]));
    log(`The generators are kept in ${cached(env, kept)}; \`npm run clean\` removes them.`);
  }
  return join(cached(env, kept), "bin", "sdk-gen");
}

/** Another one whenever the program or what it requires is. */
function contentVersion(): string {
  const hash = createHash("sha256");
  for (const file of ["main.go", "go.mod", "go.sum"]) hash.update(readFileSync(join(__dirname, file)));
  return hash.digest("hex").slice(0, 12);
}
