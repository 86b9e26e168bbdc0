import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";

/** A table of the report, its rows as records by the names of their columns. */
function table(report: string, heading: string): readonly Readonly<Record<string, string>>[] {
  const [, section = ""] = report.split(`\n### ${heading}\n`);
  const [head = [], , ...rows] = (section.split(/\n### /)[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1));
  const names = head.map((name) => name.trim() || "who");
  return rows.map((row) =>
    Object.fromEntries(row.map((cell, index) => [names[index] ?? "", cell.trim()] as const)),
  );
}

// What it measures is not judged here, so that others may run beside it.
describe("npm run bench -- --quick", function () {
  this.timeout(600_000);
  useCli();
  let report = "";

  /** A figure of the row of one contestant at a size. */
  function figure(heading: string, size: number, contestant: string, column: string): number {
    const row = table(report, heading).find((one) => one.N === String(size) && one.who === contestant);
    const cell = row?.[column];
    assert.ok(cell !== undefined, `${heading}, ${contestant} at ${size}: no ${column} in\n${report}`);
    return Number(cell);
  }

  before(async () => {
    const child = spawn(
      process.execPath,
      ["-r", "ts-node/register/transpile-only", "bench/main.ts", "--quick"],
      {
        cwd: checkout,
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => {
      report += chunk.toString();
    });
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
    });
    const [exitCode] = await once(child, "close");
    assert.equal(exitCode, 0, errors);
  });

  it("sends one request for each resource, and none where nothing changed", () => {
    for (const contestant of ["ours", "plain"]) {
      assert.equal(figure("First up", 10, contestant, "requests"), 10, contestant);
      assert.equal(figure("Unchanged up", 10, contestant, "requests"), 0, contestant);
    }
    assert.equal(figure("Refresh", 10, "ours", "requests"), 10);
    assert.equal(figure("Destroy", 10, "ours", "requests"), 0);
    assert.equal(figure("First up", 10, "many", "requests"), 10);
    assert.equal(figure("First up", 10, "node", "requests"), 10);
    assert.equal(figure("First up", 10, "idle", "requests"), 0);
  });

  it("sends a file in one request, and what changed alone, after one question for the place of the bucket", () => {
    const requests = (heading: string, contestant: string) =>
      figure(`${heading}, files`, 10, contestant, "requests");
    // Also one listing, which shows what others have put there.
    assert.equal(requests("First up", "folder"), 12);
    assert.equal(requests("Unchanged up", "folder"), 0);
    assert.equal(requests("One changed", "folder"), 2);
    assert.equal(requests("Refresh", "folder"), 2);
    assert.equal(requests("Destroy", "folder"), 2);
    for (const contestant of ["dynamic", "ali-oss"]) assert.equal(requests("First up", contestant), 10);
    assert.equal(requests("First up", "reading"), 0);
  });

  it("finds no more connections than calls at once, and a small state beside the plain provider's", () => {
    assert.ok(figure("First up", 10, "ours", "connections") <= 8);
    const size = (contestant: string) => figure("First up", 10, contestant, "B a resource");
    assert.ok(size("ours") <= 450, `${size("ours")} B`);
    assert.ok(size("plain") > 4 * size("ours"), `${size("plain")} B`);
  });

  it("measures time everywhere, CPU and memory where the system tells them", () => {
    for (const { N, who, "time, s": time, ...row } of table(report, "First up")) {
      assert.ok(Number(time) > 0, `${who} at ${N}: ${time} s`);
      if (process.platform !== "linux" || who === "empty") continue;
      assert.ok(Number(row["provider peak, MB"]) > 20, `${who}: ${row["provider peak, MB"]} MB`);
      if (who === "node") continue;
      for (const process of ["engine", "program", "provider"]) {
        assert.ok(
          Number(row[`${process} CPU, s`]) > 0,
          `${who}: ${row[`${process} CPU, s`]} s of ${process}`,
        );
      }
    }
  });

  it("holds every bar against its limit, and gets every call through the quota", () => {
    const [bars, ofFiles] = [table(report, "Bars"), table(report, "Bars, files")];
    assert.equal(bars.length, process.platform === "linux" ? 15 : 14, report);
    assert.equal(ofFiles.length, process.platform === "linux" ? 9 : 7, report);
    for (const { who, measured = "", "at most": limit = "" } of [...bars, ...ofFiles]) {
      const [figure, most] = [Number.parseFloat(measured), Number.parseFloat(limit)];
      // Where both look alike, the digits not shown decide.
      if (figure === most && most > 0) continue;
      const verdict = figure <= most ? "within" : "over";
      assert.ok(report.includes(`| ${measured} | ${limit} | ${verdict} |`), `${who}: ${measured}, ${limit}`);
    }
    assert.match(report, /\| {3}of them failed \| 0 \| 0 \| within \|/);
    assert.match(report, /\| {3}of these failed \| 0 \| 0 \| within \|/);
  });
});
