import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pluginLanguage, projectFolder } from "../../../cli/doctor/project";

describe("the project that the doctor is in", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "ens-project-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is that of the folder, or of one above", () => {
    const inside = join(folder, "a", "b");
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), "");
    assert.equal(projectFolder(inside), folder);
    assert.equal(projectFolder(folder), folder);
  });

  for (const [file, text, expected] of [
    ["Pulumi.yaml", "name: x\nruntime: nodejs\n", undefined],
    ["Pulumi.yaml", "name: x\nruntime:\n  name: nodejs\n  options: { typescript: false }\n", undefined],
    ["Pulumi.yaml", "name: x\n", undefined],
    ["Pulumi.yaml", "runtime: bun\n", undefined],
    ["Pulumi.yaml", "config:\n  runtime: go\n", undefined],
    ["Pulumi.yaml", "name: x\nruntime: yaml # of Pulumi\n", "yaml"],
    ["Pulumi.yml", "runtime: { name: 'go' }\n", "go"],
    ["Pulumi.yaml", 'runtime:\n  name: "python"\n  options:\n    virtualenv: venv\n', "python"],
    ["Pulumi.json", '{ "name": "x", "runtime": "python" }', "python"],
    ["Pulumi.json", '{\n  "name": "x",\n  "runtime": {\n    "name": "dotnet"\n  }\n}', "dotnet"],
  ] as const) {
    it(`has the language ${expected ?? "of Node"} by ${JSON.stringify(text)}`, () => {
      writeFileSync(join(folder, file), text);
      assert.equal(pluginLanguage(folder), expected);
    });
  }
});
