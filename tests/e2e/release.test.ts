import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { inc } from "semver";
import { packageVersion } from "../../provider/ens/package-version";
import { codeBlocks, readPage } from "../support/pages";
import { checkout } from "../support/paths";
import { testCli, useCli } from "../support/pulumi-cli";
import { Walkthrough } from "../support/walkthrough";

const run = promisify(execFile);

describe("a release, as CONTRIBUTING.md tells it, in a copy of the checkout", function () {
  this.timeout(600_000);
  useCli();
  let copy: string;
  let shell: Walkthrough;

  before(async () => {
    copy = realpathSync(mkdtempSync(join(tmpdir(), "ens-release-")));
    const list = ["ls-files", "--cached", "--others", "--exclude-standard"];
    const { stdout } = await run("git", list, { cwd: checkout, maxBuffer: 16 * 1024 * 1024 });
    for (const path of stdout.trim().split("\n")) {
      if (existsSync(join(checkout, path))) cpSync(join(checkout, path), join(copy, path));
    }
    const { folder, source } = await testCli();
    shell = await Walkthrough.begin({
      npm_config_cache: (await run("npm", ["config", "get", "cache"])).stdout.trim(),
      // What the tests have already; what gets it is tested by itself.
      ...(source === "path" ? {} : { PULUMI_ALICLOUD_ENS_CACHE: dirname(dirname(folder)) }),
    });
  });
  after(() => {
    shell?.end();
    rmSync(copy, { recursive: true, force: true });
  });

  it("ends with what npm would publish", async () => {
    const text = readPage("CONTRIBUTING.md");
    const [, section = ""] = text.split("\n## Releases\n");
    const blocks = codeBlocks("CONTRIBUTING.md", section.split("\n## ")[0]);
    // All tests run this one, and advisories are another thing each day.
    const followed = blocks.filter(({ code }) => !code.includes("npm audit"));
    assert.equal(followed.length, blocks.length - 1);
    await shell.follow("CONTRIBUTING.md", followed, { cwd: copy });

    const version = inc(packageVersion, "minor");
    for (const path of ["package.json", "provider/fronts/plugin/schema.json", "sdk/nodejs/package.json"]) {
      assert.equal(JSON.parse(readFileSync(join(copy, path), "utf8")).version, version, path);
    }
    assert.ok(existsSync(join(copy, "tests", "fixtures", "state", `${version}.json`)));
    assert.ok(existsSync(join(copy, "node_modules", ".bin", "pulumi-resource-alicloud-ens")));
  });
});
