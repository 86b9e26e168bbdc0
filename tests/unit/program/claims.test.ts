import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { BucketFolder, BucketObject } from "../../../provider";
import { promiseOf } from "../../../testing/promise-of";
import { useProgramMocks } from "../../support/program-mocks";

class Site extends pulumi.ComponentResource {}

describe("what puts objects, with Pulumi's mocks", () => {
  const mocks = useProgramMocks();

  async function claimant(resource: pulumi.Resource): Promise<string> {
    await promiseOf(resource.urn);
    return String(mocks.seen?.inputs.claimant);
  }

  const bucketName = "media-assets";
  const folder = (opts?: pulumi.CustomResourceOptions) =>
    claimant(new BucketFolder("site", { bucketName, path: "dist" }, opts));
  const object = (opts?: pulumi.CustomResourceOptions) =>
    claimant(new BucketObject("site", { bucketName, key: "a", content: "" }, opts));

  it("is told from others by its class and name", async () => {
    assert.deepEqual([await folder(), await object()], ['BucketFolder "site"', 'BucketObject "site"']);
  });

  it("and by the types of its parents, as in its URN", async () => {
    const outer = new Site("web:index:Site", "one");
    const inner = new Site("web:index:Docs", "two", {}, { parent: outer });
    assert.equal(await folder({ parent: outer }), 'BucketFolder "site" in web:index:Site');
    assert.equal(await object({ parent: inner }), 'BucketObject "site" in web:index:Site$web:index:Docs');
  });
});
