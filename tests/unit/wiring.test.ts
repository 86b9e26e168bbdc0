import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import {
  ossClientOptions,
  PreparedUpload,
  PreparedUploads,
  Provider,
  requireUploadTargets,
  type UploadTarget,
} from "../../provider";
import { uploadTarget } from "../../provider/upload-target";
import { checkout } from "../support/paths";

function resolved<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply(resolve);
  });
}

describe("an upload target", () => {
  it("has the endpoint's URL, https by default", () => {
    assert.deepEqual(uploadTarget("media-assets", "media-assets-1", "eos.aliyuncs.com"), {
      bucketName: "media-assets",
      physicalBucketName: "media-assets-1",
      endpoint: "eos.aliyuncs.com",
      endpointUrl: "https://eos.aliyuncs.com",
    });
  });

  it("becomes options for ali-oss that are secure", () => {
    assert.deepEqual(ossClientOptions(uploadTarget("media-assets", "media-assets-1", "eos.aliyuncs.com")), {
      bucket: "media-assets-1",
      endpoint: "https://eos.aliyuncs.com",
      secure: true,
    });
  });

  it("becomes path-style options for a loopback endpoint, which has no certificate", () => {
    assert.deepEqual(ossClientOptions(uploadTarget("media-assets", "media-assets-1", "localhost:9000")), {
      bucket: "media-assets-1",
      endpoint: "http://localhost:9000",
      secure: false,
      sldEnable: true,
    });
  });
});

/** Mocks that remember the resource they saw last, and answer with its inputs and `answer`. */
function useMocks() {
  const mocks: { seen: pulumi.runtime.MockResourceArgs | undefined; answer: Record<string, unknown> } = {
    seen: undefined,
    answer: {},
  };
  before(() =>
    pulumi.runtime.setMocks({
      newResource: (args) => {
        mocks.seen = args;
        return { id: String(args.inputs.bucketName), state: { ...args.inputs, ...mocks.answer } };
      },
      call: () => ({}),
    }),
  );
  return mocks;
}

