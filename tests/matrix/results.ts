import type { Combination } from "./combinations";

/** How one combination fared. */
export interface Result extends Combination {
  /** The version that ran, where {@link Combination.sdk} leaves that open. */
  version?: string;
  outcome: "not run" | "passed" | `failed: ${string}`;
  /** Without what it took to install. */
  seconds: number;
}

/** Results as a table for people to read. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.map(({ sdk, version, node, seconds, outcome }) => [
    version ?? sdk,
    String(node),
    String(seconds),
    outcome,
  ]);
  return [["@pulumi/pulumi", "Node", "seconds", "result"], ...rows]
    .map(([sdk = "", node = "", seconds = "", result]) =>
      [sdk.padEnd(16), node.padEnd(6), seconds.padEnd(9), result].join(""),
    )
    .join("\n");
}
