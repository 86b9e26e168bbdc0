import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { useEmulator } from "../support/emulator";
import { installTool } from "../support/package-managers";
import { checkout } from "../support/paths";
import { useProjectFolders } from "../support/project-folders";
import { testCli, useCli } from "../support/pulumi-cli";

const run = promisify(execFile);

/** Runs `up` twice and prints what each counted, or the error. `setUp` makes `stack`. */
const script = (setUp: string) => `
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const ens = require("pulumi-alicloud-ens");

async function main() {
  ${setUp}
  for (let run = 0; run < 2; run++) {
    const { summary, outputs } = await stack.up();
    console.log(JSON.stringify({ changes: summary.resourceChanges, uploads: outputs.uploads.value }));
  }
}

main().catch((error) => {
  console.log(error.message);
  process.exit(1);
});
`;

const inline = (project: string) => `
  const program = async () => ({
    uploads: new ens.PreparedUpload("media", { bucketName: "media-assets" }).target,
  });
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", projectName: "${project}", program });
`;

const local = `
  const stack = await LocalWorkspace.createOrSelectStack({ stackName: "dev", workDir: __dirname + "/program" });
`;

/** As `npm install <folder>` leaves them. */
const linked = {
  "pulumi-alicloud-ens": `file:${checkout}`,
  "@pulumi/pulumi": `file:${join(checkout, "node_modules", "@pulumi", "pulumi")}`,
};

describe("the Automation API", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const projects = useProjectFolders();
  let folder: string;
  let elsewhere: string;
  let env: Record<string, string>;

  before(async () => {
    folder = projects.folder("automation", {
      "package.json": JSON.stringify({ name: "automation", dependencies: linked }),
      "inline.cjs": script(inline("inline")),
      "elsewhere.cjs": script(`process.chdir(process.argv[2] ?? "."); ${inline("elsewhere")}`),
      "other-runtime.cjs": script(inline("other-runtime")),
      "local.cjs": script(local),
      "program/Pulumi.yaml": "name: local\nruntime: nodejs\n",
      "program/package.json": '{ "name": "program", "version": "1.0.0", "main": "index.js" }',
      "program/index.js":
        'exports.uploads = new (require("pulumi-alicloud-ens").PreparedUpload)("media", { bucketName: "media-assets" }).target;',
    });
    for (const [name, path] of Object.entries(linked)) projects.link(folder, name, path.replace("file:", ""));
    elsewhere = projects.folder("elsewhere", { "package-lock.json": "{}" });
    env = { ...isolatedEnvironment(await testCli(), join(folder, "isolated")), ...emulator().environment };
  });

  /** Runs a script to its end, by Node unless another program is given. */
  async function attempt(args: readonly string[], cwd = folder, program = process.execPath) {
    const { stdout, failed } = await run(program, [...args], { cwd, env }).then(
      (result) => ({ ...result, failed: false }),
      (error: { stdout: string }) => ({ stdout: error.stdout, failed: true }),
    );
    return { stdout, failed };
  }

  async function upTwice(args: readonly string[], cwd?: string, made: object = { create: 2 }): Promise<void> {
    const { stdout, failed } = await attempt(args, cwd);
    assert.equal(failed, false, stdout);
    const [first, second] = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    assert.deepEqual(first.changes, made);
    assert.deepEqual(second.changes, { same: 2 });
    const { physicalBucketName } = emulator().buckets.get("media-assets") ?? {};
    assert.equal(second.uploads.physicalBucketName, physicalBucketName);
  }

  it("runs an inline program", () => upTwice(["inline.cjs"]));

  it("runs a local program", () => upTwice(["local.cjs"]));

  it("says where to start an inline program from, and then runs it", async () => {
    const { stdout, failed } = await attempt([join(folder, "elsewhere.cjs")], elsewhere);
    assert.ok(failed);
    assert.match(
      stdout,
      /prepared-upload cannot be found from .*elsewhere\..*Start this process in the folder/s,
    );
    assert.match(stdout, /process\.chdir\("<folder>"\)` before the stack is created/);
    await upTwice([join(folder, "elsewhere.cjs"), folder], elsewhere, { create: 1, same: 1 });
  });

  for (const [name, tool, flags] of [
    ["Bun", "bun", ["run"]],
    ["Deno", "deno", ["run", "-A", "--node-modules-dir=manual", "--no-remote"]],
  ] as const) {
    it(`refuses to run in ${name}, with what to use instead`, async () => {
      const program = await installTool(tool);
      const { stdout, failed } = await attempt([...flags, "other-runtime.cjs"], folder, program);
      assert.ok(failed);
      assert.match(
        stdout,
        new RegExp(`run by ${name}, for which Pulumi has no dynamic resources; they need Node`),
      );
      assert.doesNotMatch(stdout, /serialization/);
    });
  }
});
