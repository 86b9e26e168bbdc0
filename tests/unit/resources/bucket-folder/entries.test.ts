import assert from "node:assert/strict";
import { entriesIn, entriesRule, entriesText } from "../../../../provider/resources/bucket-folder/entries";

describe("the entries of a folder's files", () => {
  const odd = Object.fromEntries(
    ["b", "a", "1", "__proto__", "new\nline", '"quoted" \\', "e\u0301", "\u2028"].map((name) => [name, "1"]),
  );

  it("are one text in state, whatever the files' names are", () => {
    assert.deepEqual(Object.entries(entriesIn(entriesText(odd))).sort(), Object.entries(odd).sort());
  });

  it("are the same text in any order", () => {
    assert.equal(entriesText({ b: "1", a: "2" }), '{"a":"2","b":"1"}');
  });

  it("are none, and told, where the text is something else", () => {
    for (const text of ["", "{", "[]", '"a"', "null", '{"a":1}', '{"a":{"b":"1"}}']) {
      assert.deepEqual([entriesIn(text), entriesRule.test(text)], [{}, false], text);
    }
    assert.deepEqual([entriesIn(undefined), entriesRule.test("{}")], [{}, true]);
  });
});
