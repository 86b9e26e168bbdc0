import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { useEmulator } from "../support/emulator";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject, type StateResource } from "../support/pulumi-project";

/** Stands in for the official provider: it takes any settings and has no resources. */
const officialProvider = `#!/usr/bin/env node
const { main } = require(${JSON.stringify(join(checkout, "node_modules", "@pulumi", "pulumi", "provider"))});
main({ version: "3.108.0", schema: "{}" }, process.argv.slice(2));
`;

const head = `
import * as pulumi from "@pulumi/pulumi";
import * as ens from "pulumi-alicloud-ens";
class Official extends pulumi.ProviderResource {}
const anything = (value: unknown) => value as never;
`;

const warned = `${head}
const official = new Official("alicloud", "official", {});
const component = new pulumi.ComponentResource("example:index:Media", "component", {}, { providers: [official] });
new ens.PreparedUpload("one", { bucketName: "media-assets" }, { parent: component });
new ens.PreparedUpload("two", { bucketName: "media-assets" }, { parent: component });
const both = { providers: [official, new ens.Provider("own")] };
const wired = new pulumi.ComponentResource("example:index:Media", "wired", {}, both);
new ens.PreparedUpload("three", { bucketName: "media-assets" }, { parent: wired });
new ens.PreparedUpload("slow", { bucketName: "media-assets" }, { customTimeouts: { create: "5m" } });
const privately = ({ props, opts }: pulumi.ResourceTransformationArgs) => ({ props: { ...props, clientIp: "10.0.0.7" }, opts });
new ens.PreparedUpload("inside", { bucketName: "media-assets" }, { transformations: [privately] });
`;

