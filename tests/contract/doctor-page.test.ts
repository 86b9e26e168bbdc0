import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { checkNames } from "../../cli/doctor/finding";
import { askDoctor, doctorAccount, doctorCommand, runDoctor, useDoctorsPlace } from "../support/doctor";
import { codeBlocks, readPage } from "../support/pages";

const page = readPage("docs/doctor.md");

/** The rows of the table whose head begins so, each a list of cells. */
function table(head: string): readonly (readonly string[])[] {
  const [, rows = ""] = page.slice(page.indexOf(`| ${head} |`)).split(/\n\|[-|]+\|\n/);
  const [own = ""] = rows.split("\n\n");
  return own.split("\n").map((row) => row.slice(2, -2).split(" | "));
}

function codes(cell = ""): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** The paths of all values in a value, such as `checks[].name`. */
function pathsOf(value: unknown, at = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => pathsOf(one, `${at}[]`));
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([key, one]) => pathsOf(one, at === "" ? key : `${at}.${key}`));
}

describe("docs/doctor.md", () => {
  const here = useDoctorsPlace();

  it("has every check, in the order of the report", () => {
    assert.deepEqual(
      table("Check").map(([name]) => codes(name)[0]),
      checkNames,
    );
  });

  it("has every argument and option, as --help has them", async () => {
    const { stdout } = await runDoctor(["--help"], here());
    const inHelp = [...stdout.matchAll(/(?:^ {2}|^Usage: .* )(--[\w-]+(?: <\w+>)?|\[bucket\])/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      table("Argument or option")
        .map(([name]) => codes(name)[0])
        .sort(),
      [...new Set(inHelp)].sort(),
    );
  });

  it("has every key that --json prints, and no other; numbers have their unit in it", async () => {
    const { setAccount } = here().ens.emulator;
    const reports = [await askDoctor(["media-assets", "--write"], here())];
    setAccount({ ...doctorAccount, status: "noPermission" });
    reports.push(await askDoctor(["media-assets"], here()));
    const all = reports.map(({ report }) => report);
    const checks = all.flatMap((report) => report.checks);
    const printed = new Set(all.flatMap((report) => pathsOf(report)));
    const numbers = [...new Set(checks.flatMap((check) => Object.keys(check.numbers ?? {})))];
    for (const name of numbers) assert.match(name, /(Ms|Seconds|Status|Count)$/);
    const shown = [...printed].map((path) =>
      path.replace(/\.numbers\..*/, ".numbers").replace(/^target\..*/, "target"),
    );
    const rows = table("Key");
    const listed = rows.flatMap(([names]) => codes(names));
    const normal = (path: string) => path.replace(/\.details\[\].*/, ".details");
    assert.deepEqual([...new Set(shown.map(normal))].sort(), [...listed].sort());
    const inWords = rows.flatMap(([, words]) => codes(words));
    for (const name of [...numbers, "keyCount"]) assert.ok(inWords.includes(name), name);
    for (const name of Object.keys(all[0]?.target ?? {})) assert.ok(inWords.includes(name), name);
    for (const setting of all.flatMap((report) => report.settings)) {
      assert.doesNotMatch(String(setting.value ?? ""), /^\d+ /, setting.name);
    }
  });

  it("has a command for those without an account, which finds nothing wrong", () => {
    const [command = ""] = /^npx pulumi-alicloud-ens emulator -- .*$/m.exec(page) ?? [];
    const [main] = doctorCommand;
    const here = command.replaceAll("npx pulumi-alicloud-ens", `"${process.execPath}" "${main}"`);
    const { status, stdout } = spawnSync("sh", ["-c", here], { encoding: "utf8", cwd: tmpdir() });
    assert.equal(status, 0, stdout);
    assert.match(stdout, /^ {2}ok +write /m);
  });

  it("has an example of it whose keys are in the table", () => {
    const [example] = codeBlocks("docs/doctor.md").filter(({ language }) => language === "json");
    const listed = table("Key").flatMap(([names]) => codes(names));
    for (const path of pathsOf(JSON.parse(example?.code ?? ""))) {
      const known = path.replace(/\.details\[\].*/, ".details").replace(/\.numbers\..*/, ".numbers");
      assert.ok(listed.includes(known), path);
    }
  });

  it("has the statuses that every command ends with", () => {
    assert.deepEqual(
      table("Status").map(([status]) => status),
      ["0", "1", "2", "any other"],
    );
  });
});
