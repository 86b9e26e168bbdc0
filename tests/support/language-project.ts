import { delimiter, dirname, join } from "node:path";
import { stringify } from "yaml";
import { ensureLanguageHosts, type Language } from "../../tools/pulumi-cli/language-hosts";
import { goModule } from "./go-module";
import { checkout } from "./paths";
import { pluginFolder } from "./plugin-folder";
import { testCli } from "./pulumi-cli";
import { type ProjectOptions, PulumiProject } from "./pulumi-project";
import { pythonEnvironment } from "./python-environment";

const log = (line: string) => console.error(`      ${line}`);

/** A language of which this machine has all that programs need. */
export interface UsableLanguage {
  /** What a shell has that runs its programs. */
  readonly env: Readonly<Record<string, string>>;
  /** A project that uses the plugin, with this program. */
  project(name: string, program: string, options?: ProjectOptions): Promise<PulumiProject>;
}

/** What programs need of the machine and beside them; or what the machine lacks. */
type Needs =
  | { readonly env: Readonly<Record<string, string>>; readonly files?: Readonly<Record<string, string>> }
  | { readonly lacks: string };

/** A language for the tests of a `describe`; they are skipped where what its programs need is missing. */
export function useLanguage(language: Language): () => UsableLanguage {
  let usable: UsableLanguage | undefined;
  before(`what programs in ${language} need`, async function () {
    this.timeout(20 * 60_000);
    const needs = await needsOf(language);
    if ("lacks" in needs) {
      log(`Skipped: programs in ${language} need ${needs.lacks}`);
      return this.skip();
    }
    usable = {
      env: needs.env,
      project: (name, program, options = {}) =>
        PulumiProject.create({
          ...options,
          files: { ...projectFiles(language, name, program), ...needs.files, ...options.files },
          env: { ...needs.env, ...options.env },
        }),
    };
  });
  return () => {
    if (usable === undefined) throw new Error(`${language} has not been made ready yet.`);
    return usable;
  };
}

/** Gets what programs need. What takes long is kept on the machine. */
export async function needsOf(language: Language): Promise<Needs> {
  const cli = await testCli();
  let hosts: string;
  try {
    hosts = await ensureLanguageHosts(cli, { env: process.env, log });
  } catch (error) {
    return {
      lacks: `Go 1.25 and a module proxy, to build Pulumi's host of the language: ${error instanceof Error ? error.message : error}`,
    };
  }
  const needs = await needsBesides[language]();
  if ("lacks" in needs) return needs;
  const folders = [needs.env.PATH, hosts, cli.folder, process.env.PATH].filter((path) => path !== undefined);
  return { ...needs, env: { ...needs.env, PATH: folders.join(delimiter) } };
}

const needsBesides: Readonly<Record<Language, () => Promise<Needs>>> = {
  yaml: async () => ({ env: {} }),
  python: async () => {
    const sdk = join(checkout, "sdk", "python");
    const found = await pythonEnvironment("pulumi.txt", "Pulumi's Python SDK and ours", sdk);
    if ("lacks" in found) return found;
    // Activated, as every Python host knows it.
    const bin = dirname(found.python);
    return { env: { PATH: bin, VIRTUAL_ENV: dirname(bin) } };
  },
  go: () => goModule(join(checkout, "sdk", "go"), log),
};

/** A project's files. The plugin is that of the checkout. */
export function projectFiles(
  language: Language,
  name: string,
  program: string,
): Readonly<Record<string, string>> {
  const plugins = { providers: [{ name: "alicloud-ens", path: pluginFolder() }] };
  const project = stringify({ name, runtime: language, plugins });
  if (language === "yaml") return { "Pulumi.yaml": project + program };
  return { "Pulumi.yaml": project, [language === "go" ? "main.go" : "__main__.py"]: program };
}
