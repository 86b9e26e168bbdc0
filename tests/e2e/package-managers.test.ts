import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { everything } from "../support/everything";
import { useInstalledProjects } from "../support/installed-projects";
import { installWith } from "../support/package-managers";
import { readPage } from "../support/pages";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const javaScript = `
const ens = require("pulumi-alicloud-ens");
exports.uploads = new ens.PreparedUpload("media", { bucketName: "media-assets" }).target;
`;

/** Named and namespace imports are the same, as no bundle of two formats could promise. */
const esModule = `
import * as ens from "pulumi-alicloud-ens";
import { PreparedUpload } from "pulumi-alicloud-ens";

const media = new PreparedUpload("media", { bucketName: "media-assets" });
export const uploads = await Promise.resolve(media.target);
export const same = ens.PreparedUpload === PreparedUpload && ens.EnsError.isInstance(new ens.ProgramError(""));
`;

const typeScript = `
import * as ens from "pulumi-alicloud-ens";

const media: ens.PreparedUpload = new ens.PreparedUpload("media", { bucketName: "media-assets" });
export const uploads = media.target;
`;

const typeScriptModule = `
import * as ens from "pulumi-alicloud-ens";
import { bucketName } from "./bucket-name.js";

const media: ens.PreparedUpload = new ens.PreparedUpload("media", { bucketName });
export const uploads = await Promise.resolve(media.target);
`;

const nodeNext = JSON.stringify({
  compilerOptions: { strict: true, target: "es2022", module: "nodenext", skipLibCheck: true },
});

/** State holds the same short text wherever the package is. */
const providerText = "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')";

/** What Pulumi documents for ES modules in TypeScript. */
const throughLoader = `
name: program
runtime:
  name: nodejs
  options:
    nodeargs: "--loader ts-node/esm --no-warnings"
`;

describe("a program of the tarball", function () {
  this.timeout(300_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const projects = useInstalledProjects();

  async function open(folder: string, files: Readonly<Record<string, string>>): Promise<PulumiProject> {
    return PulumiProject.create({
      folder,
      files,
      env: { ...emulator().environment, TS_NODE_TRANSPILE_ONLY: "false" },
    });
  }

  /** Two runs: what is made by the first, the second leaves alone. */
  async function upTwice(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
    const project = await open(folder, { "Pulumi.yaml": "name: program\nruntime: nodejs\n", ...files });
    try {
      assert.deepEqual(counts(await project.up()), { created: 2 });
      // The same types again would double the time.
      project.env.TS_NODE_TRANSPILE_ONLY = "true";
      assert.deepEqual(counts(await project.up()), { unchanged: 2 });
      const { uploads, same } = await project.outputs<{ uploads?: Record<string, string>; same?: boolean }>();
      const place = emulator().buckets.get("media-assets");
      assert.equal(uploads?.physicalBucketName, place?.physicalBucketName);
      assert.notEqual(same, false);
      const [upload] = await project.uploads();
      assert.equal(upload?.inputs?.__provider, providerText);
    } finally {
      project.remove();
    }
  }

  const languages = [
    ["in TypeScript", { main: "typescript/index.ts" }, typeScript],
    ["in JavaScript", { main: "javascript/index.js" }, javaScript],
    ["as an ES module", { type: "module", main: "module/index.js" }, esModule],
  ] as const;

  // Each manager and each language once; every one with every other takes minutes, and is for `npm run test:all`.
  for (const [manager, what, usual] of [
    ["npm", "npm", 0],
    ["pnpm", "pnpm, which is strict", 2],
    ["yarn", "Yarn 1", 1],
  ] as const) {
    describe(`with ${what}`, () => {
      let folder: string;
      before(async () => {
        folder = projects.folder(manager, { "package.json": projects.manifest({}) });
        const printed = await installWith(manager, folder, { scripts: manager === "npm" });
        // The others list what they install.
        if (manager === "npm") assert.doesNotMatch(printed, /pulumi-alicloud-ens/);
      });

      for (const [language, manifest, program] of everything ? languages : [languages[usual]]) {
        it(`runs ${language}`, () =>
          upTwice(folder, { "package.json": projects.manifest(manifest), [manifest.main]: program }));
      }

      if (manager !== "npm") return;
      it("runs as an ES module in TypeScript", async () => {
        const compiler = { "ts-node": "10.9.2", typescript: "5.9.3", "@types/node": "20.19.43" };
        const manifest = projects.manifest({ type: "module", main: "index.ts" }, compiler);
        writeFileSync(join(folder, "package.json"), manifest);
        await installWith("npm", folder);
        await upTwice(folder, {
          "package.json": manifest,
          "Pulumi.yaml": throughLoader,
          "tsconfig.json": nodeNext,
          "bucket-name.ts": 'export const bucketName: string = "media-assets";\n',
          "index.ts": typeScriptModule,
        });
      });
    });
  }

  it("runs with Yarn 4 and nodeLinker: node-modules, in JavaScript", async () => {
    const manifest = projects.manifest({ main: "index.js" });
    const files = { "package.json": manifest, "yarn.lock": "", ".yarnrc.yml": "nodeLinker: node-modules\n" };
    const folder = projects.folder("berry", files);
    await installWith("berry", folder);
    await upTwice(folder, { "package.json": manifest, "index.js": javaScript });
  });

  it("is refused with Yarn's Plug'n'Play, in words of Pulumi's that docs/where-it-runs.md explains", async () => {
    const manifest = projects.manifest({ main: "index.js" });
    const files = { "package.json": manifest, "yarn.lock": "", ".yarnrc.yml": "nodeLinker: pnp\n" };
    const folder = projects.folder("pnp", files);
    await installWith("berry", folder);
    const program = { "Pulumi.yaml": "name: program\nruntime: nodejs\n", "index.js": javaScript };
    const project = await open(folder, { "package.json": manifest, ...program });
    try {
      const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      const page = readPage("docs/where-it-runs.md");
      const [, words = "none"] = /Plug'n'Play \| Pulumi's "([^"]+)"/.exec(page) ?? [];
      assert.ok(stdout.includes(words), stdout);
    } finally {
      project.remove();
    }
  });

  it("says what to change where pnpm shows packages only what they declare, and then runs", async () => {
    const manifest = projects.manifest({ main: "index.js" });
    const folder = projects.folder("strict", {
      "package.json": manifest,
      "pnpm-workspace.yaml": "hoist: false\n",
    });
    await installWith("pnpm", folder);
    const files = { "package.json": manifest, "index.js": javaScript };
    const project = await open(folder, { "Pulumi.yaml": "name: program\nruntime: nodejs\n", ...files });
    try {
      const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(stdout, /Cannot find module '.*'\..* pnpm without `hoist: false`/s);
      assert.doesNotMatch(stdout, /Require stack/);
      for (const path of ["pnpm-workspace.yaml", "node_modules"])
        rmSync(join(folder, path), { recursive: true });
      await installWith("pnpm", folder);
      assert.deepEqual(counts(await project.up()), { created: 1, unchanged: 1 });
    } finally {
      project.remove();
    }
  });
});
