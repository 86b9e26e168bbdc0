import { cpSync } from "node:fs";
import { join } from "node:path";
import type { CodeBlock } from "../support/pages";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { Walkthrough } from "../support/walkthrough";

describe("the pages of the examples, word for word, without an account, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  let shell: Walkthrough;
  beforeEach(async () => {
    shell = await Walkthrough.begin();
  });
  afterEach(() => shell.end());

  const pageOf = (example: string) => join("examples", example, "README.md");

  /** Follows blocks of an example's page, in a copy of it. */
  async function follow(example: string, blocks: readonly CodeBlock[]): Promise<void> {
    const folder = join(shell.folder, example);
    cpSync(join(checkout, "examples", example), folder, { recursive: true });
    await shell.follow(pageOf(example), [...blocks], { cwd: folder });
  }

  for (const example of ["quickstart", "bucket", "static-site", "edge-sites", "two-accounts"]) {
    it(example, () => follow(example, shell.blocksOf(pageOf(example))));
  }

  it("browser-upload, but for the server, which tests of its own start", async () => {
    const blocks = shell.blocksOf(pageOf("browser-upload"));
    const server = blocks.findIndex(({ code }) => code === "npm start\n");
    await follow("browser-upload", [...blocks.slice(0, server), ...blocks.slice(server + 2)]);
  });

  it("cross-stack, the producer, in its shell the consumer, and both away again", async () => {
    const [producer, consumer] = [join("cross-stack", "producer"), join("cross-stack", "consumer")];
    const blocks = shell.blocksOf(pageOf(producer));
    const destroy = blocks.findIndex(({ code }) => code.includes("pulumi destroy"));
    await follow(producer, blocks.slice(0, destroy));
    await follow(consumer, shell.blocksOf(pageOf(consumer)));
    await follow(producer, blocks.slice(destroy));
  });
});
