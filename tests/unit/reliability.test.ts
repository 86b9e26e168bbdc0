import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { checkout } from "../support/paths";

interface Row {
  readonly fault: string;
  readonly seen: string;
  readonly title: string;
  readonly file: string;
}

const page = readFileSync(join(checkout, "docs", "reliability.md"), "utf8");

function rows(): readonly Row[] {
  const lines = page.split("\n").filter((line) => /^\| (?!Fault )/.test(line));
  return lines.map((line) => {
    const [fault = "", seen = "", , test = ""] = line
      .split(" | ")
      .map((cell) => cell.replace(/^\| | \|$/g, ""));
    const [, title = "", file = ""] = /^(.*) \(`([\w/-]+)`\)$/.exec(test) ?? [];
    return { fault, seen, title, file: file && `tests/${file}.test.ts` };
  });
}

/** The titles of all tests, by file: what mocha would run, without running it. */
async function testTitles(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const folder = mkdtempSync(join(tmpdir(), "ens-titles-"));
  const output = join(folder, "tests.json");
  try {
    const mocha = require.resolve("mocha/bin/mocha.js");
    const args = [mocha, "--dry-run", "--reporter", "json", "--reporter-option", `output=${output}`];
    await promisify(execFile)(process.execPath, args, { cwd: checkout, maxBuffer: 64 * 1024 * 1024 });
    const { tests } = JSON.parse(readFileSync(output, "utf8")) as {
      readonly tests: readonly { readonly title: string; readonly file: string }[];
    };
    const titles = new Map<string, Set<string>>();
    for (const { title, file } of tests) {
      const path = relative(checkout, file);
      titles.set(path, (titles.get(path) ?? new Set()).add(title));
    }
    return titles;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** All that the package may say, as it stands in the source. */
function sourceTexts(): string {
  const folder = join(checkout, "provider");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => readFileSync(join(folder, path), "utf8"))
    .join("\n")
    .replace(/["`] \+\s+["`]/g, "")
    .replace(/\$\{(name|service)\}/g, "ENS");
}

describe("the table of faults", () => {
  it("has a row for each of them, with what is seen and its test", () => {
    assert.ok(rows().length >= 40, `${rows().length} rows`);
    assert.deepEqual(
      rows().filter(({ fault, seen, title, file }) => [fault, seen, title, file].includes("")),
      [],
    );
  });

  it("names tests that there are", async function () {
    this.timeout(120_000);
    const titles = await testTitles();
    // A title that ends in … has more to it, which varies.
    const isTest = ({ title, file }: Row) =>
      [...(titles.get(file) ?? [])].some((one) =>
        title.endsWith("…") ? one.startsWith(title.slice(0, -1)) : one === title,
      );
    assert.deepEqual(
      rows().filter((row) => !isTest(row)),
      [],
    );
  });

  it("quotes what the package says", () => {
    const said = sourceTexts();
    const quotes = rows().flatMap(({ seen }) =>
      // A single word comes from ENS; a command is none of its words.
      [...seen.matchAll(/`([^`]+ [^`]+)`/g)].flatMap(([, quote]) => (quote ?? "").split("…")),
    );
    const parts = quotes.map((part) => part.trim().replace(/ \([A-Z_0-9]+\)$/, "")).filter(Boolean);
    assert.deepEqual(
      parts.filter((part) => !part.startsWith("pulumi ") && !said.includes(part)),
      [],
    );
  });
});
