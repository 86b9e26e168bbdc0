import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { namedResource } from "../../../../provider/fronts/plugin/urn";
import { nameFor } from "../../../../provider/lifecycle/name-for";
import { autoName } from "../../../../provider/resource/auto-name";
import { nameRule } from "../../../../provider/resources/bucket/name-rule";
import { promiseOf } from "../../../../testing";

describe("the name that the plugin makes for a bucket", () => {
  it("is the one that a Node program makes, below parents too", async () => {
    const mocks = {
      newResource: ({ name, inputs }: pulumi.runtime.MockResourceArgs) => ({ id: name, state: inputs }),
      call: () => ({}),
    };
    await pulumi.runtime.setMocks(mocks, "shop", "dev", false, "organization");
    // In a stack, as programs are: it is the parent of what has no other.
    await pulumi.runtime.runInPulumiStack(async () => {
      const site = new pulumi.ComponentResource("acme:a:Site", "site");
      const part = new pulumi.ComponentResource("acme:a:Part", "part", {}, { parent: site });
      for (const parent of [undefined, site, part]) {
        const inProgram = autoName({ name: "Media", parent }, nameRule);
        // The engine leaves the stack out of URNs, mocks do not.
        const above =
          parent === undefined
            ? ""
            : `${await promiseOf(parent.urn)}`.split("::")[2]?.replace("pulumi:pulumi:Stack$", "");
        const types = [above, "alicloud-ens:index:Bucket"].filter(Boolean).join("$");
        const inPlugin = nameFor(namedResource(`urn:pulumi:dev::shop::${types}::Media`), nameRule);
        assert.equal(inPlugin, inProgram, types);
      }
    });
  });
});
