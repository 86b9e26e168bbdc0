import type { Combination } from "./combinations";
import { describeCore } from "./core";
import { type Result, resultTable } from "./results";

/** Runs the core on every one of `combinations` and prints what came of it. */
export function describeMatrix(combinations: readonly Combination[]): void {
  describe("the core, on other versions", () => {
    const results: Result[] = [];
    after(() => console.log(`\n${resultTable(results)}\n`));
    for (const combination of combinations) {
      describeCore(combination, (version) => {
        const result: Result = { ...combination, sdk: version, outcome: "not run", seconds: 0 };
        results.push(result);
        return result;
      });
    }
  });
}
