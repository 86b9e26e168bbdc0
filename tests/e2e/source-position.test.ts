import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject, type StateResource } from "../support/pulumi-project";

const program = `import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
new ens.PreparedUpload("media", { bucketName: "media-assets" });
ens.PreparedUpload.get("looked-up", "media-assets");
class Shop extends pulumi.ComponentResource {
  constructor(name: string) {
    super("example:index:Shop", name);
    new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } }, { parent: this });
  }
}
new Shop("shop");
pulumi.output("late").apply(function make(name) {
  new ens.PreparedUpload(name, { bucketName: "media-assets" });
});
`;

describe("where a resource was made, as its state says", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let project: PulumiProject;
  let uploads: readonly StateResource[];

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: positions\nruntime: nodejs\n", "index.ts": program },
      env: { ...emulator().environment },
    });
    await project.up();
    uploads = await project.uploads();
  });
  after(() => project?.remove());

  for (const { name, lines } of [
    { name: "media", lines: [3] },
    { name: "looked-up", lines: [4] },
    { name: "sites", lines: [8, 11] },
    { name: "late", lines: [13] },
  ]) {
    it(`${name}: the program's line, and the stack of the program alone`, () => {
      const upload = uploads.find(({ urn }) => urn.endsWith(`::${name}`));
      const stack = upload?.stackTrace?.map((frame) => frame.sourcePosition?.replace(/,\d+$/, ""));
      assert.deepEqual(
        stack,
        lines.map((line) => `project:///index.ts#${line}`),
      );
      assert.equal(upload?.sourcePosition, upload?.stackTrace?.[0]?.sourcePosition);
    });
  }
});
