import assert from "node:assert/strict";
import { ens } from "../../../emulator/ens";
import { sts } from "../../../emulator/sts";
import { filesUnder, readPage } from "../../support/pages";

const page = readPage("docs/emulator.md");

/** What is in backticks in a column of the table that begins so. */
function column(start: string, index: number): string[] {
  const rows = page.slice(page.indexOf(start)).split("\n\n")[0]?.split("\n").slice(2) ?? [];
  return rows.flatMap((row) =>
    [...(row.split(" | ")[index] ?? "").matchAll(/`([^`]+)`/g)].map(([, one]) => one ?? ""),
  );
}

describe("the page about the emulator", () => {
  it("has every action, and no other", () => {
    const actions = [...ens.actions, ...sts.actions].map(({ name }) => name);
    assert.deepEqual(column("| Action |", 0).sort(), actions.sort());
  });

  it("has every code that an action of ENS refuses with", () => {
    const sources = filesUnder("emulator/ens", ".ts").filter((file) => !file.endsWith("refusal-of.ts"));
    const codes = sources.flatMap((file) =>
      [...readPage(file).matchAll(/new Refusal\(\s*"([^"]+)"/g)].map(([, code]) => code ?? ""),
    );
    assert.ok(codes.length >= 10, String(codes.length));
    for (const code of codes) assert.ok(page.includes(`\`${code}\``), code);
  });

  it("has every lag, and every request that controls it", () => {
    const options = readPage("emulator/options.ts");
    const lags = [...options.matchAll(/readonly (\w+Ms)\?/g)].map(([, name]) => name ?? "");
    const ofOther = ["delayMs", "latencyMs"];
    assert.deepEqual(
      column("| | `--lag` |", 0),
      lags.filter((name) => !ofOther.includes(name)),
    );
    const control = readPage("emulator/control-api/index.ts");
    const operations = [...control.matchAll(/^ {2}"(\w+) ([\w/*]+)":/gm)].map(
      ([, method, path]) => `${method} /_emulator/${path}`,
    );
    const listed = column("| Request |", 0).map((one) => one.replace(/<[^>]+>/, "*"));
    assert.deepEqual([...listed, "GET /_emulator/health"].sort(), operations.sort());
  });
});
