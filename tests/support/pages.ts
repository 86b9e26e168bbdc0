import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "./paths";

/** A block of code of a page. */
export interface CodeBlock {
  readonly page: string;
  readonly line: number;
  /** Empty for what something prints. */
  readonly language: string;
  readonly code: string;
  /** The file it is, where the line before says so: `index.ts`: */
  readonly file?: string;
}

/** Every page that people read, by its path in the checkout. */
export function pages(): string[] {
  const top = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
  return [...top, ...["docs", "examples", "templates"].flatMap((folder) => filesUnder(folder, ".md"))];
}

export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !path.includes("node_modules"))
    .map((path) => join(folder, path));
}

export function readPage(page: string): string {
  return readFileSync(join(checkout, page), "utf8");
}

export function codeBlocks(page: string, text = readPage(page)): CodeBlock[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((match) => {
    const [, language = "", code = ""] = match;
    const before = text.slice(0, match.index);
    const file = /`([\w./-]+)`:\n+$/.exec(before)?.[1];
    return { page, line: before.split("\n").length, language, code, ...(file !== undefined ? { file } : {}) };
  });
}

/**
 * Whether `printed` has the lines of a block of a page, in their order. `<name>` stands for what differs from one
 * run to the next, and `…` for anything.
 */
export function lacking(block: string, printed: string): string | undefined {
  const lines = printed.split("\n").map((line) => line.trimEnd());
  let from = 0;
  for (const expected of block.split("\n").filter((line) => line.trim() !== "")) {
    const pattern = new RegExp(
      `^${expected
        .trimEnd()
        .split(/(<[^<>]+>|…)/)
        .map((part, index) => (index % 2 === 0 ? escaped(part) : part === "…" ? ".*" : ".+?"))
        .join("")}$`,
    );
    const found = lines.findIndex((line, index) => index >= from && pattern.test(line));
    if (found < 0) return expected;
    from = found + 1;
  }
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The commands of a block, in words, without comments and quotes. */
export function commandsOf(code: string): string[][] {
  return code
    .split(/\n| && | \|\| | \| /)
    .map((command) => command.replace(/(^|\s)#.*$/, "").trim())
    .filter((command) => command !== "")
    .map((command) => command.split(/\s+/).map((word) => word.replace(/^'|'$/g, "")));
}
