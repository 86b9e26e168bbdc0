import assert from "node:assert/strict";
import { join } from "node:path";
import ts from "typescript";
import { checkout } from "../support/paths";

const classes = ["Bucket", "BucketFolder", "BucketObject", "PreparedUpload", "PreparedUploads", "Provider"];
const lookUps = ["Bucket", "PreparedUpload"];

/** What an editor shows of the built package. */
class Editor {
  readonly #file = join(checkout, "hover.ts");
  readonly #service: ts.LanguageService;
  #text = "";
  #version = 0;

  constructor() {
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.Node16,
      moduleResolution: ts.ModuleResolutionKind.Node16,
      strict: true,
      types: [],
    };
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getCurrentDirectory: () => checkout,
      getDefaultLibFileName: (given) => ts.getDefaultLibFilePath(given),
      getScriptFileNames: () => [this.#file],
      getScriptVersion: (path) => (path === this.#file ? String(this.#version) : "0"),
      getScriptSnapshot: (path) => {
        const text = path === this.#file ? this.#text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (path) => path === this.#file || ts.sys.fileExists(path),
      readFile: ts.sys.readFile,
      readDirectory: ts.sys.readDirectory,
      directoryExists: ts.sys.directoryExists,
    });
  }

  /** What is shown over the last name before `(`. */
  hover(call: string): { readonly sentence: string; readonly example: string } {
    this.#text = `import * as ens from "pulumi-alicloud-ens";\n${call}`;
    this.#version += 1;
    const info = this.#service.getQuickInfoAtPosition(this.#file, this.#text.lastIndexOf("(") - 1);
    const example = info?.tags?.find(({ name }) => name === "example");
    return {
      sentence: ts.displayPartsToString(info?.documentation),
      example: ts.displayPartsToString(example?.text),
    };
  }
}

describe("an editor", function () {
  this.timeout(60_000);
  let editor: Editor;
  before(() => {
    editor = new Editor();
  });

  for (const name of classes) {
    it(`shows a sentence and the shortest example over new ens.${name}(`, () => {
      const { sentence, example } = editor.hover(`new ens.${name}(`);
      assert.match(sentence, /^[A-Z][^.]{20,150}\.$/);
      assert.ok(example.includes(`new ens.${name}("`), example);
      assert.ok(example.trim().split("\n").length <= 10, example);
    });
  }

  for (const name of lookUps) {
    it(`shows what ens.${name}.get( does, and an example`, () => {
      const { sentence, example } = editor.hover(`ens.${name}.get(`);
      assert.match(sentence, /^[A-Z].*\.$/s);
      assert.ok(example.includes(`ens.${name}.get("`), example);
    });
  }

  it("has every class that a program can make a resource of", async () => {
    const ens: Readonly<Record<string, unknown>> = await import("pulumi-alicloud-ens");
    const made = Object.keys(ens).filter((name) => {
      const { prototype } = (ens[name] ?? {}) as { readonly prototype?: object };
      return prototype !== undefined && "getProvider" in prototype;
    });
    assert.deepEqual(made.sort(), classes);
  });
});
