import assert from "node:assert/strict";
import fc from "fast-check";
import { isRecord } from "../../../../provider/ens/is-record";
import {
  joined,
  type Mark,
  type Marks,
  remark,
  secretsIn,
  unmark,
} from "../../../../provider/fronts/plugin/marks";
import { secretOf, secretValue } from "../../../../provider/fronts/secret-values";

const name = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== "__proto__");

/** Values with marks anywhere, as the engine passes them. */
const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
    tie("value").map(secretValue),
  ),
}));
const anyProperties = fc.dictionary(name, anyValue, { maxKeys: 4 });

/** All texts that stand in no mark. */
function openTexts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (secretOf(value) !== undefined) return [];
  if (Array.isArray(value)) return value.flatMap(openTexts);
  return isRecord(value) ? Object.values(value).flatMap(openTexts) : [];
}

function holdsMark(value: unknown): boolean {
  if (secretOf(value) !== undefined) return true;
  if (Array.isArray(value)) return value.some(holdsMark);
  return isRecord(value) && Object.values(value).some(holdsMark);
}

describe("the marks of secrets", () => {
  it("are off after unmark, and what was secret is secret again after remark", () => {
    fc.assert(
      fc.property(anyProperties, (given) => {
        const { properties, marks } = unmark(given);
        assert.ok(!holdsMark(properties));
        const again = Object.fromEntries(
          Object.entries(properties).map(([key, value]) => [key, remark(value, marks[key])]),
        );
        assert.deepEqual(unmark(again).properties, properties);
        const before = openTexts(given);
        for (const text of openTexts(again)) assert.ok(before.includes(text));
      }),
    );
  });

  it("are on one member where one is secret, and on all of a list where one of its is", () => {
    const given = {
      sites: { a: secretValue(1), b: 2 },
      list: [1, secretValue(2)],
      all: secretValue({ c: 3 }),
    };
    const { properties, marks } = unmark(given);
    const expected: Marks = { sites: { a: "whole" }, list: "inside", all: "whole" };
    assert.deepEqual({ ...marks }, expected);
    assert.deepEqual([...secretsIn(marks)], ["all"]);
    assert.deepEqual(remark({ b: 2, c: 3, a: 4 }, marks.sites), { b: 2, c: 3, a: secretValue(4) });
    assert.deepEqual(remark(properties.list, marks.list), secretValue([1, 2]));
    assert.deepEqual(remark("a text now", marks.sites), secretValue("a text now"));
    assert.equal(remark(undefined, "whole"), undefined);
  });

  it("are those of both when they are joined", () => {
    const inside: Mark = { a: "whole" };
    assert.deepEqual(joined({ one: "whole", two: inside }, { one: inside, two: "whole", three: "inside" }), {
      one: "whole",
      two: "whole",
      three: "inside",
    });
  });
});
