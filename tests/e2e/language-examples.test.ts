import assert from "node:assert/strict";
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { languages } from "../support/language-programs";
import { useLanguage } from "../support/language-project";
import { checkout } from "../support/paths";
import { Walkthrough } from "../support/walkthrough";

const { name, bin } = require("../../package.json");
const command = "pulumi-resource-alicloud-ens";

for (const language of languages) {
  describe(`examples/${language}, word for word, by the real CLI`, function () {
    this.timeout(300_000);
    const usable = useLanguage(language);
    let shell: Walkthrough | undefined;
    afterEach(() => shell?.end());

    it("does what its page says", async () => {
      shell = await Walkthrough.begin(usable().env);
      cpSync(join(checkout, "examples", language), shell.folder, { recursive: true });
      install(shell.folder);
      const page = join("examples", language, "README.md");
      const blocks = shell.blocksOf(page);
      const destroy = blocks.findIndex(({ code }) => code.includes("pulumi destroy"));
      const again = { page: "", line: 0, language: "sh", code: "pulumi up | grep '4 unchanged'" };
      await shell.follow(page, [...blocks.slice(0, destroy), again, ...blocks.slice(destroy)]);
    });
  });
}

/** What `npm install` makes of this package in a project. */
function install(folder: string): void {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  assert.deepEqual(Object.keys(dependencies), [name]);
  mkdirSync(join(folder, "node_modules", ".bin"), { recursive: true });
  const installed = join(folder, "node_modules", name);
  mkdirSync(installed);
  for (const linked of ["dist", "package.json"]) symlinkSync(join(checkout, linked), join(installed, linked));
  // Pip writes beside what it installs.
  cpSync(join(checkout, "sdk"), join(installed, "sdk"), { recursive: true });
  symlinkSync(join("..", name, bin[command]), join(folder, "node_modules", ".bin", command));
  // As npm does.
  chmodSync(join(checkout, bin[command]), 0o755);
}
