import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { parse } from "yaml";
import { configurableNames } from "../../provider/lifecycle/settings/variables";
import { packedFiles } from "../support/package-managers";
import { type CodeBlock, codeBlocks, commandsOf, filesUnder, pages, readPage } from "../support/pages";
import { cacheFolder, checkout } from "../support/paths";

const run = promisify(execFile);
const packageJson = JSON.parse(readPage("package.json"));

/** Blocks of doc comments too, which readers copy as well. */
function allBlocks(): CodeBlock[] {
  const sources = ["provider", "emulator", "testing"].flatMap((folder) => filesUnder(folder, ".ts"));
  const inComments = sources.flatMap((file) => codeBlocks(file, readPage(file).replace(/^ *\* ?/gm, "")));
  return [...pages().flatMap((page) => codeBlocks(page)), ...inComments];
}

const blocks = allBlocks();
const usesTemplate = (page: string) => readPage(page).includes("pulumi new ");
const ofLanguage = (language: string) => blocks.filter((block) => block.language === language);

describe("the code blocks of the pages", () => {
  it("are of languages that a test checks", () => {
    const checked = ["ts", "sh", "json", "yaml", "python", ""];
    // A walkthrough writes the files that a page has, of any language, and uses them.
    const others = blocks.filter(({ language, file }) => !checked.includes(language) && file === undefined);
    assert.deepEqual(
      others.map(({ page, line, language }) => `${page}:${line}: ${language}`),
      [],
    );
    for (const language of checked) assert.ok(ofLanguage(language).length > 0, `none is ${language}`);
  });

  it("compile, where they are TypeScript", function () {
    this.timeout(60_000);
    mkdirSync(cacheFolder, { recursive: true });
    const folder = mkdtempSync(join(cacheFolder, "code-blocks-"));
    try {
      const origins = new Map(
        ofLanguage("ts").map(({ page, line, code }, index) => {
          const path = join(folder, `block-${index}.ts`);
          writeFileSync(path, code);
          return [path, `${page}:${line}`] as const;
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

  it("parse, where they are JSON or YAML", () => {
    for (const { code } of ofLanguage("json")) JSON.parse(code);
    for (const { code } of ofLanguage("yaml")) assert.equal(typeof parse(code), "object");
  });

  it("run programs that are there, npm scripts that exist, and packages that we know", () => {
    const known = Object.keys({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.peerDependencies,
    });
    const shell = ["cd", "mkdir", "rm", "export", "curl", "bash", "echo", "true", "unset", "exit", "."];
    const tools = ["pulumi", "npm", "npx", "python3", "pip", "go", ...shell];
    for (const { page, line, code } of ofLanguage("sh")) {
      const nearest = [dirname(page), "."].find((folder) =>
        existsSync(join(checkout, folder, "package.json")),
      );
      const scriptsOf = (folder: string) => JSON.parse(readPage(join(folder, "package.json"))).scripts;
      const scripts = {
        ...scriptsOf(nearest ?? "."),
        ...(usesTemplate(page) ? scriptsOf("templates/typescript") : {}),
      };
      for (const [program = "", verb = "", ...rest] of commandsOf(code)) {
        const where = `${page}:${line}: ${program} ${verb}`;
        assert.ok(tools.includes(program), where);
        if (program === "npm" && (verb === "run" || verb === "start" || verb === "test")) {
          const script = verb === "run" ? rest[0] : verb;
          assert.ok(script !== undefined && script in scripts, `${where} ${rest[0]}`);
        } else if (program === "npm" && verb === "install") {
          for (const name of rest) assert.ok(known.includes(name), `${where} ${name}`);
        } else if (program === "npm") {
          assert.ok(["ci", "cit", "audit", "publish", "version"].includes(verb), where);
        }
        if (program === "npx") assert.ok(verb in packageJson.bin || known.includes(verb), where);
        if (program === "bash") assert.ok(existsSync(join(checkout, verb)), where);
      }
    }
  });

  it("give the emulator options that it has", async () => {
    const main = join(checkout, "cli", "main.ts");
    const loader = ["-r", "ts-node/register/transpile-only"];
    const { stdout } = await run(process.execPath, [...loader, main, "emulator", "--help"], {
      cwd: checkout,
    });
    const given = ofLanguage("sh")
      .flatMap(({ code }) => commandsOf(code))
      .filter(([program, , verb]) => program === "npx" && verb === "emulator")
      .map((words) => (words.includes("--") ? words.slice(0, words.indexOf("--")) : words))
      .flatMap((words) => words.filter((word) => word.startsWith("--")));
    assert.ok(given.length > 0);
    for (const option of given) assert.match(stdout, new RegExp(`^  ${option} `, "m"));
  });

  it("set settings that are read", () => {
    const keys = ofLanguage("sh").flatMap(({ code }) => [
      ...code.matchAll(/alicloud(?:-ens)?:(?!index:)(\w+)/g),
    ]);
    assert.ok(keys.length >= 5);
    const names: readonly string[] = configurableNames;
    for (const [, key = ""] of keys) assert.ok(names.includes(key), key);
  });

  it("print what a test compares, where they show output", () => {
    const tests = filesUnder("tests", ".test.ts").map(readPage).join("\n");
    for (const page of new Set(ofLanguage("").map(({ page }) => page))) {
      const example = /^(?:examples|templates)\/(.*)\/README\.md$/.exec(page)?.[1]?.split("/");
      const compared = tests.includes(page) || (example ?? []).some((part) => tests.includes(`"${part}"`));
      assert.ok(compared || page === "CONTRIBUTING.md", `no test reads ${page}`);
    }
  });
});

describe("the links of the pages", () => {
  /** What can be linked to in a page: headings as GitHub names them, and explicit anchors. */
  function anchorsOf(page: string): Set<string> {
    const text = readPage(page).replace(/^```.*?^```$/gms, "");
    const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id ?? ""));
    const seen = new Map<string, number>();
    for (const [, heading = ""] of text.matchAll(/^#{1,6} (.*)$/gm)) {
      const slug = heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/ /g, "-");
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      anchors.add(count === 0 ? slug : `${slug}-${count}`);
    }
    return anchors;
  }

  /** Where a page links to within the checkout. */
  function localLinks(page: string) {
    return [...readPage(page).matchAll(/\]\((?!https:)([^)]+)\)/g)].map(([, target = ""]) => {
      const [path = "", anchor] = target.split("#");
      return { target, anchor, file: path === "" ? page : normalize(join(dirname(page), path)) };
    });
  }

  it("lead to files and headings that are there", () => {
    for (const page of pages()) {
      for (const { target, file, anchor } of localLinks(page)) {
        assert.ok(existsSync(join(checkout, file)), `${page}: ${target}`);
        if (anchor !== undefined) assert.ok(anchorsOf(file).has(anchor), `${page}: ${target}`);
      }
    }
  });

  it("lead outside only to sites that we know, by https", () => {
    const known = ["www.alibabacloud.com", "www.pulumi.com", "keepachangelog.com", "semver.org"];
    for (const page of pages()) {
      // Decisions name the issues that they wait for.
      const sites = page.startsWith("docs/decisions/") ? [...known, "github.com"] : known;
      for (const [, target = ""] of readPage(page).matchAll(/\]\((\w+:[^)]+)\)/g)) {
        const { protocol, hostname } = new URL(target);
        assert.equal(protocol, "https:", `${page}: ${target}`);
        assert.ok(sites.includes(hostname), `${page}: ${target}`);
      }
    }
  });

  it("reach every page of docs/ from its index", () => {
    for (const folder of ["docs", "docs/decisions"]) {
      const index = readPage(join(folder, "README.md"));
      for (const name of readdirSync(join(checkout, folder))) {
        if (name.endsWith(".md") && name !== "README.md") assert.ok(index.includes(`(${name})`), name);
      }
    }
  });

  it("lead to files that are packed, where the page is packed", async function () {
    this.timeout(60_000);
    const packed = await packedFiles();
    const isPacked = (path: string) => packed.some((one) => one === path || one.startsWith(`${path}/`));
    const links = packed
      .filter((path) => path.endsWith(".md"))
      .flatMap((page) => localLinks(page).map(({ target, file }) => ({ page, target, file })));
    assert.ok(links.length > 200, String(links.length));
    assert.deepEqual(
      links.filter(({ file }) => !isPacked(file)),
      [],
    );
  });
});

