import assert from "node:assert/strict";
import { asText } from "../../../cli/doctor/as-text";
import { type Finding, ok, problem, warning } from "../../../cli/doctor/finding";
import type { ShownSetting } from "../../../cli/doctor/report";
import { reportWidth } from "../../../cli/doctor/wrap";

const policy = JSON.stringify({
  Version: "1",
  Statement: Array(6).fill({ Effect: "Allow", Action: "ens:X" }),
});
const command = "`pulumi config set --secret alicloud-ens:secretKey <secret>`";

function printed(checks: readonly Finding[], settings: readonly ShownSetting[] = [], width = 80): string {
  return asText({ version: "1.2.3", ok: true, checks, settings }, { coloured: false, width });
}

describe("what the doctor prints", () => {
  it("is as wide as the terminal, from 80 to 100 columns, and 100 where it is read by another program", () => {
    assert.deepEqual([undefined, 40, 80, 93, 200].map(reportWidth), [100, 80, 80, 93, 100]);
  });

  it("is wrapped, and further lines begin below the first one's text", () => {
    const words = "word ".repeat(40).trim();
    const text = printed([ok("clock", words)], [{ name: "endpoint", value: "x".repeat(40), from: words }]);
    for (const line of text.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(text, /\n {2}ok {7}clock {2}word .*\n {18}word/);
    assert.match(text, /\n {2}endpoint {2}x{40}\n {12}word .*\n {12}word/);
  });

  it("has what is wrong, what to do, and then what is long", () => {
    const details = [
      { title: "The credentials", lines: ["access key from here, secret key from there"] },
      { title: "A policy that allows it", lines: [policy] },
    ];
    const remedy = ["Attach the policy.", "Or another."];
    const text = printed([problem("permission", "it is refused", remedy, { details })]);
    assert.deepEqual(text.slice(text.indexOf("1 problem:")).split("\n"), [
      "1 problem:",
      "",
      "  PROBLEM permission: it is refused",
      "  Attach the policy.",
      "  Or another.",
      "  The credentials:",
      "    access key from here, secret key from there",
      "  A policy that allows it:",
      `    ${policy}`,
      "",
    ]);
  });

  it("keeps what is to be copied in one piece", () => {
    for (const before of ["a", "a".repeat(30), "a".repeat(70)]) {
      const text = printed([warning("settings", "x", `${before} ${command}, and ${command}.`)]);
      assert.equal(text.split(command).length, 3, text);
    }
  });

  it("ends with how much is wrong", () => {
    const bad = problem("bucket", "x", "x");
    const odd = warning("clock", "x", "x");
    const end = (checks: readonly Finding[]) =>
      printed(checks)
        .split("\n\n")
        .find((part) => /wrong|problem/i.test(part) && !part.includes(" x"));
    assert.equal(end([ok("node", "y")])?.trim(), "Nothing is wrong.");
    assert.equal(end([odd]), "No problem, but 1 warning:");
    assert.equal(end([bad, odd, odd]), "1 problem and 2 warnings:");
  });

  it("has settings with their unit", () => {
    const text = printed(
      [],
      [
        { name: "clientReadTimeout", valueMs: 60_000, from: "default" },
        { name: "maxRetryTimeout", valueSeconds: 0, from: "default" },
        { name: "maxConcurrency", value: 8, from: "default" },
        { name: "secretKey", from: "environment variable X" },
      ],
    );
    assert.match(text, /60000 ms .*\n.* 0 s .*\n.* 8 .*\n.*\(not shown\)/);
  });
});
