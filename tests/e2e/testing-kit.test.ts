import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify, stripVTControlCharacters } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { ensMocks, failureOf, promiseOf } from "../../testing";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { useEmulator } from "../support/emulator";
import { npmFlags, packTarball } from "../support/package-managers";
import { codeBlocks, lacking } from "../support/pages";
import { checkout } from "../support/paths";
import { testCli, useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";
import { tscOf } from "../support/typescript";

const run = promisify(execFile);

describe("a program with mocks and the same program with the real CLI", function () {
  this.timeout(300_000);
  useCli();
  const buckets = [
    {
      name: "media-assets",
      endpoint: "eos.example.com",
      placements: [{ clientIps: "203.0.113.0/24", endpoint: "eos-berlin.example.com" }],
    },
  ];
  const emulator = useEmulator({ buckets });
  let project: PulumiProject;

  /** It is told by a variable which bucket to ask for, since mocks and CLI configure programs in ways of their own. */
  const program = `
    const ens = require("pulumi-alicloud-ens");
    const bucketName = process.env.BUCKET_OF_TEST;
    const media = new ens.PreparedUpload("media", { bucketName, clientIp: "203.0.113.7", triggers: ["v1"] });
    if (bucketName === "media-assets") {
      const clientIps = { berlin: "203.0.113.7", lima: "198.51.100.20" };
      const sites = new ens.PreparedUploads("sites", { bucketName, clientIps });
      const found = ens.PreparedUpload.get("found", bucketName);
      exports.outputs = { targets: sites.targets, found: found.target, id: media.id, triggers: media.triggers };
    }
    exports.target = media.target;
  `;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: agreement\nruntime: nodejs\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      env: { ...emulator().environment },
    });
  });
  after(() => {
    delete process.env.BUCKET_OF_TEST;
    project.remove();
  });

  // `failureOf` wants mocks before it.
  beforeEach(() => void pulumi.runtime.setMocks(ensMocks({ buckets })));

  /** What the program exports with mocks, and readies the CLI for the same. */
  function withMocks(bucketName: string): Readonly<Record<string, pulumi.Output<unknown>>> {
    process.env.BUCKET_OF_TEST = bucketName;
    project.env.BUCKET_OF_TEST = bucketName;
    const path = require.resolve(join(project.folder, "index.js"));
    delete require.cache[path];
    return require(path);
  }

  /** The provider's own words in what mocks fail with, up to what differs from call to call. */
  async function reasonFrom(bucketName: string, words: RegExp): Promise<string> {
    const { message } = await failureOf(() => withMocks(bucketName));
    return words.exec(message)?.[1] ?? assert.fail(message);
  }

  it("have the same outputs", async () => {
    const outputs = await promiseOf(withMocks("media-assets"));
    await project.up();
    assert.deepEqual(await project.outputs(), JSON.parse(JSON.stringify(outputs)));
  });

  it("are refused bad inputs with the same words", async () => {
    const reason = await reasonFrom("Media", /bucketName (has a problem: .*)/);
    const { exitCode, stdout } = await project.attempt(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.ok(stdout.includes(reason), `${reason}\n${stdout}`);
  });

  it("fail with the same words for a bucket that is not there", async () => {
    const reason = await reasonFrom("other-assets", /(PrepareUpload .*), request id/);
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.ok(stdout.includes(reason), `${reason}\n${stdout}`);
  });
});

/** The page's tests of a program, which are for mocha, and what other runners need besides. */
function testsOfThePage(): string {
  const block = codeBlocks("docs/testing.md").find(({ code }) => code.includes("failureOf"));
  return block?.code ?? assert.fail("docs/testing.md tests nothing that fails");
}

const runners = {
  mocha: (tests: string) => tests,
  vitest: (tests: string) => `import { beforeAll as before, it } from "vitest";\n${tests}`,
  jest: (tests: string) => `import { beforeAll as before, it } from "@jest/globals";\n${tests}`,
  node: (tests: string) => `import { before, it } from "node:test";\n${tests}`,
};

describe("examples/testing, installed as a user installs it", function () {
  this.timeout(600_000);
  useCli();
  let folder: string;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    // Outside the checkout, whose node_modules would lend what the example forgot to ask for.
    folder = mkdtempSync(join(tmpdir(), "ens-testing-"));
    const project = join(folder, "project");
    const kept = (path: string) => !path.endsWith("node_modules");
    cpSync(join(checkout, "examples", "testing"), project, { recursive: true, filter: kept });
    const { version } = require("@pulumi/pulumi/package.json");
    const packages = [
      await packTarball(folder),
      `@pulumi/pulumi@${version}`,
      "jest@30.5.2",
      "ts-jest@29.4.15",
    ];
    await run("npm", ["install", ...npmFlags, ...packages], { cwd: project });
    for (const [runner, change] of Object.entries(runners)) {
      mkdirSync(join(project, "tests", runner), { recursive: true });
      writeFileSync(join(project, "tests", runner, "page.test.ts"), change(testsOfThePage()));
    }
    // Its types are checked once, by `check`, not again in Jest and in every run of Pulumi.
    const transform = { "\\.ts$": ["ts-jest", { isolatedModules: true }] };
    writeFileSync(join(project, "jest.config.json"), JSON.stringify({ roots: ["tests/jest"], transform }));
    env = { ...isolatedEnvironment(await testCli(), join(folder, "machine")), TS_NODE_TRANSPILE_ONLY: "1" };
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function output(
    command: string,
    args: readonly string[],
    other?: NodeJS.ProcessEnv,
  ): Promise<string> {
    const options = { cwd: join(folder, "project"), env: { ...env, ...other } };
    const { stdout } = await run(command, args, options).catch((error) =>
      assert.fail(`${error}\n${error.stdout}`),
    );
    return stripVTControlCharacters(stdout);
  }

  it("passes its own tests and those of docs/testing.md in mocha and in vitest, compiles, and leaves no stack behind", async () => {
    const scripts = ["test:mocha", "test:vitest", "check"];
    const [mocha, vitest] = await Promise.all(scripts.map((name) => output("npm", ["run", name])));
    const printed = codeBlocks("examples/testing/README.md").find(({ language }) => language === "");
    assert.equal(lacking(printed?.code ?? "", `${mocha}\n${vitest}`), undefined, `${mocha}\n${vitest}`);
    assert.deepEqual(
      readdirSync(join(folder, "project")).filter((name) => /^Pulumi\../.test(name)),
      ["Pulumi.yaml"],
    );
  });

  it("compiles with TypeScript 6 too, its tests for vitest included", async () => {
    await output(process.execPath, [await tscOf("6.0.3")]);
  });

  it("passes the tests of docs/testing.md in Jest and in node:test too", async () => {
    const node = ["--require", "ts-node/register/transpile-only", "--test", "--test-reporter=tap"];
    const [, tap] = await Promise.all([
      output("npx", ["jest", "--ci"]),
      output(process.execPath, [...node, "tests/node/page.test.ts"]),
    ]);
    assert.match(tap, /^# pass 2$/m);
  });

  it("skips the stack where there is no Pulumi CLI, and says why", async () => {
    const withoutCli = { PATH: folder };
    const [mocha, vitest] = await Promise.all([
      output(process.execPath, ["node_modules/mocha/bin/mocha.js"], withoutCli),
      output(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], withoutCli),
    ]);
    assert.match(mocha, /\n {2}5 passing.*\n {2}1 pending/);
    assert.match(vitest, /Tests {2}6 passed \| 1 skipped \(7\)/);
    for (const text of [mocha, vitest]) assert.match(text, /there is no Pulumi CLI: https:/);
  });
});
