import assert from "node:assert/strict";
import { stringify } from "yaml";
import { useEmulator } from "../support/emulator";
import { pluginFolder } from "../support/plugin-folder";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject, type StateResource } from "../support/pulumi-project";

const program = `import * as ens from "pulumi-alicloud-ens/plugin";
const bucket = new ens.Bucket("media", { bucketName: "media", bucketAcl: "private" });
const place = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
const sites = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } });
export const physicalBucketName = place.target.physicalBucketName;
export const berlin = sites.targets.apply(({ berlin }) => berlin?.endpointUrl);
export const found = ens.getPreparedUploadOutput({ bucketName: "media-assets" }).endpointUrl;
`;

describe("the plugin in a program of Node, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let project: PulumiProject;

  before(async () => {
    const plugins = { providers: [{ name: "alicloud-ens", path: pluginFolder() }] };
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": stringify({ name: "plugin", runtime: "nodejs", plugins }),
        "index.ts": program,
      },
      env: emulator().environment,
    });
    assert.deepEqual(counts(await project.up()), { created: 4 });
  });
  after(() => project?.remove());

  it("has the outputs and the functions of every language", async () => {
    const { physicalBucketName, berlin, found } = await project.outputs();
    const { endpoint } = emulator().buckets.get("media-assets") ?? {};
    assert.match(String(physicalBucketName), /^media-[0-9a-f]{6}$/);
    assert.deepEqual([berlin, found], [`http://${endpoint}`, `http://${endpoint}`]);
  });

  it("keeps in state the line of the program, and the stack of the program alone", async () => {
    const ours = (await project.resources()).filter(({ type }) => type.startsWith("alicloud-ens:index:"));
    const lineOf = ({ sourcePosition, stackTrace = [] }: StateResource) => {
      assert.deepEqual(stackTrace, [{ sourcePosition }]);
      return sourcePosition?.replace(/,\d+$/, "");
    };
    assert.deepEqual(
      ours.map(lineOf).sort(),
      [2, 3, 4].map((line) => `project:///index.ts#${line}`),
    );
  });

  it("is unchanged the second time", async () => {
    assert.deepEqual(counts(await project.up("--expect-no-changes")), { unchanged: 4 });
  });
});