describe("PreparedUpload in a program, with Pulumi's mocks", () => {
  const mocks = useMocks();

  it("registers the type and inputs that the documentation names, and one constant text", async () => {
    mocks.answer = { physicalBucketName: "media-assets-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const upload = new PreparedUpload("media", {
      bucketName: pulumi.output("media-assets"),
      triggers: ["v1"],
    });
    const target: UploadTarget = await resolved(upload.target);
    assert.equal(target.endpointUrl, "https://eos.aliyuncs.com");
    assert.equal(await resolved(upload.endpointUrl), "https://eos.aliyuncs.com");
    assert.equal(await resolved(upload.requestId), "R");
    assert.equal(mocks.seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUpload");
    assert.deepEqual(mocks.seen?.inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')",
      bucketName: "media-assets",
      triggers: ["v1"],
    });
  });

  it("is recognised among other values, and applies a user's transformations too", async () => {
    const transformation: pulumi.ResourceTransformation = ({ props, opts }) => ({
      props: { ...props, bucketName: "other-assets" },
      opts,
    });
    const upload = new PreparedUpload(
      "media",
      { bucketName: "media-assets" },
      { transformations: [transformation] },
    );
    assert.equal(await resolved(upload.bucketName), "other-assets");
    assert.equal(PreparedUpload.isInstance(upload), true);
    assert.equal(upload instanceof pulumi.dynamic.Resource, true);
    for (const other of [undefined, {}, new pulumi.ComponentResource("a:b:C", "c")]) {
      assert.equal(PreparedUpload.isInstance(other), false);
    }
  });

  it("leaves the program's stack traces alone: while it is made, after it, and where it cannot be made", () => {
    const hook = Error.prepareStackTrace;
    let stack: string | undefined;
    const transformation = () => {
      stack = new Error("a transformation's").stack;
      return undefined;
    };
    new PreparedUpload("media", { bucketName: "media-assets" }, { transformations: [transformation] });
    assert.match(stack ?? "", /prepared-upload\.ts.*wiring\.test\.ts/s);
    assert.equal(Error.prepareStackTrace, hook);
    assert.throws(() => new PreparedUpload("", { bucketName: "media-assets" }), /Missing resource name/);
    assert.equal(Error.prepareStackTrace, hook);
  });

  it("has outputs that are undefined where nothing was resolved, as --target leaves them", async () => {
    mocks.answer = {};
    const upload = new PreparedUpload("media", { bucketName: "media-assets" });
    assert.equal(await resolved(upload.target), undefined);
    assert.equal(await resolved(upload.endpointUrl), undefined);
  });

  it("is looked up by get with the bucket as its id, for whom it is asked, and a provider", async () => {
    mocks.answer = { physicalBucketName: "media-assets-1", endpoint: "eos.aliyuncs.com", requestId: "R" };
    const provider = new Provider("eu", { profile: "eu" });
    const media = PreparedUpload.get(
      "media",
      pulumi.output("media-assets"),
      { clientIp: "203.0.113.7" },
      { provider },
    );
    assert.equal((await resolved(media.target)).physicalBucketName, "media-assets-1");
    assert.equal(await resolved(media.id), "media-assets");
    assert.deepEqual(
      [mocks.seen?.id, mocks.seen?.inputs.bucketName, mocks.seen?.inputs.clientIp],
      ["media-assets", "media-assets", "203.0.113.7"],
    );
    assert.match(mocks.seen?.provider ?? "", /::pulumi:providers:pulumi-nodejs::eu::/);
    assert.equal(PreparedUpload.isInstance(media), true);
  });

  it("takes the one of a component's providers that is ours, also from among those of others", async () => {
    class Media extends pulumi.ComponentResource {}
    class Official extends pulumi.ProviderResource {}
    const others = new Official("alicloud", "official", {});
    const eu = new Provider("eu");
    for (const providers of [[others, eu], { alicloud: others, "pulumi-nodejs": eu }]) {
      const parent = new Media("example:index:Media", "component", {}, { providers });
      const upload = new PreparedUpload("media", { bucketName: "media-assets" }, { parent });
      await resolved(upload.urn);
      assert.match(mocks.seen?.provider ?? "", /::pulumi:providers:pulumi-nodejs::eu::/);
    }
  });
});

