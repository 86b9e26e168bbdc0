import type { Spread } from "../samples";

/** The median; with least and most in brackets, where these are not the same as printed. */
export function formatSpread(figure: Spread | undefined, format: (value: number) => string): string {
  if (figure === undefined) return "–";
  const [median, least, most] = [figure.median, figure.least, figure.most].map(format);
  return least === most ? `${median}` : `${median} (${least}–${most})`;
}

/** Measured figures are not precise to more than three digits. */
export function formatNumber(value: number): string {
  if (Math.abs(value) >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A table as Markdown has it. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}
