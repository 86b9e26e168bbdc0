import assert from "node:assert/strict";
import {
  CommandFailure,
  splitCommand,
} from "../../../provider/lifecycle/credentials/profiles/external-command";

describe("the words of a profile's command", () => {
  for (const [command, words, onWindows = words] of [
    ["tool", ["tool"]],
    ["  tool  --for  me ", ["tool", "--for", "me"]],
    [`tool 'a b' "c d" e' f'`, ["tool", "a b", "c d", "e f"]],
    [`tool "" ''`, ["tool", "", ""]],
    [`tool "a \\"b\\""`, ["tool", 'a "b"']],
    [`"C:\\Program Files\\tool.exe" x`, ["C:\\Program Files\\tool.exe", "x"]],
    ["C:\\tools\\tool.exe a\\ b", ["C:toolstool.exe", "a b"], ["C:\\tools\\tool.exe", "a\\", "b"]],
    [`tool 'a\\b' "\\$x \\n"`, ["tool", "a\\b", "$x \\n"], ["tool", "a\\b", "\\$x \\n"]],
    ["tool a\\\nb", ["tool", "ab"], ["tool", "a\\", "b"]],
  ] as const satisfies readonly (readonly [string, readonly string[], (readonly string[])?])[]) {
    it(`of ${JSON.stringify(command)} are those that aliyun starts`, () => {
      assert.deepEqual(splitCommand(command, false), words);
      assert.deepEqual(splitCommand(command, true), onWindows);
    });
  }

  for (const command of ["tool 'a", 'tool "a', "tool a\\"]) {
    it(`of ${JSON.stringify(command)} have no end`, () => {
      assert.throws(() => splitCommand(command, false), CommandFailure);
    });
  }
});
