import assert from "node:assert/strict";
import fc from "fast-check";
import { isBucketName, isPhysicalBucketName } from "../../../provider/ens/bucket-name";

/** The rule of EOS, said once more letter by letter. */
function followsRule(name: string, longest: number): boolean {
  if (name.length < 3 || name.length > longest) return false;
  for (const letter of name) {
    if (!"abcdefghijklmnopqrstuvwxyz0123456789-".includes(letter)) return false;
  }
  return name[0] !== "-" && name[name.length - 1] !== "-";
}

/** Texts of which many are names, or nearly so. */
const nearNames = fc.string({
  unit: fc.constantFrom(..."abz019--_.A \n\u00e9"),
  minLength: 1,
  maxLength: 66,
});
const names = fc.string({ unit: fc.constantFrom(..."abz019-"), minLength: 1, maxLength: 66 });
const anyText = fc.oneof(names, nearNames, fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }));

describe("bucket names of any kind", () => {
  it("are taken exactly when they follow the rule", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        assert.equal(isBucketName(name), followsRule(name, 50));
        assert.equal(isPhysicalBucketName(name), followsRule(name, 63));
      }),
      { numRuns: 2000 },
    );
  });

  it("are a label of a host name where they are taken, as the object storage needs", () => {
    fc.assert(
      fc.property(names.filter(isPhysicalBucketName), (name) => {
        // A URL takes `xn--` for the beginning of an encoded label, which a bucket is not.
        fc.pre(!name.startsWith("xn--"));
        assert.equal(new URL(`https://${name}.eos.aliyuncs.com`).hostname, `${name}.eos.aliyuncs.com`);
      }),
    );
  });

  it("stop being names by one letter more that is none of theirs, wherever it stands", () => {
    const stranger = fc
      .string({ unit: "binary", minLength: 1, maxLength: 1 })
      .filter((x) => !/[a-z0-9-]/.test(x));
    fc.assert(
      fc.property(names.filter(isBucketName), stranger, fc.nat(), (name, letter, at) => {
        const place = at % (name.length + 1);
        assert.equal(isPhysicalBucketName(name.slice(0, place) + letter + name.slice(place)), false);
      }),
    );
  });
});
