import assert from "node:assert/strict";
import { printable } from "../../../provider/ens/text/printable";
import { quoted } from "../../../provider/ens/text/quoted";

/** Arrays in arrays, deeper than JSON.stringify can follow. */
const bottomless = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);

describe("text of the network", () => {
  for (const [what, text, expected] of [
    ["escape sequences", "a\u001b[31mred", "a [31mred"],
    ["new lines", "a\r\nb\u2028c\u0085d", "a b c d"],
    ["bidirectional overrides", "a\u202eb", "a b"],
    // The gRPC server of Pulumi's provider process ends with a URIError on one.
    ["halves of surrogate pairs", "a\ud83db", "a b"],
  ] as const) {
    it(`is printed without ${what}`, () => assert.equal(printable(text), expected));
  }

  it("is cut off between characters, not within one", () => {
    assert.equal(printable("ab\u{1f600}", 3), "ab…");
  });

  it("is printed as JSON where it is none", () => {
    assert.equal(printable({ toString: 1 }), '{"toString":1}');
    assert.equal(printable(7), "7");
    assert.equal(printable(undefined), "");
    assert.equal(printable(null), "");
  });

  it("is named by its type where no JSON can be made of it", () => {
    assert.equal(printable(7n), "bigint");
    assert.equal(printable(bottomless), "object");
  });
});

describe("values in errors", () => {
  for (const [value, expected] of [
    [undefined, "nothing"],
    [null, "null"],
    ["", '""'],
    ["a\n", '"a\\n"'],
    [[7], "[7]"],
    [Number.NaN, "null"],
    [7n, "bigint"],
    [bottomless, "object"],
  ] as const) {
    it(`are quoted: ${expected}`, () => assert.equal(quoted(value), expected));
  }

  it("are quoted in a hundred characters", () => {
    assert.equal(quoted("x".repeat(1000)), `"${"x".repeat(99)}…`);
  });
});
