import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../support/paths";

const { files } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as { files: string[] };
const main = join(checkout, "dist", "cli", "main.js");

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("the command pulumi-alicloud-ens", () => {
  for (const args of [
    ["--help"],
    ["help"],
    ["help", "doctor"],
    ["--version"],
    ["doctor", "--help"],
    ["emulator", "--help"],
  ]) {
    it(`ends with status 0 after ${args.join(" ")}`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual({ status, stderr }, { status: 0, stderr: "" });
      assert.notEqual(stdout, "");
    });
  }

  for (const [args, expected] of [
    [[], /^Usage: pulumi-alicloud-ens/],
    [
      ["docter"],
      /^error: unknown command 'docter'\n\(Did you mean doctor\?\)\nSee pulumi-alicloud-ens --help\.\n$/,
    ],
    [["--jsn"], /^error: unknown option '--jsn'\nSee pulumi-alicloud-ens --help\.\n$/],
    [["help", "docter"], /^Usage: pulumi-alicloud-ens/],
    [
      ["doctor", "one-bucket", "two-buckets"],
      /^error: too many arguments.*\nSee pulumi-alicloud-ens doctor --help\.\n$/,
    ],
  ] as const) {
    it(`ends with status 2 after ${args.join(" ") || "nothing"}, and says what is wrong`, () => {
      const { status, stdout, stderr } = run(...args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: "" });
      assert.match(stderr, expected);
    });
  }

  for (const command of [[], ["doctor"], ["emulator"]]) {
    it(`has the statuses and pages of the package in ${[...command, "--help"].join(" ")}`, () => {
      const { stdout } = run(...command, "--help");
      assert.match(stdout, /^Exit status:\n {2}0 {2}\w.*\n {2}1 {2}\w.*\n {2}2 {2}\w.*$/m);
      const pages = stdout.match(/[\w/-]+\.md\b/g) ?? [];
      assert.ok(pages.length > 0);
      for (const page of pages) {
        assert.ok(existsSync(join(checkout, page)), page);
        assert.ok(
          files.some((one) => page === one || page.startsWith(`${one}/`)),
          `${page} is in the package`,
        );
      }
    });
  }
});
