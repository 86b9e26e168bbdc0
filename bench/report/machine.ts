import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, totalmem, type } from "node:os";
import { join } from "node:path";
import { packageVersion } from "../../provider/ens/package-version";
import type { PulumiCli } from "../../tools/pulumi-cli";
import { runChild } from "../../tools/pulumi-cli/child";

/** What the figures depend on, by name. It does not tell whose machine it is. */
export type Machine = Readonly<Record<string, string>>;

export async function describeMachine(cli: PulumiCli): Promise<Machine> {
  const engine = await runChild(join(cli.folder, "pulumi"), ["version"], {
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "1" },
  });
  return {
    Processor: `${cpus()[0]?.model ?? "unknown"}, ${availableParallelism()} cores`,
    Memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    System: `${type()} on ${arch()}`,
    "Node.js": process.versions.node,
    "Pulumi's engine": engine.trim().replace(/^v/, ""),
    "@pulumi/pulumi": versionOf("@pulumi/pulumi"),
    "@alicloud/openapi-client": versionOf("@alicloud/openapi-client"),
    "This package": packageVersion,
  };
}

function versionOf(name: string): string {
  const file = join(__dirname, "..", "..", "node_modules", name, "package.json");
  return JSON.parse(readFileSync(file, "utf8")).version;
}
