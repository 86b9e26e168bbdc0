import assert from "node:assert/strict";
import { join } from "node:path";
import { defaultAccount, type Emulator } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { codeBlocks, lacking } from "../support/pages";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

/** Where the buckets of the examples' pages are. */
const endpoint = "eos.aliyuncs.com";
const berlin = {
  clientIps: "203.0.113.7",
  physicalBucketName: "media-assets-berlin-5b1c9e",
  endpoint: "berlin.eos.aliyuncs.com",
};

describe("the examples print what their pages say, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({
    buckets: [
      { name: "media-assets", physicalBucketName: "media-assets-3f9a1c", endpoint, placements: [berlin] },
      { name: "partner-assets", physicalBucketName: "partner-assets-7d02e4", endpoint },
    ],
  });
  /** Where no bucket is, until an example makes one. */
  const ofNewBuckets = useEmulator();
  const projects: PulumiProject[] = [];
  after(() => {
    for (const project of projects) project.remove();
  });

  /** Deploys an example with the configuration of its page, and compares. */
  async function deploy(
    example: string,
    { sharing, from = emulator() }: { readonly sharing?: PulumiProject; readonly from?: Emulator } = {},
  ): Promise<PulumiProject> {
    const page = join("examples", example, "README.md");
    const [commands, printed] = codeBlocks(page);
    assert.equal(printed?.language, "", `${page} has what its first commands print`);
    const project = await PulumiProject.create({
      from: join(checkout, "examples", example),
      env: from.environment,
      ...(sharing !== undefined ? { sharing } : {}),
    });
    projects.push(project);
    const code = (commands?.code ?? "")
      .replace("<id>", defaultAccount.accessKeyId)
      .replace("<secret>", defaultAccount.accessKeySecret);
    for (const [, kind, key = "", value = ""] of code.matchAll(
      /^pulumi config set (?:--(path|secret) )?(\S+) (\S+)/gm,
    )) {
      await project.setConfig(key, value, (kind as "path" | "secret" | undefined) ?? "plain");
    }
    const { stdout } = await project.up();
    assert.equal(lacking(printed?.code ?? "", stdout), undefined, stdout);
    return project;
  }

  it("quickstart", () => deploy("quickstart"));

  it("two-accounts", () => deploy("two-accounts"));

  it("edge-sites", () => deploy("edge-sites"));

  describe("of a bucket that they make", () => {
    beforeEach(() => {
      const body = { RequestId: "F80C2DBE", BucketName: "media-assets-3f9a1c", Endpoint: endpoint };
      ofNewBuckets().fail({ action: "PrepareUpload", kind: "body", body: JSON.stringify(body) });
    });
    afterEach(() => ofNewBuckets().removeBucket("media-assets"));

    it("bucket", () => deploy("bucket", { from: ofNewBuckets() }));

    it("static-site", () => deploy("static-site", { from: ofNewBuckets() }));

    it("cross-stack, the producer and then the consumer", async () => {
      const from = ofNewBuckets();
      const producer = await deploy(join("cross-stack", "producer"), { from });
      await deploy(join("cross-stack", "consumer"), { from, sharing: producer });
    });
  });
});
