import { existsSync } from "node:fs";
import { chmod, copyFile } from "node:fs/promises";
import { join } from "node:path";
import type { PulumiCli } from ".";
import { cached, isCached, type Kept, publish } from "./cache";
import { type BuildContext, buildPrograms, requireGo } from "./go";
import { requiredVersion } from "./versions";

/** A language other than Node's whose programs run in the tests. */
export type Language = "yaml" | "python" | "go";

const sdk = "github.com/pulumi/pulumi/sdk/v3";
const yaml = "github.com/pulumi/pulumi-yaml";
const [ofSdk, ofYaml] = ["language-hosts/python-and-go", "language-hosts/yaml"] as const;

const programs = [
  {
    what: "Building Pulumi's Go host (1 minute on 2 cores)",
    folder: ofSdk,
    program: `${sdk}/go/pulumi-language-go`,
  },
  {
    what: "Building Pulumi's Python host",
    folder: ofSdk,
    program: `${sdk}/python/cmd/pulumi-language-python`,
  },
  {
    what: "Building Pulumi's YAML host (2 minutes)",
    folder: ofYaml,
    program: `${yaml}/cmd/pulumi-language-yaml`,
  },
];

/** Where the built ones are kept. */
export const keptHosts: Kept = {
  name: "pulumi-language-hosts",
  version: `${requiredVersion(ofSdk, sdk)}-${requiredVersion(ofYaml, yaml)}`,
};

/**
 * The folder that has the hosts of all these languages: that of the CLI, or one in the cache, where they are built first
 * if need be. It must be on PATH.
 */
export async function ensureLanguageHosts(cli: PulumiCli, context: BuildContext): Promise<string> {
  const names = programs.map(({ program }) => program.split("/").at(-1) ?? "");
  if (names.every((name) => existsSync(join(cli.folder, name)))) return cli.folder;
  const { env, log } = context;
  if (!(await isCached(env, keptHosts))) {
    await requireGo(context);
    await publish(env, keptHosts, "source", (folder) =>
      buildPrograms(context, folder, programs, async (go) => {
        const sources = (await go(ofSdk, ["list", "-m", "-f", "{{.Dir}}", sdk])).trim();
        await copyPythonScript(join(sources, "python", "cmd"), join(folder, "bin"));
      }),
    );
    log(`Pulumi's language hosts are kept in ${cached(env, keptHosts)}; \`npm run clean\` removes them.`);
  }
  return join(cached(env, keptHosts), "bin");
}

/** The Python host runs a program by a script, which it looks for beside itself. */
async function copyPythonScript(from: string, to: string): Promise<void> {
  const script = "pulumi-language-python-exec";
  await copyFile(join(from, script), join(to, script));
  await chmod(join(to, script), 0o755);
}
