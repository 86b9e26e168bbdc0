import assert from "node:assert/strict";
import { exec } from "node:child_process";
import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { useEmulator } from "../support/emulator";
import { useInstalledProjects } from "../support/installed-projects";
import { installWith } from "../support/package-managers";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const run = promisify(exec);

/** A provider of components: a program in any language gets the component from a process of this provider's own. */
const provider = `
const pulumi = require("@pulumi/pulumi");
const ens = require("pulumi-alicloud-ens");

class Uploads extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:index:Uploads", name, {}, opts);
    this.target = new ens.PreparedUpload(name, { bucketName: args.bucketName }, { parent: this }).target;
    this.registerOutputs({ target: this.target });
  }
}

async function construct(name, type, inputs, options) {
  const { urn, target } = new Uploads(name, inputs, options);
  return { urn, state: { target } };
}

pulumi.provider.main({ version: "1.0.0", construct }, process.argv.slice(2));
`;

/** What `pulumi package add` writes for a program, in short. */
const program = `
const pulumi = require("@pulumi/pulumi");

class Uploads extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:index:Uploads", name, { ...args, target: undefined }, opts, true);
  }
}

exports.uploads = new Uploads("media", { bucketName: "media-assets" }).target;
`;

describe("a component package that another program uses", function () {
  this.timeout(300_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const projects = useInstalledProjects();

  it("says what to install in the program, and then runs with two copies of this package", async () => {
    const component = projects.folder("component", {
      "package.json": projects.manifest({ name: "acme" }),
      "provider.js": provider,
      "bin/pulumi-resource-acme": '#!/bin/sh\nexec node "$(dirname "$0")/../provider.js" "$@"\n',
    });
    chmodSync(join(component, "bin", "pulumi-resource-acme"), 0o755);
    const folder = projects.folder("program", {
      "package.json": projects.programManifest({}),
      "Pulumi.yaml": "name: program\nruntime: nodejs\n",
      "index.js": program,
    });
    await Promise.all([installWith("npm", component), installWith("npm", folder)]);
    const project = await PulumiProject.create({ folder, env: { ...emulator().environment } });
    project.env.PATH = [join(component, "bin"), project.env.PATH].join(delimiter);
    try {
      const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      const [, command = "none"] =
        /used by a component, .* in the program too, as a direct dependency: `(cd \S+program && npm install pulumi-alicloud-ens)`/.exec(
          stdout,
        ) ?? assert.fail(stdout);
      await run(command.replace("pulumi-alicloud-ens", projects.tarball()));
      const { created } = counts(await project.up());
      assert.ok(created);
      assert.deepEqual(counts(await project.up()), { unchanged: 3 });
      const { uploads } = await project.outputs<{ uploads?: Record<string, string> }>();
      const place = emulator().buckets.get("media-assets");
      assert.equal(uploads?.physicalBucketName, place?.physicalBucketName);
    } finally {
      project.remove();
    }
  });
});
