import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { resources } from "../../provider/resources/registry";
import { useEmulator } from "../support/emulator";
import { everything } from "../support/everything";
import { npmFlags, packTarball } from "../support/package-managers";
import { checkout } from "../support/paths";
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
  let root: string;

  before(() => {
    root = mkdtempSync(join(tmpdir(), "ens-installed-"));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  function folder(name: string): string {
    const path = join(root, name);
    mkdirSync(path);
    return path;
  }

  function link(path: string, name: string, target: string): void {
    mkdirSync(join(path, "node_modules", name, ".."), { recursive: true });
    symlinkSync(target, join(path, "node_modules", name), "dir");
  }

  async function create(path: string | undefined, main: string): Promise<PulumiProject> {
    return PulumiProject.create({
      ...(path !== undefined ? { folder: path } : {}),
      files: {
        "Pulumi.yaml": "name: installed\nruntime: nodejs\n",
        "package.json": '{ "name": "installed", "version": "0.0.0", "main": "index.js" }',
        "index.js": program(main),
      },
      env: { ...emulator().environment },
    });
  }

  /** Runs a stack, to its end or to its second `up`; state holds the same short text wherever the package is. */
  async function deploy(path: string | undefined, whole = everything): Promise<void> {
    const project = await create(path, "pulumi-alicloud-ens");
    try {
      await project.up();
      assert.deepEqual(counts(await project.up()), { unchanged: 2 });
      const [upload] = await project.uploads();
      const text = "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')";
      assert.equal(upload?.inputs?.__provider, text);
      if (!whole) return;
      await project.refresh("--expect-no-changes");
      await project.destroy();
    } finally {
      project.remove();
    }
  }

  it("works in a checkout", () => deploy(undefined));

  it("works from a tarball", async () => {
    const tarball = await packTarball(root);
    const path = folder("tarball");
    writeFileSync(join(path, "package.json"), '{ "name": "installed", "version": "0.0.0" }');
    const { version } = require("@pulumi/pulumi/package.json");
    await run("npm", ["install", ...npmFlags, tarball, `@pulumi/pulumi@${version}`], { cwd: path });
    await deploy(path, true);
  });

  it("works through a symbolic link", async () => {
    const path = folder("linked");
    link(path, "pulumi-alicloud-ens", checkout);
    link(path, "@pulumi/pulumi", join(checkout, "node_modules", "@pulumi", "pulumi"));
    await deploy(path);
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
  const {
    exports: exported,
  }: { readonly exports: Readonly<Record<string, { readonly default: string } | undefined>> } =
    require("pulumi-alicloud-ens/package.json");
  const fileOf = (subpath: string) =>
    (exported[`./${subpath}`]?.default ?? `no ${subpath}`).replace("./", "");

  it("packs what users need and nothing else", async () => {
    const { stdout } = await run("npm", ["pack", "--ignore-scripts", "--dry-run", "--json"], {
      cwd: checkout,
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    for (const path of [
      "README.md",
      "LICENSE",
      "CHANGELOG.md",
      ...subpaths.map((subpath) => fileOf(subpath)),
      "dist/testing/index.js",
      "dist/cli/main.js",
      "dist/provider/fronts/plugin/main.js",
      "docs/errors.md",
      "docs/value-flow.svg",
    ]) {
      assert.ok(paths.includes(path), path);
    }
    assert.deepEqual(
      paths.filter((path) => path.startsWith("docs/decisions/")),
      [],
    );
    const needed = [
      /^(README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|package\.json)$/,
      /^docs\/.*\.(md|svg)$/,
      /^dist\/(provider|emulator|testing|cli|sdk\/nodejs)\/.*\.(js|js\.map|d\.ts)$/,
      /^dist\/(provider\/fronts\/plugin\/schema|sdk\/nodejs\/package)\.json$/,
      /^sdk\/go\/(go\.mod|alicloudens\/.*\.(go|json))$/,
      /^sdk\/python\/(pyproject\.toml|pulumi_alicloud_ens\/.*\.(py|pyi|json|typed|md))$/,
      /^sdk\/(go|python)\/\.git(attributes|ignore)$/,
    ];
    const others = paths.filter((path) => !needed.some((pattern) => pattern.test(path)));
    assert.deepEqual(others, []);
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

  it("can be imported by an ES module", async () => {
    const script =
      'import { PreparedUpload, EnsError } from "pulumi-alicloud-ens"; if (!PreparedUpload || !EnsError) process.exit(1);';
    await run(process.execPath, ["--input-type=module", "-e", script], { cwd: checkout });
  });
});
