import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../tests/support/paths";
import type { Results } from "../results";
import { plots } from "./plots";
import { report } from "./report";

/** Writes the figures of each workload into docs/performance.md, between its two marks, and the plots beside it. */
export function writeReport(results: Results): void {
  const folder = join(checkout, "docs");
  const drawn = plots(results);
  for (const { file, svg } of [...drawn.sites, ...drawn.files]) writeFileSync(join(folder, file), svg);
  const page = join(folder, "performance.md");
  let text = readFileSync(page, "utf8");
  for (const [workload, section] of Object.entries(report(results, drawn))) {
    const begin = `<!-- What follows is written by npm run bench -- --workload ${workload}. -->`;
    const end = `<!-- What precedes is written by npm run bench -- --workload ${workload}. -->`;
    const [before, rest] = text.split(begin);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined)
      throw new Error(`${page} has lost the marks "${begin}" and "${end}".`);
    text = `${before}${begin}\n\n${section}\n\n${end}${after}`;
  }
  writeFileSync(page, text);
}
