import assert from "node:assert/strict";
import { anyLifecycle } from "../../../../provider/lifecycle/any-lifecycle";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { bucket } from "../../../../provider/resources/bucket/lifecycle";
import { readPage } from "../../../support/pages";

const page = readPage("docs/bucket.md");
const { resources, types } = JSON.parse(readPage("provider/fronts/plugin/schema.json"));

/** The table of inputs: name, what it is, left out, a change, … */
function rows(): readonly (readonly string[])[] {
  const table = page.slice(page.indexOf("| Input |")).split("\n\n")[0] ?? "";
  return table
    .split("\n")
    .slice(2)
    .map((row) => row.split(" | ").map((cell) => cell.replace(/^\| /, "")));
}

const before = {
  bucketName: "media-assets",
  bucketAcl: "private",
  logicalBucketType: "standard",
  ensRegionId: "cn-beijing-15",
  dispatchScope: "domestic",
  comment: "old",
  lifecycleRules: [{ prefix: "tmp/", expirationDays: 7, status: "Enabled" }],
  forceDestroy: false,
  adopt: false,
};

/** Another value of each input. */
const other: Properties = {
  bucketName: "other-assets",
  bucketAcl: "public-read",
  logicalBucketType: "sink",
  ensRegionId: "cn-wuxi-1",
  dispatchScope: "oversea",
  comment: "new",
  lifecycleRules: [],
  forceDestroy: true,
  adopt: true,
};

describe("the page about buckets", () => {
  it("has a row for every input, and for every member of a rule", () => {
    const inputs = Object.keys(resources["alicloud-ens:index:Bucket"].inputProperties);
    const members = Object.keys(types["alicloud-ens:index:BucketLifecycleRule"].properties);
    assert.deepEqual(
      rows()
        .map(([name]) => name)
        .sort(),
      [
        ...inputs.map((name) => `\`${name}\``),
        ...members.map((name) => `\`lifecycleRules[].${name}\``),
      ].sort(),
    );
  });

  it("says of each input what a change does, and of those that may be left out later that it does nothing", () => {
    const none = new Set<string>();
    const call = { secrets: none, secretsBefore: none, ignored: none, shown: String, tell: () => {} };
    const { diff } = anyLifecycle(bucket);
    for (const [name, value] of Object.entries(other)) {
      const { replaces, deleteBeforeReplace } = diff(before, { ...before, [name]: value }, call);
      const order = deleteBeforeReplace === true ? "old bucket first" : "new bucket first";
      const does = replaces.length > 0 ? `replaces, the ${order}` : "in place";
      const said = rows().find(([cell]) => cell === `\`${name}\``)?.[3] ?? "";
      assert.ok(said.startsWith(does), `${name}: "${said}" and not "${does}"`);
      const { changed } = diff(before, { ...before, [name]: undefined }, call);
      if (said.includes("To leave it out later changes nothing")) assert.deepEqual(changed, [], name);
    }
  });
});
