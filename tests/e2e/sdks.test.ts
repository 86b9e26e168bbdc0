import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { schemaFile } from "../../scripts/schema/package-schema";
import { runChild } from "../../tools/pulumi-cli/child";
import { goEnvironment } from "../../tools/pulumi-cli/go";
import { sdkGenerators } from "../../tools/sdk-gen";
import { goModule } from "../support/go-module";
import { checkout } from "../support/paths";
import { pythonEnvironment } from "../support/python-environment";

const run = promisify(execFile);
const log = (line: string) => console.error(`      ${line}`);
const sdks = join(checkout, "sdk");

/** The files of SDKs, without what installing them leaves behind. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => !/(^|\/)(node_modules|bin|build|__pycache__|[\w-]+\.egg-info)\//.test(file))
    .sort();
}

describe("the SDKs", function () {
  this.timeout(10 * 60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "sdks-"));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("are what schema.json gives: npm run sdks", async function () {
    const generators = await sdkGenerators({ env: process.env, log }).catch((error: Error) => error);
    if (generators instanceof Error) {
      log(`skipped, it needs Go 1.25 and a module proxy: ${generators.message}`);
      return this.skip();
    }
    const made = join(folder, "made");
    await runChild(generators, [schemaFile, made]);
    assert.deepEqual(filesOf(sdks), filesOf(made));
    for (const file of filesOf(made)) {
      const [one, other] = [sdks, made].map((from) => readFileSync(join(from, file), "utf8"));
      assert.ok(one === other, `npm run sdks changes ${file}`);
    }
  });

  it("ask Pulumi for no plugin, which it would look for on the internet", () => {
    const manifests = filesOf(sdks).filter((file) => /(^|\/)(package|pulumi-plugin)\.json$/.test(file));
    assert.equal(manifests.length, 3);
    for (const file of manifests) {
      const manifest = JSON.parse(readFileSync(join(sdks, file), "utf8"));
      assert.equal((manifest.pulumi ?? manifest).resource, false, file);
    }
  });

  it("are a package for Python, with the names of Python", async function () {
    const found = await pythonEnvironment("pulumi.txt", "Pulumi's Python SDK and ours", join(sdks, "python"));
    if ("lacks" in found) {
      log(`skipped, it needs ${found.lacks}`);
      return this.skip();
    }
    const program =
      "import pulumi_alicloud_ens as ens\n" +
      "args = ens.BucketArgs(bucket_name='media-assets', bucket_acl=ens.BucketAcl.PUBLIC_READ)\n" +
      "print(args.bucket_name, args.bucket_acl.value, ens.PreparedUploads.targets.fget.__name__)\n";
    const { stdout } = await run(found.python, ["-c", program]);
    assert.equal(stdout.trim(), "media-assets public-read targets");
  });

  it("are a module for Go, with the names of Go", async function () {
    const found = await goModule(join(sdks, "go"), log);
    if ("lacks" in found) {
      log(`skipped, it needs ${found.lacks}`);
      return this.skip();
    }
    const program = join(folder, "program");
    const main =
      'package main\n\nimport ens "pulumi-alicloud-ens/sdk/go/alicloudens"\n\n' +
      "func main() { println(string(ens.BucketAclPublicRead)) }\n";
    mkdirSync(program);
    for (const [name, text] of Object.entries({ ...found.files, "main.go": main })) {
      writeFileSync(join(program, name), text);
    }
    const env = { ...goEnvironment(process.env), ...found.env };
    await run("go", ["build", "-o", "program", "."], { cwd: program, env });
    const { stderr } = await run(join(program, "program"));
    assert.equal(stderr.trim(), "public-read");
  });

  it("are a part of this package for Node", () => {
    const sdk: Readonly<Record<string, unknown>> = require("pulumi-alicloud-ens/plugin");
    for (const name of ["Bucket", "PreparedUploads", "Provider", "getPreparedUpload", "listBuckets"]) {
      assert.equal(typeof sdk[name], "function", name);
    }
  });
});
