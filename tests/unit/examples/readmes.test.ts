import assert from "node:assert/strict";
import { dirname } from "node:path";
import { filesUnder, pages, readPage } from "../../support/pages";

const { version } = require("../../../package.json");

/** What every project to copy says of itself, in this order. What is peculiar to it may follow. */
const headings = ["What it shows", "Run it", "What it prints", "What it costs", "Clean up"];

const projectPages = pages().filter((page) => /^(examples|templates)\//.test(page));

describe("the README of each example and template", () => {
  it("are there", () => {
    const projects = ["examples", "templates"].flatMap((folder) => filesUnder(folder, "Pulumi.yaml"));
    assert.deepEqual(projectPages.map(dirname).sort(), projects.map(dirname).sort());
  });

  for (const page of projectPages) {
    const sections = readPage(page).split(/^## /m).slice(1);
    const section = (heading: string) => sections.find((one) => one.startsWith(`${heading}\n`)) ?? "";

    it(`${page} has the same sections as all others, in the same order`, () => {
      const found = sections.map((one) => one.split("\n")[0]);
      assert.deepEqual(found.slice(0, headings.length), headings);
    });

    it(`${page} says how to run it without an account, what it costs there and elsewhere, and how to clean up`, () => {
      if (page === "examples/testing/README.md") return;
      const withoutAccount = /emulator --port 9000 .*-- bash|npm run try|Deploy the producer first/;
      assert.match(section("Run it"), withoutAccount);
      assert.match(section("What it costs"), /^With the emulator nothing\. In your account/m);
      assert.match(section("Clean up"), /^pulumi destroy --remove$/m);
    });
  }

  it("depend on this version of the package", () => {
    for (const file of ["examples", "templates"].flatMap((folder) => filesUnder(folder, "package.json"))) {
      assert.equal(JSON.parse(readPage(file)).dependencies["pulumi-alicloud-ens"], `^${version}`, file);
    }
  });
});
