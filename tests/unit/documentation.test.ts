import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import * as api from "../../provider";
import { apiError } from "../../provider/ens/api-errors";
import { stackConfiguration } from "../../provider/lifecycle/settings/source";
import { cacheFolder, checkout } from "../support/paths";

const readme = readFileSync(join(checkout, "README.md"), "utf8");

/** Code that readers are meant to copy: the blocks of documents and of doc comments. */
function codeBlocks(): { readonly from: string; readonly code: string }[] {
  const documents = ["README.md", "CONTRIBUTING.md", ...filesUnder("examples", ".md")];
  const sources = ["provider", "emulator", "testing"].flatMap((folder) => filesUnder(folder, ".ts"));
  return [...documents, ...sources].flatMap((from) => {
    const text = readFileSync(join(checkout, from), "utf8").replace(/^ *\* ?/gm, (start) =>
      from.endsWith(".md") ? start : "",
    );
    return [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => ({ from, code: code ?? "" }));
  });
}

function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(checkout, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending) && !path.includes("node_modules"))
    .map((path) => join(folder, path));
}

/** The cells of the table that follows `start`. */
function table(start: string): string[][] {
  const rows = readme.slice(readme.indexOf(start)).split("\n\n")[0]?.split("\n").slice(2) ?? [];
  return rows.map((row) => row.split(/ ?\| ?/).slice(1, -1));
}

function codes(cell: string | undefined): string[] {
  return [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? "");
}

describe("the documentation", () => {
  it("has code that compiles", function () {
    this.timeout(60_000);
    mkdirSync(cacheFolder, { recursive: true });
    const folder = mkdtempSync(join(cacheFolder, "code-blocks-"));
    try {
      const blocks = codeBlocks();
      assert.ok(blocks.length >= 8, `${blocks.length} blocks`);
      const origins = new Map(
        blocks.map(({ from, code }, index) => {
          const path = join(folder, `block-${index}.ts`);
          writeFileSync(path, code);
          return [path, from] as const;
        }),
      );
      const { config } = ts.readConfigFile(join(checkout, "tsconfig.json"), ts.sys.readFile);
      const { options } = ts.parseJsonConfigFileContent(
        { compilerOptions: config.compilerOptions },
        ts.sys,
        checkout,
      );
      const program = ts.createProgram([...origins.keys()], options);
      const faults = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
        const from =
          file === undefined ? "" : (origins.get(file.fileName) ?? relative(checkout, file.fileName));
        return `${from}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      });
      assert.deepEqual(faults, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("lists the variables that are read, and no others", () => {
    const source = readFileSync(join(checkout, "provider/lifecycle/settings/lookup.ts"), "utf8");
    const read = new Set([...source.matchAll(/"([A-Z]+_[A-Z_]+)"/g)].map(([, name]) => name ?? ""));
    const listed = new Set(
      table("| Name | Variables")
        .flatMap(([, cell]) => codes(cell))
        .filter((name) => name !== "sts"),
    );
    const parts = [
      "ALICLOUD_ASSUME_ROLE_SESSION_NAME",
      "ALIBABA_CLOUD_ROLE_SESSION_NAME",
      "ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION",
    ];
    assert.deepEqual([...listed, ...parts].sort(), [...read].sort());
  });

  it("lists the classes of errors that are exported", () => {
    const exported = Object.keys(api).filter((name) => name.endsWith("Error"));
    const listed = table("| Class | when").flatMap(([cell]) => codes(cell));
    // The two bases stand in the text, or are of no use to users.
    assert.deepEqual([...listed, "EnsError", "ProgramError"].sort(), exported.sort());
  });

  it("gives every code the reason that its error has", () => {
    const context = {
      bucketName: "b",
      origin: "",
      outcome: { attempts: 1, took: 0 },
      set: stackConfiguration.set,
    };
    const rows = table("| `reason` of an `ApiError`");
    assert.equal(rows.length, 9);
    for (const [reason, cell] of rows) {
      for (const listed of codes(cell)) {
        const code = listed.replace(/\.?\*$/, ".Something");
        const error = apiError({ code, statusCode: 400, message: "" }, context);
        assert.equal(`\`${error.reason}\``, reason, code);
      }
    }
  });

  it("has links that lead somewhere", () => {
    for (const file of ["README.md", "CONTRIBUTING.md", ...filesUnder("examples", ".md")]) {
      const text = readFileSync(join(checkout, file), "utf8");
      for (const [, target = ""] of text.matchAll(/\]\((?!https:)([^)]+)\)/g)) {
        const path = join(checkout, file, "..", target);
        assert.ok(ts.sys.fileExists(path) || ts.sys.directoryExists(path), `${file}: ${target}`);
      }
    }
  });

  it("maps folders that exist", () => {
    const contributing = readFileSync(join(checkout, "CONTRIBUTING.md"), "utf8");
    const map = /## The rooms\n\n```\n(.*?)```/s.exec(contributing)?.[1] ?? "";
    const roots = [...map.matchAll(/^(\w[\w/-]*)\/ /gm)].map(([, name]) => name ?? "");
    assert.ok(roots.length >= 7);
    for (const root of roots) assert.ok(ts.sys.directoryExists(join(checkout, root)), root);
  });
});
