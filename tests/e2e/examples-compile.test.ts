import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import type ts from "typescript";
import { filesUnder } from "../support/pages";
import { checkout } from "../support/paths";
import { hostWith, type ParsedFiles, typescriptOf } from "../support/typescript";

type Compiler = typeof ts;

/** What is wrong with a project, as `tsc` in its folder says it. `parsed` are the files that it shares with others. */
function faultsOf(compiler: Compiler, folder: string, parsed: ParsedFiles): string[] {
  const { config, error } = compiler.readConfigFile(join(folder, "tsconfig.json"), compiler.sys.readFile);
  assert.equal(error, undefined);
  // Vitest is installed where the tests of that example run, which compile these too.
  const withoutVitest = { ...config, exclude: ["node_modules", "tests/vitest", "vitest.config.mts"] };
  const { fileNames, options, errors } = compiler.parseJsonConfigFileContent(
    withoutVitest,
    compiler.sys,
    folder,
  );
  assert.ok(fileNames.length > 0, folder);
  const program = compiler.createProgram(fileNames, options, hostWith(parsed, compiler, options));
  return [...errors, ...compiler.getPreEmitDiagnostics(program)].map(({ file, messageText }) => {
    const path = file === undefined ? "tsconfig.json" : relative(checkout, file.fileName);
    return `${path}: ${compiler.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}

describe("examples and templates", function () {
  this.timeout(120_000);
  const projects = ["examples", "templates"]
    .flatMap((folder) => filesUnder(folder, "tsconfig.json"))
    .map(dirname);

  for (const version of ["5.9.3", "6.0.3"]) {
    it(`compile with TypeScript ${version}`, async () => {
      const compiler = await typescriptOf(version);
      assert.ok(projects.length >= 10);
      const parsed: ParsedFiles = new Map();
      assert.deepEqual(
        projects.flatMap((project) => faultsOf(compiler, join(checkout, project), parsed)),
        [],
      );
    });
  }
});
