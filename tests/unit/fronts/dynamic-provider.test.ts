import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { Caller } from "../../../provider/ens/client";
import { ConnectionError } from "../../../provider/ens/errors";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

const good = {
  bucketName: "media-assets",
  physicalBucketName: "media-1",
  endpoint: "eos.aliyuncs.com",
  requestId: "R",
};

describe("the dynamic front, of state that something else changed", () => {
  const provider = dynamicProvider(resources.PreparedUpload, memoryHost());
  const broken = { ...good, endpoint: { secret: "canary" }, requestId: 7 };

  it("refuses to read and to update, names every property that is wrong, shows none, and links to the page", async () => {
    for (const work of [
      provider.read("media-assets", broken),
      provider.update("media-assets", broken, good),
    ]) {
      await assert.rejects(work, ({ message }: Error) => {
        assert.match(
          message,
          /^The state of this resource cannot be read: endpoint should be a text, got something else/,
        );
        assert.match(
          message,
          /; requestId should be a text.*Docs: pulumi-alicloud-ens\/docs\/errors\.md#state$/s,
        );
        return !message.includes("canary");
      });
    }
  });

  it("compares inputs all the same, so that a broken output stops no deployment", async () => {
    const { bucketName } = good;
    assert.deepEqual(await provider.diff("media-assets", broken, { bucketName }), {
      changes: false,
      replaces: [],
    });
  });
});

describe("the dynamic front, of state that says nothing of its resource", () => {
  const text = (subpath: string) => `exports.handler=()=>require('pulumi-alicloud-ens/${subpath}')`;
  const ours = text("prepared-upload");
  const { bucketName, ...place } = good;
  const news = { bucketName, __provider: ours };
  const answer = { physicalBucketName: "media-2", endpoint: "eos.aliyuncs.com", requestId: "R-2" };

  function start(resource = resources.PreparedUpload) {
    const lines: string[] = [];
    const ens = { call: () => Promise.resolve(answer) } as unknown as Caller;
    return { lines, provider: dynamicProvider(resource, memoryHost(ens, lines)) };
  }

  const foreign = {
    "of a program's own resource": { __provider: "exports.handler=()=>own", place: "x" },
    "of one that has the same outputs": { __provider: "exports.handler=()=>own", ...good },
    "of the other resource of this package": { __provider: text("prepared-uploads"), ...good },
  };
  for (const [what, olds] of Object.entries(foreign)) {
    it(`asks again, in place, and says so: ${what}`, async () => {
      const { lines, provider } = start();
      assert.deepEqual(await provider.diff("their-id", olds, news), { changes: true, replaces: [] });
      assert.deepEqual(lines, [
        "media-assets: its state is that of another resource (an alias), so ENS is asked again",
      ]);
      assert.deepEqual(await provider.update("their-id", olds, news), { outs: { bucketName, ...answer } });
    });
  }

  it("replaces for another bucket, and where the name becomes a secret and our id holds it", async () => {
    const { provider } = start();
    const olds = { __provider: "exports.handler=()=>own", bucketName: "other-assets", clientIp: "192.0.2.1" };
    assert.deepEqual((await provider.diff("their-id", olds, news)).replaces, ["bucketName"]);
    const same = { ...olds, bucketName };
    const option = { ...news, replaceOnChanges: ["*"] };
    const secret = { ...news, secretInputs: ["bucketName"] };
    assert.deepEqual((await provider.diff("their-id", same, option)).replaces, []);
    assert.deepEqual((await provider.diff("their-id", same, secret)).replaces, []);
    const plain = { ...same, __provider: text("prepared-uploads") };
    assert.deepEqual((await provider.diff("media-assets", plain, secret)).replaces, ["bucketName"]);
  });

  it("shows no secret, and names the class where the bucket is not known yet", async () => {
    const { lines, provider } = start();
    const olds = { __provider: "exports.handler=()=>own" };
    await provider.diff("their-id", olds, { ...news, secretInputs: ["bucketName"] });
    await provider.diff("their-id", olds, { bucketName: pulumi.runtime.unknownValue });
    const heads = lines.map((line) => line.split(":")[0]);
    assert.deepEqual(heads, ["[secret]", "PreparedUpload"]);
  });

  it("asks again for what state lacks, in an update and in a refresh, which reports it as drift", async () => {
    const { lines, provider } = start();
    const olds = { bucketName, __provider: ours, physicalBucketName: "media-1", endpoint: null };
    assert.deepEqual(await provider.diff("media-assets", olds, news), { changes: true, replaces: [] });
    assert.deepEqual(lines, ["media-assets: its state has no endpoint, so ENS is asked again"]);
    const outs = { bucketName, ...answer };
    assert.deepEqual(await provider.update("media-assets", olds, news), { outs });
    assert.deepEqual(await provider.read("media-assets", olds), { id: "media-assets", props: outs });
    assert.deepEqual(await provider.diff("media-assets", outs, news), { changes: true, replaces: [] });
    assert.deepEqual(await provider.diff("media-assets", outs, news), { changes: false, replaces: [] });
  });

  it("asks for every site of several", async () => {
    const { provider } = start(resources.PreparedUploads);
    const several = { bucketName, clientIps: { berlin: "203.0.113.7", oslo: "203.0.113.8" } };
    const olds = { __provider: ours, bucketName, ...place, clientIps: several.clientIps };
    assert.deepEqual(await provider.update("media-assets", olds, several), {
      outs: {
        ...several,
        places: { berlin: "media-2@eos.aliyuncs.com", oslo: "media-2@eos.aliyuncs.com" },
      },
    });
  });

  it("keeps a request id out of a look-up, also where a refresh finds it moved", async () => {
    const { provider } = start();
    const { requestId: _, ...lasting } = answer;
    const found = { id: "media-assets", props: { bucketName, ...lasting } };
    assert.deepEqual(await provider.read("media-assets", {}), found);
    assert.deepEqual(
      await provider.read("media-assets", { ...found.props, physicalBucketName: "media-1" }),
      found,
    );
  });
});

describe("the dynamic front, of an error of this package", () => {
  const cause = new ConnectionError("Nobody answers for media-assets.");
  const failing = dynamicProvider(
    resources.PreparedUpload,
    memoryHost({ call: () => Promise.reject(cause) }),
  );

  it("throws another, whose stack is its message and whose name is the class's, and leaves the first as it was", async () => {
    const { message, stack } = cause;
    const thrown: Error = await failing.read("media-assets", good).then(
      () => assert.fail("nothing was thrown"),
      (error) => error,
    );
    assert.notEqual(thrown, cause);
    assert.deepEqual(
      [thrown.name, String(thrown), thrown.stack],
      ["ConnectionError", "ConnectionError", message],
    );
    assert.equal(thrown.cause, cause);
    assert.deepEqual([cause.message, cause.stack], [message, stack]);
  });

  it("throws one without the first where an input is a secret, since its cause may hold that", async () => {
    const secret = { ...good, secretInputs: ["clientIp"] };
    const thrown: Error = await failing.read("media-assets", secret).then(
      () => assert.fail("nothing was thrown"),
      (error) => error,
    );
    assert.equal(thrown.message, cause.message);
    assert.equal(thrown.cause, undefined);
  });

  it("leaves a fault of ours as it is, with its stack", async () => {
    const fault = new TypeError("x is not a function");
    const broken = dynamicProvider(
      resources.PreparedUpload,
      memoryHost({ call: () => Promise.reject(fault) }),
    );
    await assert.rejects(broken.create({ bucketName: "media-assets" }), (error) => error === fault);
  });
});
