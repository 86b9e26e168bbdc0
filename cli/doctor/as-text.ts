import { inspect } from "node:util";
import type { Finding } from "./finding";
import type { Report, ShownSetting } from "./report";
import { wrap } from "./wrap";

/** How each status looks; the word alone says it too. */
const looks = {
  ok: { word: "ok", colour: "green" },
  warning: { word: "warning", colour: "yellow" },
  problem: { word: "PROBLEM", colour: "red" },
  skipped: { word: "skipped", colour: "gray" },
} as const;

type StyleName = "bold" | (typeof looks)[Finding["status"]]["colour"];
type Style = (name: StyleName, text: string) => string;
type Wrong = Extract<Finding, { remedy: string }>;

/** How a report is to look. */
export interface Look {
  readonly coloured: boolean;
  /** In characters. */
  readonly width: number;
}

/** A report for people: what was looked at, the settings, and at the end what is wrong and what to do. */
export function asText({ version, checks, settings }: Report, { coloured, width }: Look): string {
  const style: Style = (name, text) => {
    const [on, off] = inspect.colors[name] ?? [0, 0];
    return coloured ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  };
  const wrong = [...withStatus(checks, "problem"), ...withStatus(checks, "warning")].filter(hasRemedy);
  return [
    style("bold", `pulumi-alicloud-ens ${version}`),
    "",
    ...checkLines(checks, style, width),
    "",
    style("bold", "Settings"),
    ...settingLines(settings, width),
    "",
    style("bold", conclusion(checks)),
    ...wrong.flatMap((finding) => ["", ...wrongLines(finding, style, width)]),
    "",
  ].join("\n");
}

/** `  ok       clock          agrees with that of ENS` */
function checkLines(checks: readonly Finding[], style: Style, width: number): readonly string[] {
  const nameWidth = widest(checks.map(({ name }) => name));
  return checks.flatMap(({ name, status, message }) => {
    const { word, colour } = looks[status];
    const first = `  ${style(colour, word.padEnd(9))}${name.padEnd(nameWidth)}  `;
    return indented(first, 13 + nameWidth, message, width);
  });
}

/** A wider value moves its own place only; the places of the others stay in one column. */
const widestValue = 30;

/** `  region  cn-hangzhou  stack configuration alicloud:region`; the place has a line of its own where that is too long. */
function settingLines(settings: readonly ShownSetting[], width: number): readonly string[] {
  const nameWidth = widest(settings.map(({ name }) => name));
  const values = settings.map(shownValue);
  const valueWidth = widest(values.filter(({ length }) => length <= widestValue));
  const margin = 4 + nameWidth;
  return settings.flatMap(({ name, from }, index) => {
    const value = values[index] ?? "";
    const row = `  ${name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${from}`;
    if (row.length <= width) return [row];
    return [`  ${name.padEnd(nameWidth)}  ${value}`, ...indented(" ".repeat(margin), margin, from, width)];
  });
}

function shownValue({ value, valueMs, valueSeconds }: ShownSetting): string {
  if (valueMs !== undefined) return `${valueMs} ms`;
  if (valueSeconds !== undefined) return `${valueSeconds} s`;
  return value === undefined ? "(not shown)" : String(value);
}

/** What is wrong, what to do, and then what is long. */
function wrongLines(finding: Wrong, style: Style, width: number): readonly string[] {
  const { name, status, message, remedy, details = [] } = finding;
  const { word, colour } = looks[status];
  const first = `  ${style(colour, word)} ${name}: `;
  const hanging = word.length + name.length + 5;
  return [
    ...indented(first, hanging, message, width),
    ...remedy.split("\n").flatMap((paragraph) => indented("  ", 2, paragraph, width)),
    ...details.flatMap(({ title, lines }) => [
      `  ${title}:`,
      ...lines.flatMap((line) => indented("    ", 6, line, width)),
    ]),
  ];
}

/** A text after `first`, whose further lines have `margin` spaces before them. `first` may have colours. */
function indented(first: string, margin: number, text: string, width: number): readonly string[] {
  const [start = "", ...more] = wrap(text, width - margin);
  return [`${first}${start}`, ...more.map((line) => " ".repeat(margin) + line)];
}

function withStatus(checks: readonly Finding[], status: Finding["status"]): readonly Finding[] {
  return checks.filter((check) => check.status === status);
}

function hasRemedy(finding: Finding): finding is Wrong {
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
  if (counts.length === 0) return "Nothing is wrong.";
  const isFine = withStatus(checks, "problem").length === 0;
  return `${isFine ? "No problem, but " : ""}${counts.join(" and ")}:`;
}
