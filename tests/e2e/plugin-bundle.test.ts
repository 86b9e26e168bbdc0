import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { useEmulator } from "../support/emulator";
import { useLanguage } from "../support/language-project";
import { codeBlocks } from "../support/pages";
import { checkout } from "../support/paths";
import { counts, type PulumiProject } from "../support/pulumi-project";

const run = promisify(execFile);

/** README's `Pulumi.yaml`, without a word of where the plugin is. */
function readmeInYaml(): string {
  const found = codeBlocks("README.md").find((block) => block.language === "yaml");
  const { plugins: _, ...project } = parse(found?.code ?? assert.fail("README.md has no program in YAML"));
  return stringify(project);
}

describe("the plugin as one file, by the real CLI", function () {
  this.timeout(180_000);
  const usable = useLanguage("yaml");
  const emulator = useEmulator();
  let folder: string;
  let archive: string;
  let project: PulumiProject | undefined;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "ens-bundle-"));
    const script = join(checkout, "scripts/plugin-bundle/main.ts");
    const { stdout } = await run(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", script, folder],
      {
        cwd: checkout,
      },
    );
    archive = stdout.trim();
  });
  after(() => {
    project?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has less than 1 MB, and launchers for every system", async () => {
    assert.ok(statSync(archive).size < 1e6, `${statSync(archive).size} bytes`);
    const { stdout } = await run("tar", ["-tzvf", archive]);
    for (const name of ["pulumi-resource-alicloud-ens", "pulumi-resource-alicloud-ens.cmd"]) {
      assert.match(stdout, new RegExp(`^-rwxr-xr-x .* ${name}$`, "m"));
    }
    assert.match(stdout, / THIRD-PARTY-LICENSES\.txt$/m);
  });

  it("is installed, and serves README's program", async () => {
    project = await usable().project("bundle", "", {
      files: { "dist/index.html": "index", "Pulumi.yaml": readmeInYaml() },
      env: emulator().environment,
    });
    const [, command = ""] =
      /^pulumi (plugin install .*)$/m.exec(
        codeBlocks("docs/languages.md")
          .map(({ code }) => code)
          .join("\n"),
      ) ?? [];
    const args = command.replace(/pulumi-resource-\S+/, archive).split(" ");
    const installed = await project.attempt(args);
    assert.equal(installed.exitCode, 0, installed.stderr);
    assert.deepEqual(counts(await project.up()), { created: 4 });
    const { uploads } = await project.outputs<{ uploads: object }>();
    assert.deepEqual(Object.keys(uploads).sort(), [
      "bucketName",
      "endpoint",
      "endpointUrl",
      "physicalBucketName",
    ]);
    assert.deepEqual(counts(await project.up()), { unchanged: 4 });
  });
});
