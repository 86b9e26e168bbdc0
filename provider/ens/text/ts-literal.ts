/** A text as one writes it in TypeScript, on one line and without a backtick: `"eu"`. */
export function textLiteral(text: string): string {
  return JSON.stringify(text).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}`]/gu, (character) =>
    [...Array(character.length).keys()].map((n) => escaped(character.charCodeAt(n))).join(""),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
