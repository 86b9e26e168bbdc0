import assert from "node:assert/strict";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

/** Dynamic resources of a program's own, which had them before it took this package. */
const own = `
import * as pulumi from "@pulumi/pulumi";
const gone = async () => {
  throw new Error("This code is not to be called any more.");
};
const provider = {
  create: async (props: object) => ({ id: "their-id", outs: { ...props } }),
  read: gone,
  delete: gone,
};
class Upload extends pulumi.dynamic.Resource {
  constructor(name: string, props: object) {
    super(provider, name, props, undefined, "own", "Upload");
  }
}
new Upload("one", { bucketName: "media-assets", region: "cn-hangzhou" });
new Upload("sites", { site: "berlin" });
new Upload("alike", { bucketName: "media-assets", physicalBucketName: "old", endpoint: "old.example", requestId: "R" });
`;

type ClassName = "PreparedUpload" | "PreparedUploads";

/** A program that makes a resource of a class in place of one of another type. */
function program(...resources: readonly (readonly [name: string, className: ClassName, old: string])[]) {
  const lines = resources.map(([name, className, old]) => {
    const sites = className === "PreparedUploads" ? ', clientIps: { berlin: "203.0.113.7" }' : "";
    const place = sites === "" ? "target" : "targets.berlin";
    const options = `{ aliases: [{ type: "pulumi-nodejs:dynamic/${old}" }] }`;
    return `export const ${name} = new ens.${className}("${name}", { bucketName: "media-assets"${sites} }, ${options}).${place};`;
  });
  return `import * as ens from "pulumi-alicloud-ens";\n${lines.join("\n")}\n`;
}

describe("aliases from another type, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let project: PulumiProject;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: aliases\nruntime: nodejs\n", "index.ts": own },
      env: { ...emulator().environment },
    });
    await project.up();
  });
  after(() => project?.remove());

  /** Runs `up`, and expects that every resource asks once, in place, and keeps nothing of what it was. */
  async function expectAsked(outputs: Readonly<Record<string, readonly string[]>>, deleted?: number) {
    const names = Object.keys(outputs);
    emulator().clearRequests();
    const result = await project.up();
    assert.deepEqual(counts(result), {
      updated: names.length,
      unchanged: 1,
      ...(deleted !== undefined ? { deleted } : {}),
    });
    const [, said = ""] = result.stdout.split("Diagnostics:");
    const line = "media-assets: its state is that of another resource (an alias), so ENS is asked again";
    assert.equal(said.split(line).length - 1, names.length, said);
    assert.equal(emulator().requests.length, names.length);

    const place = emulator().buckets.get("media-assets");
    const targets = await project.outputs<Record<string, { physicalBucketName: string; endpoint: string }>>();
    for (const name of names) {
      assert.equal(targets[name]?.physicalBucketName, place?.physicalBucketName, name);
      assert.equal(targets[name]?.endpoint, place?.endpoint, name);
    }
    const uploads = await project.uploads();
    const kept = uploads.map(({ urn, outputs }) => [
      urn.split("::").at(-1),
      Object.keys(outputs ?? {}).sort(),
    ]);
    assert.deepEqual(Object.fromEntries(kept), outputs);

    assert.deepEqual(counts(await project.up("--refresh", "--expect-no-changes")), {
      unchanged: names.length + 1,
    });
  }

  const one = ["__provider", "bucketName", "endpoint", "physicalBucketName", "requestId"];
  const many = ["__provider", "bucketName", "clientIps", "places"];

  it("ask ENS, in place, whatever was there: a program's own resource, an upload for one client or for many", async () => {
    const old = "own:Upload";
    project.write(
      "index.ts",
      program(
        ["one", "PreparedUpload", old],
        ["sites", "PreparedUploads", old],
        ["alike", "PreparedUpload", old],
      ),
    );
    await expectAsked({ one, sites: many, alike: one });

    const [single, several] = ["alicloud-ens:PreparedUpload", "alicloud-ens:PreparedUploads"];
    project.write(
      "index.ts",
      program(["one", "PreparedUploads", single], ["sites", "PreparedUpload", several]),
    );
    await expectAsked({ one: many, sites: one }, 1);
  });
});
