import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../tools/pulumi-cli/language-hosts";

export const languages: readonly Language[] = ["yaml", "python", "go"];

const extensions = { nodejs: "ts", yaml: "yaml", python: "py", go: "go" } as const;

/** A program that says the same in every language: every resource, an explicit provider and a secret; or all look-ups. */
export function programIn(language: Language | "nodejs", name: "everything" | "look-ups"): string {
  const file = `${name}.${extensions[language]}`;
  return readFileSync(join(__dirname, "..", "fixtures", "programs", file), "utf8");
}
