import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaFile } from "../../scripts/schema/package-schema";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { runPulumi } from "../../tools/pulumi-cli/run-pulumi";
import { testCli, useCli } from "../support/pulumi-cli";

describe("schema.json", () => {
  const folder = mkdtempSync(join(tmpdir(), "schema-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  useCli();

  it("passes pulumi schema check without a complaint", async () => {
    const env = isolatedEnvironment(await testCli(), folder);
    const checked = await runPulumi(["schema", "check", schemaFile], { cwd: folder, env });
    assert.deepEqual(checked, { exitCode: 0, stdout: "", stderr: "" });
  });
});