describe("Provider in a program, with Pulumi's mocks", () => {
  it("registers its settings as texts under the names of the stack configuration, keys among them as secrets", async () => {
    let inputs: Record<string, unknown> = {};
    pulumi.runtime.setMocks({
      newResource: (args) => {
        inputs = args.inputs;
        return { id: "id", state: args.inputs };
      },
      call: () => ({}),
    });
    const provider = new Provider("eu", {
      accessKey: pulumi.output("id"),
      secretKey: "key",
      securityToken: "token",
      credentialsUri: "https://localhost/credentials",
      profile: "p",
      sharedCredentialsFile: "f",
      ecsRoleName: "r",
      region: "ap-southeast-1",
      endpoint: "ens.aliyuncs.com",
      endpoints: [{ ens: pulumi.output("a.example"), sts: "b.example" }],
      assumeRole: { roleArn: "arn", sessionExpiration: 900, externalId: pulumi.secret("x") },
      clientReadTimeout: 1000,
      maxRetryTimeout: 0,
      maxConcurrency: 2,
    });
    await resolved(provider.urn);
    const secret = (value: string) => ({
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value,
    });
    assert.deepEqual(inputs, {
      "alicloud-ens:provider": "eu",
      "alicloud-ens:accessKey": "id",
      "alicloud-ens:secretKey": secret("key"),
      "alicloud-ens:securityToken": secret("token"),
      "alicloud-ens:credentialsUri": secret("https://localhost/credentials"),
      "alicloud-ens:profile": "p",
      "alicloud-ens:sharedCredentialsFile": "f",
      "alicloud-ens:ecsRoleName": "r",
      "alicloud-ens:region": "ap-southeast-1",
      "alicloud-ens:endpoint": "ens.aliyuncs.com",
      "alicloud-ens:endpoints": '[{"ens":"a.example","sts":"b.example"}]',
      "alicloud-ens:assumeRole": secret('{"roleArn":"arn","sessionExpiration":900,"externalId":"x"}'),
      "alicloud-ens:clientReadTimeout": "1000",
      "alicloud-ens:maxRetryTimeout": "0",
      "alicloud-ens:maxConcurrency": "2",
    });
  });

  it("has an argument for every setting that the documentation lists", () => {
    const source = readFileSync(join(checkout, "provider", "provider.ts"), "utf8");
    const body = /interface ProviderArgs \{(.*?)\n\}/s.exec(source)?.[1] ?? "";
    const args = [...body.matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
    const page = readFileSync(join(checkout, "docs", "settings.md"), "utf8");
    const table = page.slice(page.indexOf("| Name | Variables")).split("\n\n")[0] ?? "";
    const listed = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    assert.ok(listed.length > 10);
    assert.deepEqual(args.sort(), listed.sort());
  });
});

describe("PreparedUploads in a program, with Pulumi's mocks", () => {
  const clientIps = { berlin: pulumi.output("203.0.113.7"), "eu.west": "198.51.100.20" };
  const mocks = useMocks();

  it("registers the type and inputs that the documentation names, and has a target for each site", async () => {
    mocks.answer = { places: { berlin: "media-1@eos.aliyuncs.com", "eu.west": "media-2@localhost:9000" } };
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps, triggers: ["v1"] });
    assert.deepEqual(await resolved(uploads.targets), {
      berlin: uploadTarget("media-assets", "media-1", "eos.aliyuncs.com"),
      "eu.west": uploadTarget("media-assets", "media-2", "localhost:9000"),
    });
    assert.equal(mocks.seen?.type, "pulumi-nodejs:dynamic/alicloud-ens:PreparedUploads");
    assert.deepEqual(mocks.seen?.inputs, {
      __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-uploads')",
      bucketName: "media-assets",
      clientIps: { berlin: "203.0.113.7", "eu.west": "198.51.100.20" },
      triggers: ["v1"],
    });
    assert.equal(PreparedUploads.isInstance(uploads), true);
    assert.equal(PreparedUpload.isInstance(uploads), false);
  });

  it("has targets that are undefined where nothing was resolved, as --target leaves them", async () => {
    mocks.answer = {};
    const uploads = new PreparedUploads("sites", { bucketName: "media-assets", clientIps });
    assert.equal(await resolved(uploads.targets), undefined);
  });
});

describe("the upload targets of another stack", () => {
  function arriving(value: unknown): Promise<unknown> {
    const producer = { name: pulumi.output("sites/prod"), getOutput: () => pulumi.output(value) };
    const output = requireUploadTargets(producer as unknown as pulumi.StackReference, "uploads");
    return (output as unknown as { promise(): Promise<unknown> }).promise();
  }
  const berlin = uploadTarget("media-assets", "media-1", "eos.aliyuncs.com");

  it("are handed over as they are", async () => {
    assert.deepEqual(await arriving({ berlin }), { berlin });
  });

  for (const [what, value, expected] of [
    [
      "is missing",
      undefined,
      /"uploads" of the stack sites\/prod is not upload targets by site: there is no such/,
    ],
    ["is a single target", berlin, /for "bucketName", expected an object, got string/],
    [
      "has a broken one",
      { berlin, oslo: { ...berlin, endpoint: "x/y" } },
      /for "oslo", endpoint is not a host/,
    ],
  ] as const) {
    it(`are an error that says how to export them when the output ${what}`, async () => {
      await assert.rejects(arriving(value), expected);
      await assert.rejects(arriving(value), /export const uploads = preparedUploads\.targets;/);
    });
  }
});
