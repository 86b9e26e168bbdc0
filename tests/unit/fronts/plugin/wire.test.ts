import assert from "node:assert/strict";
import { placesOf } from "../../../../provider/fronts/plugin/detailed-diff";
import { namedResource, nameOf, typeOf } from "../../../../provider/fronts/plugin/urn";
import { arrived, struct } from "../../../../provider/fronts/plugin/wire";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";

const texts = [
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

describe("properties as a plugin gets them", () => {
  it("have one value for all that a preview does not know, of whatever kind", () => {
    for (const text of texts) {
      const { properties } = arrived(struct({ a: text, list: [text], inside: { b: text } }));
      assert.deepEqual(properties, { a: unknownValue, list: [unknownValue], inside: { b: unknownValue } });
      assert.equal(struct(properties).toJavaScript().a, texts[0]);
    }
  });

  it("travel without what is left out, and are none where there are none", () => {
    assert.deepEqual(struct({ a: undefined, b: { c: undefined, d: 0 }, e: [undefined] }).toJavaScript(), {
      b: { d: 0 },
      e: [null],
    });
    assert.deepEqual(arrived(undefined).properties, {});
  });
});

describe("a URN", () => {
  it("says type, name and all that a name is made from", () => {
    const urn = "urn:pulumi:dev::shop::acme:a:Site$acme:a:Part$alicloud-ens:index:Bucket::media::main";
    assert.equal(typeOf(urn), "alicloud-ens:index:Bucket");
    assert.equal(nameOf(urn), "media::main");
    assert.deepEqual(namedResource(urn), {
      organization: "organization",
      project: "shop",
      stack: "dev",
      parents: ["pulumi:pulumi:Stack", "acme:a:Site", "acme:a:Part"],
      name: "media::main",
    });
    assert.deepEqual(namedResource("urn:pulumi:dev::shop::alicloud-ens:index:Bucket::media").parents, []);
  });
});

describe("a difference as the engine shows it", () => {
  const compared = { oldInputs: {}, olds: {}, news: {} };

  it("is at the place inside, as a property path", () => {
    const oldInputs = { clientIps: { "eu.west": "1", oslo: "2" }, rules: [{ days: 1 }, { days: 2 }] };
    const news = { clientIps: { "eu.west": "3", rome: "4" }, rules: [{ days: 1 }, { days: 3 }] };
    const places = ["clientIps", "rules"].flatMap((name) => placesOf(name, { ...compared, oldInputs, news }));
    assert.deepEqual(places, [
      { path: 'clientIps["eu.west"]', kind: "updated", ofInputs: true },
      { path: "clientIps.oslo", kind: "deleted", ofInputs: true },
      { path: "clientIps.rome", kind: "added", ofInputs: true },
      { path: "rules[1].days", kind: "updated", ofInputs: true },
    ]);
  });

  it("is with what the resource is now, where the program changed nothing", () => {
    const inputs = { bucketAcl: "private" };
    const moved = { oldInputs: inputs, olds: { bucketAcl: "public-read", etag: "1" }, news: inputs };
    assert.deepEqual(placesOf("bucketAcl", moved), [{ path: "bucketAcl", kind: "updated", ofInputs: false }]);
    assert.deepEqual(placesOf("etag", moved), [{ path: "etag", kind: "updated", ofInputs: false }]);
  });
});
