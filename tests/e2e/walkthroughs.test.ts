import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { isolatedEnvironment } from "../../tools/pulumi-cli/isolation";
import { type CodeBlock, codeBlocks, commandsOf, lacking, pages, readPage } from "../support/pages";
import { cacheFolder, checkout } from "../support/paths";
import { testCli, useCli } from "../support/pulumi-cli";

const run = promisify(execFile);
const { dependencies, devDependencies, peerDependencies, name } = require("../../package.json");
const known = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, [name]: "" });

describe("the walkthroughs of docs/, word for word, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  let folder: string;
  let env: Record<string, string>;
  let port: string;
  let emulator: ChildProcess | undefined;

  beforeEach(async () => {
    mkdirSync(join(cacheFolder, "projects"), { recursive: true });
    folder = mkdtempSync(join(cacheFolder, "projects", "walkthrough-"));
    port = String(await freePort());
    env = { ...isolatedEnvironment(await testCli(), folder), TS_NODE_TRANSPILE_ONLY: "true" };
  });
  afterEach(() => {
    emulator?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The blocks of a page, with a port that is free here. */
  function blocksOf(page: string): CodeBlock[] {
    return codeBlocks(page).map((block) => ({ ...block, code: block.code.replaceAll("9000", port) }));
  }

  /** Runs the command for the emulator; gives what it prints, and exports what it tells to. */
  async function startEmulator(command: string): Promise<string> {
    const args = command.trim().split(" ").slice(2);
    const child = spawn(process.execPath, [join(checkout, "dist", "cli", "main.js"), ...args]);
    emulator = child;
    let printed = "";
    await new Promise<void>((resolve, reject) => {
      child.once("close", () => reject(new Error(`${command} ended: ${printed}`)));
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk;
        if (printed.includes("Ctrl-C")) resolve();
      });
    });
    for (const [, key = "", value = ""] of printed.matchAll(/export (\w+)=(\S+)/g)) env[key] = value;
    return printed;
  }

  /** Follows a page: writes its files, runs its commands, and compares what they print. */
  async function follow(page: string, blocks = blocksOf(page), { cwd = folder } = {}): Promise<void> {
    // Left behind by each block for the next: where it was, and what it exported.
    let here = cwd;
    let printed = "";
    for (const { language, code, file, line } of blocks) {
      if (file !== undefined) {
        mkdirSync(dirname(join(here, file)), { recursive: true });
        writeFileSync(join(here, file), code);
      } else if (language === "") {
        const missing = lacking(code, printed);
        assert.equal(missing, undefined, `${page}:${line} promises "${missing}", but there was:\n${printed}`);
      } else if (code.startsWith("npx pulumi-alicloud-ens emulator")) {
        printed = await startEmulator(code);
      } else if (code.startsWith("npm install")) {
        for (const wanted of code.trim().split(" ").slice(2)) assert.ok(known.includes(wanted), wanted);
      } else {
        const script = `set -e -o pipefail; ${answering}; cd '${here}'\n${code}\necho "@@$PWD"; node -e '${dump}'`;
        const { stdout } = await run("bash", ["-c", `{ ${script}\n} 2>&1`], { env, cwd: folder }).catch(
          (error: { stdout: string }) => assert.fail(`${page}:${line} failed:\n${error.stdout}`),
        );
        const [all = "", end = ""] = stdout.split("@@");
        const [pwd = "", variables = ""] = end.split("\n");
        printed = all;
        here = pwd;
        env = JSON.parse(variables);
      }
    }
  }

  /** The project of getting started, without its program. */
  const start = codeBlocks("docs/getting-started.md").filter(
    ({ file }) => file?.startsWith("P") || file?.endsWith("json"),
  );

  it("docs/getting-started.md, from an empty folder", async () => {
    const blocks = blocksOf("docs/getting-started.md");
    const account = blocks.findIndex(({ code }) => code.includes("<id>"));
    assert.ok(account > 10, "the page ends with commands for an account");
    await follow("docs/getting-started.md", blocks.slice(0, account));
  });

  it("docs/wiring.md, up to what a consumer gets after a move", async () => {
    await startEmulator(`npx ${name} emulator --bucket media-assets --port ${port}`);
    await follow("docs/wiring.md");
  });

  it("docs/drift.md, for a bucket that has moved", async () => {
    await startEmulator(`npx ${name} emulator --bucket media-assets --port ${port}`);
    const start = codeBlocks("docs/getting-started.md").filter(({ file }) => file !== undefined);
    const commands = [
      "pulumi stack init dev && pulumi up",
      `curl --silent --request POST http://127.0.0.1:${port}/_emulator/buckets/media-assets/move`,
    ];
    await follow("docs/drift.md", [...start, commandsOfTest(...commands), ...blocksOf("docs/drift.md")]);
  });

  it("docs/bucket.md, with what others do to the bucket", async () => {
    await startEmulator(`npx ${name} emulator --bucket media-assets --port ${port}`);
    const page = "docs/bucket.md";
    const opened = `http://127.0.0.1:${port}/_emulator/buckets/media-690b421`;
    const blocks = withOthers(blocksOf(page), {
      refresh: `curl --silent --request PUT ${opened} --data '{"bucketAcl":"public-read"}'`,
      destroy: `node -e '${uploading}' media-690b421-951521 a.txt tmp/b.txt`,
    });
    await follow(page, [...start, commandsOfTest("pulumi stack init dev"), ...blocks]);
  });

  it("docs/files.md, with what others do to the objects", async () => {
    await startEmulator(`npx ${name} emulator --bucket media-assets --port ${port}`);
    const page = "docs/files.md";
    const bucket = "site-c27a9cb-4d4bda";
    const blocks = withOthers(blocksOf(page), {
      refresh: [
        `node -e '${uploading}' ${bucket} style.css config.json theirs.txt`,
        `node -e '${deleting}' ${bucket} about.html`,
      ].join("\n"),
    });
    await follow(page, [...start, commandsOfTest("pulumi stack init dev"), ...blocks]);
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
        ["config", "stack", "state"].includes(verb) && /^[a-z]+$/.test(object) ? `${verb} ${object}` : verb;
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
      assert.match(stdout, new RegExp(`Usage:\\n {2}pulumi( [a-z]+){${depth}} [[<]`), `pulumi ${path}`);
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

/** What a user answers to the questions of the CLI. */
const answering = `pulumi() {
  case " $* " in
    *" --preview-only "*) command pulumi "$@" ;;
    *" up "* | *" refresh "* | *" destroy "*) command pulumi "$@" --yes --skip-preview ;;
    *) command pulumi "$@" ;;
  esac
}`;

/** Node's own environment is the shell's. */
const dump = "console.log(JSON.stringify(process.env))";

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