describe("the API pages", () => {
  it("are those of the doc comments: npm run docs", async function () {
    this.timeout(120_000);
    mkdirSync(cacheFolder, { recursive: true });
    const folder = mkdtempSync(join(cacheFolder, "api-"));
    try {
      const typedoc = join(checkout, "node_modules", "typedoc", "bin", "typedoc");
      await run(process.execPath, [typedoc, "--out", folder], { cwd: checkout });
      const made = filesIn(folder);
      assert.ok(made.length >= 3);
      assert.deepEqual(made, filesIn(join(checkout, "docs", "api")));
      for (const file of made) {
        const now = readFileSync(join(folder, file), "utf8");
        const committed = readPage(join("docs", "api", file));
        assert.ok(now === committed, `docs/api/${file} is not what the doc comments say: npm run docs`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .sort();
}

describe("the workflows", () => {
  const workflow = (name: string) => parse(readPage(`.github/workflows/${name}.yml`));
  const commands = (job: { steps: { run?: string }[] }) => job.steps.flatMap((step) => step.run ?? []);

  it("run what a contributor runs, on every supported Node", () => {
    const { test } = workflow("ci").jobs;
    assert.deepEqual(commands(test), [".ci/run"]);
    assert.ok(test.strategy.matrix.node.includes(20), packageJson.engines.node);
  });

  it("publish only what the tests have passed and npm knows no weakness of, with provenance", () => {
    const { jobs, on } = workflow("publish");
    assert.deepEqual(on, { push: { tags: ["v*"] } });
    assert.equal(jobs.publish.permissions["id-token"], "write");
    const [, tested, audited, , published] = commands(jobs.publish);
    assert.deepEqual([tested, audited], [".ci/run", "npm audit --omit=dev"]);
    assert.equal(published, "npm publish --provenance --access public");
  });
});