const refused = {
  "an official provider": {
    program: `${head}
new ens.PreparedUpload("media", { bucketName: "media-assets" }, { provider: new Official("alicloud", "official", {}) });`,
    expected:
      /PreparedUpload "media" was given a provider of alicloud, which cannot serve it\. .*`{ provider: new ens\.Provider\(/s,
  },
  "an argument with a wrong name": {
    program: `${head}new ens.Provider("partner", anything({ accesskey: "id", secretKey: "secret" }));`,
    expected: /Provider "partner" has no argument accesskey; did you mean accessKey\?/,
  },
  // Where a warning waits for its resource, Pulumi keeps back all that is said later.
  "a trigger that cannot be carried, found later, of a resource that it warns of": {
    program: `${head}
const map = pulumi.output("v1").apply((version) => new Map([["version", version]]));
const args = { bucketName: "media-assets", triggers: [map] };
new ens.PreparedUpload("media", args, { customTimeouts: { create: "5m" } });`,
    expected: /triggers\[0\] of PreparedUpload "media" is of the class Map, which Pulumi cannot carry/,
  },
} as const;

const transformed = `${head}
pulumi.runtime.registerStackTransformation(({ name, props, opts }) => ({
  props: name === "hidden" ? { ...props, bucketName: pulumi.secret("hidden-bucket") } : props,
  opts: name === "sites" ? { ...opts, additionalSecretOutputs: ["targets"] } : opts,
}));
const hidden = new ens.PreparedUpload("hidden", { bucketName: "other-assets" });
const url = new ens.PreparedUpload("url", { bucketName: "media-assets" }, { additionalSecretOutputs: ["endpointUrl"] });
const place = new ens.PreparedUpload("place", { bucketName: "media-assets" }, { additionalSecretOutputs: ["target"] });
const sites = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } });
const other = ({ props, opts }: pulumi.ResourceTransformationArgs) => ({ props: { ...props, bucketName: "hidden-bucket" }, opts });
const found = ens.PreparedUpload.get("found", "media-assets", {}, { transformations: [other] });
export const outputs = {
  hidden: hidden.target, url: url.endpointUrl, bucket: url.physicalBucketName, place: place.target,
  sites: sites.targets, found: found.bucketName, id: found.id,
};
`;

const targeted = `${head}
const left = new ens.PreparedUpload("left", { bucketName: "media-assets" });
const sites = new ens.PreparedUploads("sites", { bucketName: "media-assets", clientIps: { berlin: "203.0.113.7" } });
new ens.PreparedUpload("wanted", { bucketName: "media-assets" });
export const options = left.target.apply(ens.ossClientOptions);
export const url = left.endpointUrl;
export const berlin = sites.targets.apply((targets) => targets?.berlin?.endpointUrl);
`;

describe("the program's side, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets", "hidden-bucket"] });
  let project: PulumiProject;
  let start: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: { "Pulumi.yaml": "name: program\nruntime: nodejs\n", "index.ts": head },
      env: emulator().environment,
    });
    const bin = join(project.folder, "bin");
    mkdirSync(bin);
    writeFileSync(join(bin, "pulumi-resource-alicloud"), officialProvider);
    chmodSync(join(bin, "pulumi-resource-alicloud"), 0o755);
    project.env.PATH = `${bin}${delimiter}${project.env.PATH}`;
    start = project.keep();
  });
  beforeEach(() => start());
  after(() => project?.remove());

  it("warns of settings, providers and options that would have no effect, once each", async () => {
    project.write("index.ts", warned);
    await project.setConfig("alicloud-ens:regoin", "cn-hangzhou");
    const { stdout } = await project.preview();
    const diagnostics = stdout.slice(stdout.indexOf("Diagnostics:"));
    const warnings = [...diagnostics.matchAll(/warning: (.*)/g)]
      .map(([, text]) => text ?? "")
      .filter((text) => !text.startsWith("using pulumi-resource-alicloud"));
    for (const expected of [
      /^Nothing reads alicloud-ens:regoin; did you mean region\? To remove it: `pulumi config rm alicloud-ens:regoin`/,
      /^The provider of alicloud that this resource's parent has is not used for it: it asks with the settings of the stack/,
      /^customTimeouts have no effect on this resource/,
      /^clientIp 10\.0\.0\.7 is not a public address/,
    ]) {
      assert.equal(warnings.filter((text) => expected.test(text)).length, 1, `${expected}:\n${stdout}`);
    }
    assert.equal(warnings.length, 4, stdout);
  });

  for (const [what, { program, expected }] of Object.entries(refused)) {
    it(`refuses ${what}, and asks nothing`, async () => {
      project.write("index.ts", program);
      const { exitCode, stdout } = await project.attempt(["up", "--yes", "--skip-preview"]);
      assert.notEqual(exitCode, 0);
      assert.match(stdout.replace(/\n\s+/g, " "), expected);
      assert.deepEqual(emulator().requests, []);
    });
  }

  it("keeps secret what transformations make secret, and what a secret output shows", async () => {
    project.write("index.ts", transformed);
    await project.up();
    const resources = new Map((await project.uploads()).map((resource) => [nameOf(resource), resource]));
    const clear = (name: string) => {
      const entries = Object.entries(resources.get(name)?.outputs ?? {});
      return entries.filter(([, value]) => !/4dabf181/.test(JSON.stringify(value))).map(([key]) => key);
    };
    assert.equal(/hidden-bucket/.test(JSON.stringify(resources.get("hidden"))), false);
    assert.deepEqual(
      ["bucketName", "physicalBucketName", "endpoint"].map((name) => clear("hidden").includes(name)),
      [false, false, true],
    );
    assert.deepEqual(
      [clear("url").includes("endpoint"), clear("url").includes("physicalBucketName")],
      [false, true],
    );
    assert.equal(clear("place").includes("endpoint") || clear("place").includes("physicalBucketName"), false);
    assert.equal(clear("sites").includes("places"), false);
    const { outputs } = await project.outputs<{ outputs: Record<string, unknown> }>();
    const { hidden, url, place, sites, found, id, bucket } = outputs;
    assert.deepEqual(
      { hidden, url, place, sites },
      { hidden: "[secret]", url: "[secret]", place: "[secret]", sites: "[secret]" },
    );
    assert.deepEqual([found, id], ["hidden-bucket", "hidden-bucket"]);
    assert.match(String(bucket), /^media-assets-/);
    assert.deepEqual(counts(await project.up()), { unchanged: 5 });
  });

  it("leaves outputs without a value where --target leaves resources out, and throws nothing", async () => {
    project.write("index.ts", targeted);
    const stack = "urn:pulumi:dev::program::pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload::";
    await project.up("--target", `${stack}wanted`);
    assert.deepEqual((await project.uploads()).map(nameOf), ["wanted"]);
    assert.deepEqual(await project.outputs(), {});
    await project.up();
    const { berlin, url } = await project.outputs();
    assert.deepEqual([berlin, typeof url], [url, "string"]);
  });
});

function nameOf({ urn }: StateResource): string {
  return urn.split("::").at(-1) ?? "";
}
