import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { type CodeBlock, codeBlocks, commandsOf, pages, readPage } from "../support/pages";
import { testCli, useCli } from "../support/pulumi-cli";
import { Walkthrough } from "../support/walkthrough";

const run = promisify(execFile);
const { name } = require("../../package.json");

describe("the walkthroughs of docs/, word for word, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  let shell: Walkthrough;

  beforeEach(async () => {
    shell = await Walkthrough.begin();
  });
  afterEach(() => shell?.end());

  /** The project of getting started, without its program. */
  const start = codeBlocks("docs/getting-started.md").filter(
    ({ file }) => file?.startsWith("P") || file?.endsWith("json"),
  );

  it("docs/getting-started.md, from an empty folder", async () => {
    const blocks = shell.blocksOf("docs/getting-started.md");
    const account = blocks.findIndex(({ code }) => code.includes("<id>"));
    assert.ok(account > 10, "the page ends with commands for an account");
    await shell.follow("docs/getting-started.md", blocks.slice(0, account));
  });

  it("docs/wiring.md, up to what a consumer gets after a move", () => shell.follow("docs/wiring.md"));

  /** What drift.md begins with: getting-started.md up to what it deploys. */
  function deployed(): CodeBlock[] {
    const blocks = shell.blocksOf("docs/getting-started.md");
    return blocks.slice(0, 1 + blocks.findIndex(({ code }) => code.includes("+ 2 created")));
  }

  it("docs/drift.md, whose job fails when a bucket has moved, and at no other time", async () => {
    const page = "docs/drift.md";
    const blocks = shell.blocksOf(page);
    const job =
      blocks.find(({ code }) => code.includes("--expect-no-changes"))?.code ?? assert.fail("no job");
    const { jobs } = parse(
      blocks.find(({ file }) => file?.endsWith(".yml"))?.code ?? assert.fail("no workflow"),
    );
    const steps = (jobs.drift.steps as { readonly run?: string }[]).flatMap(({ run: step }) => step ?? []);
    assert.deepEqual(steps, ["npm ci", job.trim()], "the workflow does the same");
    const moved = 1 + blocks.findIndex(({ code }) => code.startsWith("curl"));
    assert.ok(moved > 0, "nothing moves");

    await shell.follow(page, deployed());
    assert.equal(await shell.statusOf(job), 0);
    await shell.follow(page, blocks.slice(0, moved));
    assert.notEqual(await shell.statusOf(job), 0);
    // With the job at its end.
    await shell.follow(page, blocks.slice(moved));
  });

  it("docs/emulator.md, which shows all that the command prints", async () => {
    const blocks = shell.blocksOf("docs/emulator.md");
    const command = blocks.findIndex(({ code }) => code.includes("--placement"));
    const printed = await shell.startEmulator(blocks[command]?.code ?? assert.fail("no command"));
    assert.equal(printed.trim(), blocks[command + 1]?.code.trim());
  });

  it("docs/bucket.md, with what others do to the bucket", async () => {
    await shell.startEmulator(`npx ${name} emulator --bucket media-assets --port ${shell.port}`);
    const page = "docs/bucket.md";
    const opened = `http://127.0.0.1:${shell.port}/_emulator/buckets/media-690b421`;
    const blocks = withOthers(shell.blocksOf(page), {
      refresh: `curl --silent --request PUT ${opened} --data '{"bucketAcl":"public-read"}'`,
      destroy: `node -e '${uploading}' media-690b421-951521 a.txt tmp/b.txt`,
    });
    await shell.follow(page, [...start, commandsOfTest("pulumi stack init dev"), ...blocks]);
  });

  it("docs/files.md, with what others do to the objects", async () => {
    await shell.startEmulator(`npx ${name} emulator --bucket media-assets --port ${shell.port}`);
    const page = "docs/files.md";
    const bucket = "site-c27a9cb-4d4bda";
    const blocks = withOthers(shell.blocksOf(page), {
      refresh: [
        `node -e '${uploading}' ${bucket} style.css config.json theirs.txt`,
        `node -e '${deleting}' ${bucket} about.html`,
      ].join("\n"),
    });
    await shell.follow(page, [...start, commandsOfTest("pulumi stack init dev"), ...blocks]);
  });
});

