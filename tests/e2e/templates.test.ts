import assert from "node:assert/strict";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { languages } from "../support/language-programs";
import { useLanguage } from "../support/language-project";
import { packTarball } from "../support/package-managers";
import { type CodeBlock, codeBlocks } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { Walkthrough } from "../support/walkthrough";

/** For npm: nothing asked that is known. For scripts that run Pulumi: what a user answers. */
const environment = {
  PULUMI_SKIP_CONFIRMATIONS: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_prefer_offline: "true",
  npm_config_ignore_scripts: "true",
};

const page = "docs/getting-started.md";

function commands(code: string): CodeBlock[] {
  return [{ page, line: 0, language: "sh", code }];
}

describe("the templates, by the real pulumi new, as the pages say", function () {
  this.timeout(300_000);
  useCli();
  /** In the place of an account. */
  const account = useEmulator();
  let shell: Walkthrough;
  let installed: Walkthrough;
  afterEach(() => shell?.end());
  after(() => installed?.end());

  const blocks = codeBlocks(page);
  const first = blocks.findIndex(({ code }) => code.includes("pulumi new"));
  const [made, created] = blocks.slice(first);
  const [, installing = "", making = ""] = /^(.*)\n(pulumi new .*)\n$/s.exec(made?.code ?? "") ?? [];

  before("what the page installs before there is a template", async () => {
    installed = await Walkthrough.begin(environment, "outside");
    const tarball = await packTarball(installed.folder);
    assert.match(installing, /^mkdir my-storage && cd my-storage\nnpm install pulumi-alicloud-ens$/);
    await installed.follow(page, commands(installing.replace("pulumi-alicloud-ens", tarball)));
  });

  /** A folder in which the page's commands for a template have run. */
  async function begin(language: string, env: Readonly<Record<string, string>>, without = "") {
    shell = await Walkthrough.begin({ ...environment, ...env }, "outside");
    // With the tarball, to which the lock file leads.
    for (const name of readdirSync(installed.folder).filter((one) => one !== "machine")) {
      cpSync(join(installed.folder, name), join(shell.folder, name), { recursive: true });
    }
    const code = making
      .replace("templates/typescript", `templates/${language}`)
      .replace(` ${without}`, without === "" ? " " : " --yes");
    assert.ok(created, `${page} says what pulumi new does`);
    const project = join(shell.folder, "my-storage");
    await shell.follow(page, [...commands(code), created], { cwd: project });
    return project;
  }

  async function does(language: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const project = await begin(language, env);
    const readme = readFileSync(join(project, "README.md"), "utf8");
    const all = codeBlocks(join(project, "README.md"), readme).map((block) => ({
      ...block,
      code: block.code.replaceAll("9000", shell.port),
    }));
    const [install, attempt, deploy, printed, ...cleanUp] = all;
    assert.ok(install && attempt && deploy && printed);
    const follow = (blocks: readonly CodeBlock[]) =>
      shell.follow("its README", [...blocks], { cwd: project });
    await follow(commands(`sed -i s/9000/${shell.port}/ package.json`));
    assert.match(readFileSync(join(project, ".gitignore"), "utf8"), /^\/node_modules\/$/m);

    await follow([install, attempt, printed]);
    await follow(commands("npm run try | grep '4 unchanged'"));
    await follow(deploy === undefined ? [] : inAccount(deploy));
    assert.equal(account().buckets.size, 1);
    const [emulated, deployed] = cleanUp;
    assert.ok(emulated && deployed);
    await follow([emulated, ...inAccount(deployed)]);
    assert.equal(account().buckets.size, 0);
    await follow(commands("test ! -e .try && test ! -e Pulumi.try.yaml && test ! -e Pulumi.dev.yaml"));
  }

  /** The preview has no credentials, as that of a user who begins. */
  function inAccount(block: CodeBlock): CodeBlock[] {
    const variables = Object.entries(account().environment).map(([name, value]) => `${name}=${value}`);
    const code = block.code.replace(/^pulumi (?=up|destroy)/gm, `${variables.join(" ")} pulumi `);
    return [{ ...block, code }];
  }

  it("typescript", () => does("typescript"));

  it("typescript, with a stack and what npm installs, where pulumi new is asked for them", async () => {
    const project = await begin("typescript", {}, "--generate-only");
    await shell.follow("", commands("pulumi preview --diff | grep 'bucketAcl.*private'"), { cwd: project });
  });

  for (const language of languages.filter((one) => one !== "go")) {
    describe(`in ${language}`, () => {
      const usable = useLanguage(language);
      it(language, () => does(language, usable().env));
    });
  }
});
