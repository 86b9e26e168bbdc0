import { shellQuoted } from "../../provider/ens/text/shell-quoted";
import type { ConfigReader } from "../../provider/lifecycle/settings/lookup";
import { parseJson } from "../../provider/lifecycle/settings/parse-json";
import { type Finding, ok, problem, skipped, warning } from "./finding";
import { pluginLanguage } from "./project";
import { askPulumi } from "./pulumi";

/** The settings of a stack. Secrets are in clear, and stay in memory. */
export interface StackConfiguration {
  readonly read: ConfigReader;
  readonly keys: readonly string[];
  /** Whether the stack keeps the value encrypted. */
  isEncrypted(key: string): boolean;
  readonly finding: Finding;
}

interface Value {
  readonly value?: string;
  readonly secret?: boolean;
}

/** Reads a stack's configuration with the Pulumi CLI, as the stack's program would see it. */
export async function readStackConfiguration(question: {
  /** The folder of the project; `undefined` outside of one. */
  readonly project: string | undefined;
  /** A stack's name, `false` for none; `undefined` for the one that is selected. */
  readonly stack: string | false | undefined;
  readonly timeout: number;
}): Promise<StackConfiguration> {
  const { project, stack, timeout } = question;
  const environmentOnly = "so settings come from the environment only";
  if (stack === false) return nothing(skipped("configuration", `not asked for, ${environmentOnly}`));
  if (project === undefined && stack === undefined) {
    return nothing(skipped("configuration", `this folder is in no Pulumi project, ${environmentOnly}`));
  }
  const chosen = stack === undefined ? [] : ["--stack", stack];
  const [answer, selected] = await Promise.all([
    askPulumi(["config", "--json", "--show-secrets", ...chosen], timeout),
    stack ?? selectedStack(timeout),
  ]);
  if (answer.kind === "missing") {
    return nothing(skipped("configuration", `there is no Pulumi CLI to read it, ${environmentOnly}`));
  }
  const values = answer.kind === "done" ? parseJson(answer.stdout) : undefined;
  if (typeof values !== "object" || values === null) {
    const why = answer.kind === "failed" ? answer.why : "what `pulumi config` prints is not JSON";
    return nothing(unreadable(why, stack, environmentOnly));
  }
  // Pulumi gives a plugin the configuration of its own name alone.
  const namespaces =
    pluginLanguage(project) === undefined ? ["alicloud-ens:", "alicloud:"] : ["alicloud-ens:"];
  const found = new Map<string, Value>(
    Object.entries(values).filter(([key]) => namespaces.some((namespace) => key.startsWith(namespace))),
  );
  const keys = [...found.keys()];
  return {
    read: (key) => found.get(key)?.value,
    isEncrypted: (key) => found.get(key)?.secret === true,
    keys,
    finding: ok("configuration", `the stack ${selected} has ${counted(keys.length, namespaces)}`, {
      numbers: { keyCount: keys.length },
    }),
  };
}

function counted(keys: number, namespaces: readonly string[]): string {
  if (keys === 0) {
    return `no keys of ${namespaces.join(" or ")}, so settings come from the environment only`;
  }
  return `${keys} ${keys === 1 ? "key" : "keys"} of ${namespaces.join(" and ")}`;
}

async function selectedStack(timeout: number): Promise<string> {
  const answer = await askPulumi(["stack", "--show-name"], timeout);
  return answer.kind === "done" ? answer.stdout.trim() : "that is selected";
}

function unreadable(why: string, stack: string | undefined, consequence: string): Finding {
  const message = `cannot be read, ${consequence}: ${why}`;
  const leaveOut = "or leave the configuration out: --no-stack.";
  if (stack === undefined && why.startsWith("no stack selected")) {
    const remedy = `Select a stack (\`pulumi stack select <name>\`), name one (--stack <name>), ${leaveOut}`;
    return warning("configuration", message, remedy);
  }
  const command = `pulumi config${stack === undefined ? "" : ` --stack ${shellQuoted(stack, "<name>")}`}`;
  const remedy = `\`${command}\` fails in this folder: ${why}. \`pulumi up\` would too. Fix that, ${leaveOut}`;
  return problem("configuration", message, remedy);
}

function nothing(finding: Finding): StackConfiguration {
  return { read: () => undefined, keys: [], isEncrypted: () => false, finding };
}
