import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { type CodeBlock, readPage } from "../support/pages";
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
    it(example, async () => {
      const page = pageOf(example);
      const blocks = shell.blocksOf(page);
      const destroy = blocks.findIndex(({ code }) => code.includes("pulumi destroy"));
      await follow(example, [...blocks.slice(0, destroy), ...thenCommands(page), ...blocks.slice(destroy)]);
    });
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

/** The commands of a page's table of what may come then, but for those that need something of the reader's. */
function thenCommands(page: string): CodeBlock[] {
  const rows = [...readPage(page).matchAll(/^\| `(pulumi [^`<]+)` \| (.*) \|$/gm)];
  assert.ok(rows.length >= 1, page);
  return rows.map(([, command = "", promise = ""]) => {
    const counted = promises.find(([words]) => words.test(promise))?.[1];
    const code = counted === undefined ? command : `${command} | grep -A1 '^Resources:' | grep '${counted}'`;
    return { page, line: 0, language: "sh", code };
  });
}

/** What a row says, and how Pulumi's counts begin then. */
const promises = [
  [/^unchanged/, " unchanged$"],
  [/ in place$/, "~ 1 updated$"],
] as const;
