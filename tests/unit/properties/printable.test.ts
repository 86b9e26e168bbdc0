import assert from "node:assert/strict";
import fc from "fast-check";
import { printable } from "../../../provider/ens/text/printable";
import { quoted } from "../../../provider/ens/text/quoted";

/** Whether a terminal or gRPC could take it for more than a character to show; by number, not by class. */
function isUnsafe(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return (
    point < 0x20 ||
    (point >= 0x7f && point <= 0x9f) ||
    (point >= 0x200b && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x2060 && point <= 0x2064) ||
    (point >= 0x2066 && point <= 0x2069) ||
    (point >= 0xd800 && point <= 0xdfff) ||
    point === 0xfeff
  );
}

const nasty = fc.string({
  unit: fc.constantFrom(
    "a",
    " ",
    "\u001b[31m",
    "\u001b]0;x\u0007",
    "\u009b2J",
    "\r",
    "\n",
    "\u0085",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\ud83d",
    "\ude00",
    "\u{1f600}",
    "\u0000",
    "\u007f",
    "…",
  ),
});
const halves = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
const anyValue = fc.oneof(
  nasty,
  halves,
  fc.string({ unit: "binary" }),
  fc.anything({
    withBigInt: true,
    withNullPrototype: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
  }),
);

describe("anything that came over the network", () => {
  it("is printed without what controls a terminal or breaks gRPC, within the limit, and the same again", () => {
    fc.assert(
      fc.property(anyValue, fc.integer({ min: 0, max: 60 }), (value, limit) => {
        const text = printable(value, limit);
        assert.ok(![...text].some(isUnsafe), JSON.stringify(text));
        assert.ok(text.length <= limit + 1);
        assert.equal(printable(text, limit), text);
        encodeURI(text);
      }),
      { numRuns: 5000 },
    );
  });

  it("is printed as it is where it is harmless", () => {
    const harmless = fc.string({ unit: "grapheme-ascii" }).map((text) => text.trim());
    fc.assert(fc.property(harmless, (text) => assert.equal(printable(text, text.length), text)));
  });

  it("is quoted in errors in one line of bounded length", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = quoted(value);
        assert.ok(text.length >= 1 && text.length <= 101);
        assert.ok(![...text].some(isUnsafe));
      }),
      { numRuns: 2000 },
    );
  });
});
