import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { resources } from "../../provider/resources/registry";
import { useEmulator } from "../support/emulator";
import { packedFiles } from "../support/package-managers";
import { checkout } from "../support/paths";
import { useProjectFolders } from "../support/project-folders";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const run = promisify(execFile);

/** JavaScript, so that a project needs nothing but the two packages. */
const program = (name: string) => `
const ens = require(${JSON.stringify(name)});
exports.uploads = new ens.PreparedUpload("media", { bucketName: "media-assets" }).target;
`;

describe("wherever the package is installed, by the real CLI", function () {
  this.timeout(300_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const { folder, link } = useProjectFolders();

  async function create(path: string, main: string): Promise<PulumiProject> {
    return PulumiProject.create({
      folder: path,
      files: {
        "Pulumi.yaml": "name: installed\nruntime: nodejs\n",
        "package.json": '{ "name": "installed", "version": "0.0.0", "main": "index.js" }',
        "index.js": program(main),
      },
      env: { ...emulator().environment },
    });
  }

  it("works through a symbolic link", async () => {
    const path = folder("linked");
    link(path, "pulumi-alicloud-ens", checkout);
    link(path, "@pulumi/pulumi", join(checkout, "node_modules", "@pulumi", "pulumi"));
    const project = await create(path, "pulumi-alicloud-ens");
    try {
      await project.up();
      assert.deepEqual(counts(await project.up()), { unchanged: 2 });
      const [upload] = await project.uploads();
      // As it is wherever the package is.
      const text = "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')";
      assert.equal(upload?.inputs?.__provider, text);
    } finally {
      project.remove();
    }
  });

  it("says what to install where, when the program's folder does not have it", async () => {
    const path = folder("missing");
    link(path, "@pulumi/pulumi", join(checkout, "node_modules", "@pulumi", "pulumi"));
    const project = await create(path, checkout);
    try {
      const { exitCode, stdout } = await project.attempt(["preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(stdout, /pulumi-alicloud-ens\/prepared-upload cannot be found from .*missing/);
      assert.match(stdout, /cd .*missing && npm install pulumi-alicloud-ens/);
    } finally {
      project.remove();
    }
  });
});

describe("the package", () => {
  /** The subpaths that state names. */
  const subpaths = Object.values(resources).map(({ subpath }) => subpath);
  type Entry = { readonly types: string; readonly default: string };
  const {
    exports: exported,
    bin,
    scripts,
  } = require("pulumi-alicloud-ens/package.json") as {
    readonly exports: Readonly<Record<string, Entry | undefined>>;
    readonly bin: Readonly<Record<string, string>>;
    readonly scripts: Readonly<Record<string, string>>;
  };
  let packed: readonly string[];
  before(async () => {
    packed = await packedFiles();
  });
  const fileOf = (subpath: string) =>
    (exported[`./${subpath}`]?.default ?? `no ${subpath}`).replace("./", "");

  it("packs what users need and nothing else", () => {
    const needed = [
      /^(README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|package\.json)$/,
      /^docs\/(?!decisions\/).*\.(md|svg)$/,
      /^(examples|templates)\//,
      /^dist\/(provider|emulator|testing|cli|sdk\/nodejs)\/.*\.(js|d\.ts)$/,
      /^dist\/(provider\/fronts\/plugin\/schema|sdk\/nodejs\/package)\.json$/,
      /^sdk\/go\/(go\.mod|alicloudens\/.*\.(go|json))$/,
      /^sdk\/python\/(pyproject\.toml|pulumi_alicloud_ens\/.*\.(py|pyi|json|typed|md))$/,
    ];
    assert.deepEqual(
      packed.filter((path) => !needed.some((pattern) => pattern.test(path))),
      [],
    );
  });

  it("packs all of what is written for users, and nothing that git ignores", async () => {
    const rest = packed.filter((path) => !path.startsWith("dist/")).sort();
    // npm packs neither file of git, whatever it is told.
    const folders = ["docs", "examples", "sdk", "templates"];
    const list = ["ls-files", "--cached", "--others", "--exclude-standard", ...folders];
    const { stdout } = await run("git", list, { cwd: checkout });
    const written = stdout
      .trim()
      .split("\n")
      .filter((path) => !/^(docs\/decisions|sdk\/nodejs)\/|\.git(attributes|ignore)$/.test(path));
    const top = ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "package.json"];
    assert.deepEqual(rest, [...top, ...written].sort());
  });

  it("packs code whose source is there, and the declarations that a public one refers to", () => {
    const built = packed.filter((path) => path.startsWith("dist/"));
    for (const path of [...subpaths.map(fileOf), ...Object.values(bin)]) {
      assert.ok(built.includes(path), path);
    }
    const sourceOf = (path: string) => path.replace(/^dist\//, "").replace(/\.js$/, ".ts");
    assert.deepEqual(
      built.filter((path) => path.endsWith(".js") && !existsSync(join(checkout, sourceOf(path)))),
      [],
      "npm run clean -- --build",
    );
    const declarations = built.filter((path) => path.endsWith(".d.ts"));
    assert.deepEqual(declarations.sort(), publicDeclarations());
  });

  /** What the compiler reads of dist/ for a program that imports everything. */
  function publicDeclarations(): string[] {
    const entries = Object.values(exported).flatMap((entry) => entry?.types ?? []);
    const options = { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
    const program = ts.createProgram(
      entries.map((entry) => join(checkout, entry)),
      { ...options, types: [], noLib: true },
    );
    return program
      .getSourceFiles()
      .map(({ fileName }) => relative(checkout, fileName))
      .filter((path) => path.startsWith("dist"))
      .sort();
  }

  it("has no script that npm would run, or warn of, where it is installed", () => {
    const ran = ["preinstall", "install", "postinstall", "prepare", "preprepare", "postprepare"];
    assert.deepEqual(
      ran.filter((script) => script in scripts),
      [],
    );
  });

  it("loads nothing of the vendor's SDK when a program imports it", async () => {
    const preload = join(checkout, "tests", "support", "report-loads.cjs");
    const load = (name: string) =>
      run(process.execPath, ["--require", preload, "-e", `require("${name}")`], { cwd: checkout });
    assert.equal((await load("pulumi-alicloud-ens")).stderr, "");
    for (const subpath of subpaths) assert.equal((await load(`pulumi-alicloud-ens/${subpath}`)).stderr, "");
    assert.equal((await load("pulumi-alicloud-ens/emulator")).stderr, "");
    assert.equal((await load("pulumi-alicloud-ens/testing")).stderr, "");
    assert.equal((await load("./dist/cli/doctor")).stderr, "", "the command before it runs");
    assert.match(
      (await load("./dist/provider/lifecycle/connect")).stderr,
      /loads @alicloud/,
      "the check can fail",
    );
  });

  it("is imported without a warning of Node's, under every name", async () => {
    const names = Object.keys(exported).filter((name) => name !== "./package.json");
    const script = names.map((name) => `require("${name.replace(".", "pulumi-alicloud-ens")}");`).join("");
    assert.equal((await run(process.execPath, ["-e", script], { cwd: checkout })).stderr, "");
  });

  it("can be imported by an ES module", async () => {
    const script =
      'import { PreparedUpload, EnsError } from "pulumi-alicloud-ens"; if (!PreparedUpload || !EnsError) process.exit(1);';
    await run(process.execPath, ["--input-type=module", "-e", script], { cwd: checkout });
  });
});
