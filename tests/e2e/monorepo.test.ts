import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { useInstalledProjects } from "../support/installed-projects";
import { installWith } from "../support/package-managers";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

/** Built JavaScript in `dist`, as a library is published. */
const library = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");

exports.Uploads = class Uploads extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:storage:Uploads", name, {}, opts);
    this.target = new ens.PreparedUpload(name, { bucketName: args.bucketName }, { parent: this }).target;
    this.registerOutputs({ target: this.target });
  }
};
`;

const program = `
const { Uploads } = require("@acme/uploads");
exports.uploads = new Uploads("media", { bucketName: "media-assets" }).target;
`;

describe("a component library in a monorepo", function () {
  this.timeout(300_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const projects = useInstalledProjects();

  function files(libraryVersion: string, sdk?: string): Record<string, string> {
    const other: Record<string, string> = sdk === undefined ? {} : { "@pulumi/pulumi": sdk };
    return {
      "packages/uploads/package.json": projects.manifest(
        { name: "@acme/uploads", main: "dist/index.js" },
        other,
      ),
      "packages/uploads/dist/index.js": library,
      "infra/package.json": projects.programManifest({ "@acme/uploads": libraryVersion }),
      "infra/Pulumi.yaml": "name: infra\nruntime: nodejs\n",
      "infra/index.js": program,
    };
  }

  async function open(root: string): Promise<PulumiProject> {
    return PulumiProject.create({ folder: join(root, "infra"), env: { ...emulator().environment } });
  }

  async function upTwice(project: PulumiProject, before: Record<string, number> = {}): Promise<void> {
    const made = { created: 3 - (before.unchanged ?? 0), ...before };
    assert.deepEqual(counts(await project.up()), made);
    assert.deepEqual(counts(await project.up()), { unchanged: 3 });
    const [upload] = await project.uploads();
    assert.match(upload?.urn ?? "", /::acme:storage:Uploads\$pulumi-nodejs:dynamic\//);
  }

  it("is all that the program depends on, with npm, which lifts this package to the top", async () => {
    const root = projects.folder("npm", {
      "package.json": '{ "private": true, "workspaces": ["packages/*", "infra"] }',
      ...files("1.0.0"),
    });
    await installWith("npm", root);
    const project = await open(root);
    try {
      await upTwice(project);
    } finally {
      project.remove();
    }
  });

  it("with pnpm needs the package in the program too, and then runs with two copies of it and of the SDK", async () => {
    const root = projects.folder("pnpm", {
      "package.json": '{ "private": true }',
      "pnpm-workspace.yaml": "packages: [packages/*, infra]\n",
      ...files("workspace:*", "3.247.0"),
    });
    await installWith("pnpm", root);
    const project = await open(root);
    try {
      const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(stdout, /as a direct dependency: `cd .*infra && pnpm add pulumi-alicloud-ens`/);
      assert.doesNotMatch(stdout, /\n\s+at .*\.js:\d+/);

      project.write(
        "package.json",
        projects.manifest({ main: "index.js" }, { "@acme/uploads": "workspace:*" }),
      );
      rmSync(join(root, "pnpm-lock.yaml"));
      await installWith("pnpm", root);
      const copies = ["infra", "packages/uploads"].map((from) =>
        createRequire(join(root, from, "any.js")).resolve("pulumi-alicloud-ens"),
      );
      assert.equal(new Set(copies).size, 2, copies.join());
      await upTwice(project, { unchanged: 2 });
    } finally {
      project.remove();
    }
  });
});
