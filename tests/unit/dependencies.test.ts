import assert from "node:assert/strict";
import { megabytesOf, treeOf } from "../support/dependency-tree";
import { readPage } from "../support/pages";

const sdk = "@pulumi/pulumi";
const { dependencies, peerDependencies, devDependencies } = require("../../package.json");

/** The rows of the table in CONTRIBUTING.md: a package, its range, how many packages come with it, and their MB. */
function rows(): string[][] {
  const [, section = ""] = readPage("CONTRIBUTING.md").split("\n## Dependencies\n");
  const lines = section.split("\n## ")[0]?.split("\n") ?? [];
  return lines
    .filter((line) => line.startsWith("| `") || line.startsWith("| all"))
    .map((line) => line.split(/ ?\| ?/).slice(1, 5));
}

describe("the table of dependencies in CONTRIBUTING.md", () => {
  const names = Object.keys(dependencies);
  const ofSdk = treeOf(sdk);
  const beyondSdk = (name: string) => [...treeOf(name)].filter(([one]) => !ofSdk.has(one));
  const foldersOf = (tree: Iterable<readonly [string, string]>) => [...new Map(tree).values()];

  const expected: readonly (readonly [string, string, readonly string[]])[] = [
    [`\`${sdk}\``, peerDependencies[sdk], foldersOf(ofSdk)],
    ...names.map((name) => [`\`${name}\``, dependencies[name], foldersOf(beyondSdk(name))] as const),
    ["all but Pulumi's SDK", "", foldersOf(names.flatMap(beyondSdk))],
  ];

  it("has each with its range, and how many packages come with it", () => {
    assert.deepEqual(
      rows().map(([name, range, count]) => [name, range, count]),
      expected.map(([name, range, folders]) => [name, range, String(folders.length)]),
    );
  });

  it("says what they weigh, within a tenth", () => {
    const weights = rows().map(([, , , weight]) => Number(weight));
    for (const [index, [name, , folders]] of expected.entries()) {
      const weight = megabytesOf(folders);
      const difference = Math.abs((weights[index] ?? Number.NaN) - weight);
      assert.ok(difference <= Math.max(0.1, weight / 10), `${name}: ${weight.toFixed(1)} MB`);
    }
  });

  it("is of what users get: decisions have a reason for it, and for what is for developers alone", () => {
    const reasons = readPage("docs/decisions/dependencies.md");
    const all = [...names, ...Object.keys(devDependencies)].filter((name) => !name.startsWith("@types/"));
    assert.deepEqual(
      all.filter((name) => !reasons.includes(`\`${name}\``)),
      [],
    );
  });
});
