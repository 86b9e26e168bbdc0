import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { PreparedUpload } from "../../../provider";
import { promiseOf } from "../../../testing/promise-of";
import { useProgramMocks } from "../../support/program-mocks";

describe("transformations, with Pulumi's mocks", () => {
  const mocks = useProgramMocks();
  /** An option that changes inputs and options. */
  const change = (props: pulumi.Inputs, opts: pulumi.CustomResourceOptions = {}) => ({
    transformations: [
      (args: pulumi.ResourceTransformationArgs) => ({
        props: { ...args.props, ...props },
        opts: { ...args.opts, ...opts },
      }),
    ],
  });
  const seenBy = async (upload: pulumi.CustomResource) => {
    await promiseOf(upload.urn);
    return mocks.seen;
  };

  it("make an input secret, of the resource's own options, of a parent's and of the stack's", async () => {
    const hide = change({ bucketName: pulumi.secret("media-assets") });
    const parent = new pulumi.ComponentResource("example:index:Media", "media", {}, hide);
    for (const opts of [hide, { parent }]) {
      const seen = await seenBy(new PreparedUpload("media", { bucketName: "other" }, opts));
      assert.deepEqual(seen?.inputs.secretInputs, ["bucketName"]);
    }
  });

  it("make a secret public", async () => {
    const seen = await seenBy(
      new PreparedUpload(
        "media",
        { bucketName: pulumi.secret("other") },
        change({ bucketName: "media-assets" }),
      ),
    );
    assert.equal("secretInputs" in (seen?.inputs ?? {}), false);
  });

  it("change which bucket is looked up, and so the id", async () => {
    const id = async (bucketName: pulumi.Input<string>) =>
      (await seenBy(PreparedUpload.get("media", "other", {}, change({ bucketName }))))?.id;
    assert.equal(await id("media-assets"), "media-assets");
    assert.equal(await id(pulumi.secret("media-assets")), "media", "ids are in clear");
  });

  it("cannot remove what names the provider, and are of no concern to children", async () => {
    const parent = new PreparedUpload(
      "media",
      { bucketName: "media-assets" },
      { transformations: [({ opts }) => ({ props: { bucketName: "other-assets" }, opts })] },
    );
    for (const upload of [parent, new PreparedUpload("child", { bucketName: "media-assets" }, { parent })]) {
      const seen = await seenBy(upload);
      assert.deepEqual(seen?.inputs, {
        __provider: "exports.handler=()=>require('pulumi-alicloud-ens/prepared-upload')",
        bucketName: "other-assets",
      });
    }
  });

  it("that give an argument a wrong name are an error", () => {
    assert.throws(
      () => new PreparedUpload("media", { bucketName: "media-assets" }, change({ clientIP: "203.0.113.7" })),
      /ProgramError: PreparedUpload "media" has no argument clientIP; did you mean clientIp\?/,
    );
  });
});
