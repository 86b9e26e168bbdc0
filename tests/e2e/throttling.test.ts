import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

const program = (uploads: number) => `
import * as ens from "pulumi-alicloud-ens";
for (let n = 0; n < ${uploads}; n += 1) new ens.PreparedUpload("media-" + n, { bucketName: "media-assets" });
`;

describe("throttling, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"], quotaPerSecond: 20 });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: throttled\nruntime: nodejs\n", "index.ts": program(80) },
      env: { ...emulator().environment },
    });
  });
  after(() => project?.remove());

  it("lets 80 uploads through a quota of 20 a second, and says once that they wait", async () => {
    // As on a machine with many cores, where Pulumi begins them all at once.
    const result = await project.up("--parallel", "80");
    assert.deepEqual(counts(result), { created: 81 });
    const lines = new Set(result.stdout.match(/ENS is throttling; \d+ calls? waits?, next try in [\d.]+ s/g));
    assert.equal(lines.size, 1, [...lines].join("\n"));
    const refused = emulator().requests.filter(({ code }) => code === "Throttling.User").length;
    assert.ok(refused > 0 && refused <= 16, `${refused} refused`);
  });
});
