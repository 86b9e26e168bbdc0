import type { Spread } from "../samples";

/** The median, and the ends in brackets where they differ from it as shown. */
export function formatSpread(figure: Spread | undefined, format: (value: number) => string): string {
  if (figure === undefined) return "–";
  const [median, least, most] = [figure.median, figure.least, figure.most].map(format);
  return least === most ? `${median}` : `${median} (${least}–${most})`;
}

/** Three digits are what such figures are good for. */
export function formatNumber(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A table as Markdown has it. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
