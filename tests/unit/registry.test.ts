import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as api from "../../provider";
import { EnsResource } from "../../provider/resource/ens-resource";
import { resources } from "../../provider/resources/registry";
import { filesUnder, readPage } from "../support/pages";
import { checkout } from "../support/paths";

const {
  exports: exported,
}: {
  readonly exports: Readonly<Record<string, { readonly default: string } | undefined>>;
} = require("pulumi-alicloud-ens/package.json");

describe("the registry of resources", () => {
  it("has every class of the package that is a resource with a lifecycle, and no other", () => {
    const classes = Object.entries(api).filter(
      ([, value]) => typeof value === "function" && value.prototype instanceof EnsResource,
    );
    assert.deepEqual(classes.map(([name]) => name).sort(), Object.keys(resources).sort());
  });

  for (const [name, { className, subpath, lifecycle }] of Object.entries(resources)) {
    describe(name, () => {
      it("is called as it is exported", () => {
        assert.equal(className, name);
        assert.equal(typeof Reflect.get(api, className), "function");
      });

      it("has the methods of a provider under the subpath that package.json exports", () => {
        assert.ok(existsSync(join(checkout, exported[`./${subpath}`]?.default ?? "nowhere")));
        const provider: Readonly<Record<string, unknown>> = require(`pulumi-alicloud-ens/${subpath}`);
        for (const method of ["configure", "check", "diff", "create", "update", "read"]) {
          assert.equal(typeof provider[method], "function", method);
        }
      });

      it("misses every output in the inputs of a look-up", () => {
        const { outputs, missingOutputs } = lifecycle();
        assert.ok(outputs.length > 0);
        assert.deepEqual(missingOutputs({ bucketName: "media-assets" }), outputs);
      });

      it("is in README's table, in the list of the API, and in an example", () => {
        assert.ok(readPage("README.md").includes(`| [\`${className}\`](`), "README.md");
        assert.ok(readPage("docs/api/pulumi-alicloud-ens.md").includes(`### ${className}\n`), "docs/api");
        const examples = filesUnder("examples", ".ts").filter((path) => !path.includes("tests"));
        assert.ok(
          examples.some((path) => readPage(path).includes(`ens.${className}(`)),
          "examples",
        );
      });
    });
  }
});
