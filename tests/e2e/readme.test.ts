import assert from "node:assert/strict";
import { parse, stringify } from "yaml";
import type { Language } from "../../tools/pulumi-cli/language-hosts";
import { useEmulator } from "../support/emulator";
import { projectFiles, useLanguage } from "../support/language-project";
import { codeBlocks, readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

/** The first block of README in a language, from a heading on. */
function program(language: string, heading = "## A program"): string {
  const text = readPage("README.md");
  const found = codeBlocks("README.md", text.slice(text.indexOf(heading))).find(
    (block) => block.language === language,
  );
  return found?.code ?? assert.fail(`README.md has no program in ${language}`);
}

const folder = { "dist/index.html": "<h1>Hello</h1>" };

/** Deploys the program of a producer, which README calls `media-storage/prod`, and README's consumer of it. */
async function tryWithConsumer(producer: PulumiProject): Promise<void> {
  assert.deepEqual(counts(await producer.up()), { created: 4 });
  assert.deepEqual(counts(await producer.up()), { unchanged: 4 });
  const place = (await producer.resources()).find(({ type }) => type.endsWith(":PreparedUpload"))?.outputs;
  const consumer = await PulumiProject.create({
    files: {
      "Pulumi.yaml": "name: uploader\nruntime: nodejs\n",
      "index.ts": program("ts", "## In another stack"),
    },
    sharing: producer,
  });
  try {
    await consumer.up();
    const { ossOptions } = await consumer.outputs<{ ossOptions: { bucket: string } }>();
    assert.equal(ossOptions.bucket, place?.physicalBucketName);
  } finally {
    consumer.remove();
  }
}

describe("README's programs, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  const emulator = useEmulator();
  let project: PulumiProject | undefined;
  after(() => project?.remove());

  it("make a bucket, find its place, put a folder, and take the target into another stack", async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: media-storage\nruntime: nodejs\n",
        "index.ts": program("ts"),
        ...folder,
      },
      env: emulator().environment,
      stack: "prod",
    });
    await tryWithConsumer(project);
    const { url } = await project.outputs<{ url: string }>();
    assert.equal(await (await fetch(url)).text(), folder["dist/index.html"]);
  });
});

for (const language of ["yaml", "python"] as const satisfies readonly Language[]) {
  describe(`README's program in ${language}, by the real CLI`, function () {
    this.timeout(180_000);
    const usable = useLanguage(language);
    const emulator = useEmulator();
    let project: PulumiProject | undefined;
    after(() => project?.remove());

    it("does what that in TypeScript does, for a consumer in TypeScript", async () => {
      const yaml = { "Pulumi.yaml": withPluginOfTheCheckout(program("yaml")) };
      project = await usable().project("media-storage", program(language), {
        files: { ...folder, ...(language === "yaml" ? yaml : {}) },
        env: emulator().environment,
        stack: "prod",
      });
      await tryWithConsumer(project);
    });
  });
}

/** README's `Pulumi.yaml`, where the plugin is in the project's `node_modules`; here it is that of the checkout. */
function withPluginOfTheCheckout(yaml: string): string {
  const { plugins } = parse(projectFiles("yaml", "site", "")["Pulumi.yaml"] ?? "");
  const written = parse(yaml);
  assert.deepEqual(written.plugins, { providers: [{ name: "alicloud-ens", path: "node_modules/.bin" }] });
  return stringify({ ...written, name: "media-storage", plugins });
}
