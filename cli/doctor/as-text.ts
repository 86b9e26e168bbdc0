import { inspect } from "node:util";
import type { Finding } from "./finding";
import type { Report } from "./report";

/** How each status looks; the word alone says it too. */
const looks = {
  ok: { word: "ok", colour: "green" },
  warning: { word: "warning", colour: "yellow" },
  problem: { word: "PROBLEM", colour: "red" },
  skipped: { word: "skipped", colour: "gray" },
} as const;

type Style = "bold" | (typeof looks)[Finding["status"]]["colour"];

/** A report for people: what was looked at, the settings, and at the end what is wrong and what to do. */
export function asText({ version, checks, settings }: Report, coloured: boolean): string {
  const style = (name: Style, text: string) => {
    const [on, off] = inspect.colors[name] ?? [0, 0];
    return coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  };
  const status = (finding: Finding, width: number) => {
    const { word, colour } = looks[finding.status];
    return style(colour, word.padEnd(width));
  };
  const nameWidth = widest(checks.map(({ name }) => name));
  const settingWidth = widest(settings.map(({ name }) => name));
  const valueWidth = widest(settings.map(({ value = hidden }) => value));
  const wrong = [...withStatus(checks, "problem"), ...withStatus(checks, "warning")].filter(hasRemedy);
  return [
    style("bold", `pulumi-alicloud-ens ${version}`),
    "",
    ...checks.map((check) => `  ${status(check, 9)}${check.name.padEnd(nameWidth)}  ${check.message}`),
    "",
    style("bold", "Settings"),
    ...settings.map(({ name, value = hidden, from }) =>
      ["", name.padEnd(settingWidth), value.padEnd(valueWidth), from].join("  "),
    ),
    "",
    style("bold", conclusion(checks)),
    ...wrong.flatMap((check) => [
      "",
      `  ${status(check, 0)} ${check.name}: ${check.message}`,
      `  ${check.remedy}`,
    ]),
    "",
  ].join("\n");
}

const hidden = "(not shown)";

function withStatus(checks: readonly Finding[], status: Finding["status"]): readonly Finding[] {
  return checks.filter((check) => check.status === status);
}

function hasRemedy(finding: Finding): finding is Extract<Finding, { remedy: string }> {
  return "remedy" in finding;
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(({ length }) => length));
}

function conclusion(checks: readonly Finding[]): string {
  const counts = (["problem", "warning"] as const).flatMap((status) => {
    const { length } = withStatus(checks, status);
    return length === 0 ? [] : [`${length} ${status}${length === 1 ? "" : "s"}`];
  });
  return counts.length === 0 ? "Nothing is wrong." : `${counts.join(" and ")}:`;
}
