import { createRequire } from "node:module";
import { join } from "node:path";
import { satisfies } from "semver";
import { InstallationError } from "../../../provider/ens/errors";
import { packageVersion } from "../../../provider/ens/package-version";
import { addCommand } from "../../../provider/resource/add-command";
import { requireResolvable } from "../../../provider/resource/require-runnable";
import { resources } from "../../../provider/resources/registry";
import { type Finding, ok, problem, skipped, warning } from "../finding";
import { pluginLanguage } from "../project";
import { askPulumi } from "../pulumi";

const { engines, peerDependencies } = require("pulumi-alicloud-ens/package.json") as {
  readonly engines: { readonly node: string };
  readonly peerDependencies: Readonly<Record<string, string>>;
};
const supportedSdk = peerDependencies["@pulumi/pulumi"] ?? "*";
const oldestNode = engines.node.replace(">=", "");
const oldestPulumi = supportedSdk.replace("^", "");
/** A prerelease counts like its release. */
const withPrereleases = { includePrerelease: true };

export function checkNode(): Finding {
  const { version } = process;
  if (satisfies(version, engines.node, withPrereleases)) return ok("node", version);
  return problem(
    "node",
    `${version} is too old`,
    `Install Node.js ${oldestNode} or newer; this is ${version}.`,
  );
}

/** Whether Pulumi's provider process, which looks from the program's folder, will find this package. */
export function checkPackage(project: string | undefined): Finding {
  if (project === undefined) return ok("package", packageVersion);
  const language = pluginLanguage(project);
  if (language !== undefined) {
    return skipped("package", `not looked for: a program of the runtime ${language} uses the plugin`);
  }
  try {
    for (const { subpath } of Object.values(resources)) requireResolvable(`pulumi-alicloud-ens/${subpath}`);
    return ok("package", `${packageVersion}, found from ${process.cwd()}`);
  } catch (error) {
    if (!InstallationError.isInstance(error)) throw error;
    return problem(
      "package",
      "not installed in this folder",
      `Pulumi runs it from the program's folder. Install it there, as a direct dependency: \`${addCommand(process.cwd())}\`.`,
    );
  }
}

export async function checkCli(project: string | undefined, timeout: number): Promise<Finding> {
  // Without a project, nothing needs a CLI yet.
  const warningOrProblem = project === undefined ? warning : problem;
  const install =
    `Install Pulumi ${oldestPulumi} or newer so that \`pulumi\` is on PATH: ` +
    "https://www.pulumi.com/docs/iac/download-install/";
  const answer = await askPulumi(["version"], timeout);
  if (answer.kind === "missing") return warningOrProblem("pulumi", "there is no Pulumi CLI on PATH", install);
  if (answer.kind === "failed") {
    return warningOrProblem(
      "pulumi",
      "the Pulumi CLI does not run",
      `\`pulumi version\` failed: ${answer.why}. ${install}`,
    );
  }
  const version = answer.stdout.trim();
  if (satisfies(version, `>=${oldestPulumi}`, withPrereleases)) return ok("pulumi", version);
  return warningOrProblem("pulumi", `${version} is too old`, `The Pulumi CLI is ${version}. ${install}`);
}

/** The program's copy of Pulumi's SDK. */
export function checkSdk(project: string | undefined): Finding {
  if (project === undefined) return skipped("sdk", "not looked for: this folder is in no Pulumi project");
  const language = pluginLanguage(project);
  if (language !== undefined) return skipped("sdk", `not looked for: the runtime ${language} has its own`);
  const install = `Install it: \`${addCommand(project, `@pulumi/pulumi@^${oldestPulumi}`)}\`.`;
  const version = sdkVersion();
  if (version === undefined) {
    const remedy = `@pulumi/pulumi cannot be found from ${process.cwd()}. ${install}`;
    return problem("sdk", "@pulumi/pulumi is not installed in this folder", remedy);
  }
  if (satisfies(version, supportedSdk, withPrereleases)) return ok("sdk", `@pulumi/pulumi ${version}`);
  const remedy = `@pulumi/pulumi is ${version}; this package works with ^${oldestPulumi}. ${install}`;
  return problem("sdk", `@pulumi/pulumi ${version} is not supported`, remedy);
}

function sdkVersion(): string | undefined {
  try {
    const program = createRequire(join(process.cwd(), "program.js"));
    return (program("@pulumi/pulumi/package.json") as { readonly version: string }).version;
  } catch {
    return undefined;
  }
}