describe("the commands of Pulumi on all pages", () => {
  useCli();

  /** Those of blocks, and those that a sentence or a table names. */
  function commands(): string[][] {
    const inBlocks = pages()
      .flatMap((page) => codeBlocks(page))
      .filter(({ language }) => language === "sh");
    const inText = pages().flatMap((page) => [...readPage(page).matchAll(/`(pulumi [^`\n]+)`/g)]);
    const texts = [...inBlocks.map(({ code }) => code), ...inText.map(([, text]) => text ?? "")];
    return texts.flatMap(commandsOf).filter(([program]) => program === "pulumi");
  }

  it("are those of the real CLI, with flags that it has", async function () {
    this.timeout(60_000);
    const { folder } = await testCli();
    const flags = new Map<string, Set<string>>();
    for (const [, ...words] of commands()) {
      const [verb = "", object = ""] = words.filter(
        (word, index) => !/^-/.test(word) && words[index - 1] !== "-C",
      );
      const path =
        ["config", "package", "plugin", "stack", "state"].includes(verb) && /^[a-z-]+$/.test(object)
          ? `${verb} ${object}`
          : verb;
      const used = flags.get(path) ?? new Set();
      for (const word of words) if (word.startsWith("--")) used.add(word.split("=")[0] ?? "");
      flags.set(path, used);
    }
    assert.ok(flags.size >= 10, [...flags.keys()].join(", "));
    for (const [path, used] of flags) {
      // Help leaves out flags that Pulumi calls experimental, such as --plan, unless they are asked for.
      const env = { ...process.env, PULUMI_EXPERIMENTAL: "true" };
      const { stdout } = await run(join(folder, "pulumi"), [...path.split(" "), "--help"], { env });
      // By number, since some names are older ones of the same command.
      const depth = path.split(" ").length;
      assert.match(stdout, new RegExp(`Usage:\\n {2}pulumi( [a-z-]+){${depth}} [[<]`), `pulumi ${path}`);
      for (const flag of used) assert.match(stdout, new RegExp(` ${flag}\\b`), `pulumi ${path} ${flag}`);
    }
  });
});

/** A page's blocks, with what others do before the first command of a kind. */
function withOthers(blocks: readonly CodeBlock[], others: Readonly<Record<string, string>>): CodeBlock[] {
  const done = new Set<string>();
  const all = blocks.flatMap((block) => {
    const [, verb = ""] = /^pulumi (\w+)/m.exec(block.code) ?? [];
    const before = done.has(verb) ? undefined : others[verb];
    done.add(verb);
    return before === undefined ? [block] : [commandsOfTest(before), block];
  });
  for (const verb of Object.keys(others)) assert.ok(done.has(verb), verb);
  return all;
}

/** What a page tells in words. */
function commandsOfTest(...commands: readonly string[]): CodeBlock {
  return { page: "", line: 0, language: "sh", code: commands.join("\n") };
}

/** A client of the storage, for the physical bucket and the objects that it is given. */
const client = `
  const OSS = require("ali-oss");
  const [bucket, ...keys] = process.argv.slice(1);
  const { ALICLOUD_ACCESS_KEY: accessKeyId, ALICLOUD_SECRET_KEY: accessKeySecret } = process.env;
  const endpoint = process.env.ALIBABA_CLOUD_ENDPOINT_ENS.replace("127.0.0.1", "localhost");
  const client = new OSS({ accessKeyId, accessKeySecret, bucket, endpoint, sldEnable: true });
`;
const uploading = `${client}  for (const key of keys) client.put(key, Buffer.from("hello"));\n`;
const deleting = `${client}  for (const key of keys) client.delete(key);\n`;
