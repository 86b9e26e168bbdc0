import assert from "node:assert/strict";
import { join } from "node:path";
import { useEmulator } from "../support/emulator";
import { codeBlocks, lacking } from "../support/pages";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

/** Where the bucket of the examples' pages is. */
const place = { physicalBucketName: "media-assets-3f9a1c", endpoint: "eos.aliyuncs.com" };
const berlin = {
  clientIps: "203.0.113.7",
  physicalBucketName: "media-assets-berlin-5b1c9e",
  endpoint: "berlin.eos.aliyuncs.com",
};

describe("the examples print what their pages say, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: [{ name: "media-assets", ...place, placements: [berlin] }] });
  const projects: PulumiProject[] = [];
  after(() => {
    for (const project of projects) project.remove();
  });

  /** Deploys an example with the configuration of its page, and compares. */
  async function deploy(example: string, sharing?: PulumiProject): Promise<PulumiProject> {
    const page = join("examples", example, "README.md");
    const [commands, printed] = codeBlocks(page);
    assert.equal(printed?.language, "", `${page} has what its first commands print`);
    const project = await PulumiProject.create({
      from: join(checkout, "examples", example),
      env: emulator().environment,
      ...(sharing !== undefined ? { sharing } : {}),
    });
    projects.push(project);
    for (const [, path, key = "", value = ""] of (commands?.code ?? "").matchAll(
      /^pulumi config set (--path )?(\S+) (\S+)/gm,
    )) {
      await project.setConfig(key, value, path === undefined ? "plain" : "path");
    }
    const { stdout } = await project.up();
    assert.equal(lacking(printed?.code ?? "", stdout), undefined, stdout);
    return project;
  }

  it("quickstart", () => deploy("quickstart"));

  it("edge-sites", () => deploy("edge-sites"));

  it("cross-stack, the producer and then the consumer", async () => {
    const producer = await deploy(join("cross-stack", "producer"));
    await deploy(join("cross-stack", "consumer"), producer);
  });
});
