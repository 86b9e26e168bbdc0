import type { Combination } from "./combinations";

/** How one combination fared. */
export interface Result extends Combination {
  outcome: "not run" | "passed" | `failed: ${string}`;
  /** Without what it took to install. */
  seconds: number;
}

/** Results as a table for people to read. */
export function resultTable(results: readonly Result[]): string {
  const rows = results.map(({ sdk, node, seconds, outcome }) => [
    sdk,
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
