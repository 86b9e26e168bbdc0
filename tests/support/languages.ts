import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Language } from "../../tools/pulumi-cli/language-hosts";

export const languages: readonly Language[] = ["yaml", "python", "go"];

/** A program with every resource, an explicit provider and a secret; in every language the same. */
export function everything(language: Language | "nodejs"): string {
  const extension = { nodejs: "ts", yaml: "yaml", python: "py", go: "go" }[language];
  return readFileSync(join(__dirname, "..", "fixtures", "programs", `everything.${extension}`), "utf8");
}
