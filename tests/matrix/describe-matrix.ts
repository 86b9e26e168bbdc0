import type { Combination } from "./combinations";
import { describeCore } from "./core";
import { removeSdks } from "./installation";
import { type Result, resultTable } from "./results";

/** Runs the core on every one of `combinations` and prints what came of it. */
export function describeMatrix(combinations: readonly Combination[]): void {
  describe("the core, on other versions", () => {
    const results = combinations.map(
      (combination): Result => ({ ...combination, outcome: "not run", seconds: 0 }),
    );
    after(async () => {
      console.log(`\n${resultTable(results)}\n`);
      await removeSdks();
    });
    for (const result of results) describeCore(result);
  });
}
