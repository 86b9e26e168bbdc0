import assert from "node:assert/strict";
import fc from "fast-check";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

const { check, diff } = dynamicProvider(resources.PreparedUpload, memoryHost());

type Properties = Readonly<Record<string, unknown>>;

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const value = fc.oneof(
  fc.constantFrom("media-assets", "203.0.113.7", "2001:db8::1", unknown, null, Number.NaN, "__proto__"),
  fc.constantFrom("x".repeat(1_000_000), "\ud800", "\u001b[2J\r\n"),
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.array(fc.jsonValue()),
);
const inputs = fc.record(
  { bucketName: value, clientIp: value, triggers: value, constructor: value, toString: value },
  { requiredKeys: [] },
);
const own = ["bucketName", "clientIp", "triggers"];

describe("inputs of any kind", () => {
  it("are taken as they are, or refused property by property, each on one safe line with what came", async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (news) => {
        const given: Properties = news;
        const { failures = [], inputs: taken } = await check({}, given);
        // A long value is not shown, so its failure names the property in its reason.
        const named = failures.map(({ property, reason }) => {
          const [prefix = "", name = ""] = /^(\w+): /.exec(reason) ?? [];
          return property === ""
            ? { property: name, reason: reason.slice(prefix.length) }
            : { property, reason };
        });
        const ours = named.filter(({ property }) => own.includes(property));
        assert.equal(ours.length, failures.length);
        if (failures.length === 0) assert.deepEqual(taken, { ...given });
        assert.equal(new Set(ours.map(({ property }) => property)).size, ours.length, "each at most once");
        for (const { property, reason } of ours) {
          assert.match(reason, /^expected .*, got ./);
          assert.doesNotMatch(reason.replaceAll("\n", ""), /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          assert.ok(reason.length < 500, `${reason.length} characters`);
          assert.notEqual(given[property], unknown);
        }
        const { bucketName, clientIp, triggers } = given;
        const refused = (property: string) => ours.some((one) => one.property === property);
        if (typeof bucketName !== "string") assert.ok(refused("bucketName"));
        if (clientIp != null && typeof clientIp !== "string") assert.ok(refused("clientIp"));
        if (triggers != null && !Array.isArray(triggers) && triggers !== unknown) {
          assert.ok(refused("triggers"));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("states of any kind", () => {
  // What check lets through, and more.
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom(null, unknown));
  const output = value.filter((one) => one !== null);
  const states = fc.record(
    {
      bucketName: text,
      clientIp: text,
      triggers: value,
      physicalBucketName: output,
      endpoint: output,
      requestId: value,
    },
    { requiredKeys: ["physicalBucketName", "endpoint"] },
  );

  it("are unchanged against what they were made from, whatever was computed, as JSON keeps it", async () => {
    await fc.assert(
      fc.asyncProperty(states, states, async (olds, computed) => {
        const { physicalBucketName, endpoint, requestId } = computed;
        const stored = structuredClone({ ...olds, physicalBucketName, endpoint, requestId });
        const { changes, replaces } = await diff("id", stored, olds);
        assert.deepEqual({ changes, replaces }, { changes: false, replaces: [] });
      }),
      { numRuns: 500 },
    );
  });

  it("are changed exactly where an input is, and replaced exactly for another bucket", async () => {
    const texts = fc.constantFrom("a", "b");
    const edited = fc.record({
      bucketName: texts,
      clientIp: fc.option(texts, { nil: undefined }),
      triggers: fc.option(
        fc.array(fc.oneof(texts, fc.record({ nested: texts }, { noNullPrototype: true })), { maxLength: 2 }),
        {
          nil: undefined,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(edited, edited, async (olds, news) => {
        const state = { ...olds, physicalBucketName: "media-1", endpoint: "eos.aliyuncs.com" };
        const { changes, replaces } = await diff("id", state, news);
        assert.equal(changes, JSON.stringify(olds) !== JSON.stringify(news));
        assert.deepEqual(replaces, olds.bucketName === news.bucketName ? [] : ["bucketName"]);
      }),
    );
  });
});
