/**
 * Breaks a text into lines of at most `width` characters, where it has spaces. What is to be copied stays in one piece, even
 * where that is longer: a command between backticks, and a policy, which has no space.
 */
export function wrap(text: string, width: number): readonly string[] {
  const pieces = text.match(/(?:`[^`]*`|\S)+/g) ?? [];
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + piece.length <= width) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else lines.push(piece);
  }
  return lines;
}

/** The width of reports: that of the terminal, and not so wide that lines are hard to read, nor narrower than a table is. */
export function reportWidth(columns: number | undefined): number {
  return Math.min(100, Math.max(80, columns ?? 100));
}
