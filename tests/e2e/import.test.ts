import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = (options: string) => `
import * as ens from "pulumi-alicloud-ens";
export const uploads = new ens.PreparedUpload("media", { bucketName: "media-assets" }${options}).target;
`;

describe("importing, which Pulumi cannot for dynamic resources", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let project: PulumiProject;
  let restore: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: import\nruntime: nodejs\n",
        "index.ts": program(', { import: "media-assets" }'),
      },
      env: { ...emulator().environment },
    });
    restore = project.keep();
  });
  beforeEach(() => restore());
  after(() => project.remove());

  it("is refused as an option, with what to do instead, which then works", async () => {
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(
      stdout,
      /Pulumi cannot import dynamic resources.* nothing in ENS to import\.\s+Leave the option `import` out/s,
    );
    assert.doesNotMatch(stdout, /toJavaScript|\n\s+at .*\.[jt]s:\d+/);

    project.write("index.ts", program(""));
    assert.deepEqual(counts(await project.up()), { created: 1, unchanged: 1 });
    assert.deepEqual(counts(await project.up()), { unchanged: 2 });
  });

  it("is refused for a bucket too, which is taken over with adopt", async () => {
    const bucket = (args: string) =>
      `import * as ens from "pulumi-alicloud-ens";\nnew ens.Bucket("media", { bucketName: "media-assets"${args});\n`;
    project.write("index.ts", bucket(' }, { import: "media-assets" }'));
    const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(stdout, /Leave the option `import` out and set `adopt: true`/);

    project.write("index.ts", bucket(", adopt: true }"));
    assert.deepEqual(counts(await project.up()), { created: 1, unchanged: 1 });
  });

  it("fails as a command in words of Pulumi's that docs/where-it-runs.md explains, and leaves state alone", async () => {
    project.write("index.ts", program(""));
    await project.up();
    const before = await project.resources();
    const type = "pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload";
    const { exitCode, stdout } = await project.attempt(["import", type, "other", "media-assets", "--yes"]);
    assert.notEqual(exitCode, 0);
    const page = readPage("docs/where-it-runs.md");
    const [, words = ""] = /`pulumi import` .*?"([^"]+)"/s.exec(page) ?? [];
    assert.ok(words !== "" && stdout.includes(words.replace(/\s+/g, " ")), stdout);
    assert.deepEqual(await project.resources(), before);
  });
});
