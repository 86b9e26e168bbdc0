import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { checkout } from "../support/paths";
import { testCli, useCli } from "../support/pulumi-cli";

const parts = ["provider", "sdk", "emulator", "testing", "cli", "examples", "scripts", "tools"];
const files = ["package.json", "tsconfig.json", "tsconfig.build.json", "Pulumi.yaml"];

describe("npm start, on a copy of the checkout", function () {
  this.timeout(180_000);
  useCli();
  let root: string;
  let copy: string;
  let home: string;
  let first: Awaited<ReturnType<typeof npm>>;

  before(async () => {
    root = mkdtempSync(join(tmpdir(), "ens-demo-"));
    copy = join(root, "copy");
    home = join(root, "home");
    mkdirSync(home);
    for (const name of [...parts, ...files]) {
      const filter = (path: string) => !/Pulumi\.\w+\.yaml$/.test(path);
      cpSync(join(checkout, name), join(copy, name), { recursive: true, filter });
    }
    symlinkSync(join(checkout, "node_modules"), join(copy, "node_modules"), "dir");
    first = await npm("start");
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  async function environment(): Promise<NodeJS.ProcessEnv> {
    const { folder, source } = await testCli();
    return {
      ...process.env,
      HOME: home,
      npm_config_cache: join(root, "npm"),
      // The CLI that the tests have; what gets it is tested by itself.
      ...(source === "path" ? {} : { PULUMI_ALICLOUD_ENS_CACHE: dirname(dirname(folder)) }),
    };
  }

  /** Runs an npm script; `watch` sees the output as it grows. */
  async function npm(script: string, watch: (said: string) => void = () => undefined) {
    const child = spawn("npm", ["run", script], { cwd: copy, env: await environment(), detached: true });
    let said = "";
    let last = Date.now();
    let longestSilence = 0;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        longestSilence = Math.max(longestSilence, Date.now() - last);
        last = Date.now();
        said += chunk.toString();
        watch(said);
      });
    }
    const [exitCode] = (await once(child, "close")) as [number | null];
    return { exitCode, said, longestSilence, left: running() };
  }

  /** What runs from the copy, apart from what looks for it. */
  function running(): string[] {
    return execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line.includes(root));
  }

  it("deploys both stacks, reads the file that one puts into the bucket of the other, and prints what it made", async () => {
    const { exitCode, said, longestSilence, left } = first;
    assert.equal(exitCode, 0, said);
    for (const resource of ["Bucket media", "PreparedUpload media", "BucketObject hello"]) {
      const created = new RegExp(`\\+ {2}pulumi-nodejs:dynamic/alicloud-ens:${resource} created`);
      assert.match(said, created, "pulumi's own output");
    }
    const physical = /Physical bucket +(my-media-[0-9a-f]{6})\n/.exec(said)?.[1];
    assert.match(said, /Logical bucket +my-media\n/);
    assert.match(said, /Endpoint +localhost:\d+\n/);
    assert.match(said, new RegExp(`Object URL +http://localhost:\\d+/${physical}/hello\\.txt\\n`));
    assert.match(said, /Its content +Uploaded by one stack into the bucket of another\.\n/);
    assert.match(said, /State +file:\/\/.*\.demo\/state\n/);
    assert.match(said, /Next +npm start/);
    assert.ok(longestSilence < 20_000, `silent for ${longestSilence} ms`);
    assert.deepEqual(left, []);
  });

  it("changes nothing the second time", async () => {
    const { exitCode, said } = await npm("start");
    assert.equal(exitCode, 0, said);
    const summaries = [...said.matchAll(/^Resources:\n((?: .*\n)+)/gm)].map(([, summary]) => summary?.trim());
    assert.deepEqual(summaries, ["3 unchanged", "2 unchanged"]);
  });

  it("leaves nothing running on Ctrl-C, and begins again, also when another program has taken its port", async () => {
    let interrupted = false;
    const { exitCode, said } = await npm("start", (text) => {
      if (interrupted || !text.includes("$ pulumi up")) return;
      interrupted = true;
      const [line] = execFileSync("ps", ["-eo", "pid,ppid,args"], { encoding: "utf8" })
        .split("\n")
        .filter((one) => one.includes("scripts/demo/main.ts") && !one.includes("sh -c"));
      process.kill(Number(line?.trim().split(" ")[0]), "SIGINT");
    });
    assert.ok(interrupted);
    assert.notEqual(exitCode, 0);
    assert.match(said, /nothing is left running/);
    await sleep(500);
    assert.deepEqual(running(), []);

    const port = Number(readFileSync(join(copy, ".demo", "port"), "utf8"));
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    const again = await npm("start");
    other.close();
    assert.equal(again.exitCode, 0, again.said);
    assert.match(again.said, /Object URL/);
  });

  it("touches nothing outside the checkout", () => {
    assert.deepEqual(readdirSync(home), []);
  });

  it("is removed by npm run clean", async () => {
    const env = { ...(await environment()), PULUMI_ALICLOUD_ENS_CACHE: join(root, "cache") };
    for (const kept of ["pulumi-3.259.0", "pulumi-language-hosts-3.60.0-1.25.0.half-a1B2c3"]) {
      mkdirSync(join(root, "cache", kept), { recursive: true });
    }
    execFileSync("npm", ["run", "clean"], { cwd: copy, env });
    for (const made of [
      ".demo",
      "dist",
      "Pulumi.demo.yaml",
      "examples/cross-stack/consumer/Pulumi.demo.yaml",
    ]) {
      assert.equal(existsSync(join(copy, made)), false, made);
    }
    assert.equal(existsSync(join(root, "cache")), false);
  });
});
