import assert from "node:assert/strict";
import { anyLifecycle } from "../../../../provider/lifecycle/any-lifecycle";
import { Deployment } from "../../../../provider/lifecycle/deployment";
import type { Properties } from "../../../../provider/lifecycle/lifecycle";
import { unknownValue } from "../../../../provider/lifecycle/unknown-value";
import { check } from "../../../../provider/resources/bucket/check";
import { bucket } from "../../../../provider/resources/bucket/lifecycle";

const bucketName = "media-assets";

/** What check makes of inputs of a new resource. */
function checked(inputs: Properties, olds: Properties = {}) {
  return check(inputs, { olds, autoName: "media-1234567", deployment: new Deployment() });
}

/** What it refuses: `property: reason`. */
function refused(inputs: Properties): readonly string[] {
  return checked({ bucketName, ...inputs }).failures.map(({ property, reason }) => `${property}: ${reason}`);
}

function manyRules(count: number): readonly Properties[] {
  return Array.from({ length: count }, (_, index) => ({ prefix: `${index}/`, expirationDays: 1 }));
}

const day = { expirationDays: 1 };
const nameRule =
  "expected the name of an EOS bucket (3 to 50 characters, lowercase letters, digits and hyphens, not beginning or " +
  "ending with a hyphen), got";
const logicalName = "Use the logical name, as the ENS console lists it.";
const aclRule = "expected private, public-read or public-read-write, got";
const listOfNodes = "`aliyun ens DescribeEnsRegions` lists the nodes.";
const commentRule = "expected a text of at most 128 characters, got";
const prefixRule = "expected the beginning of names, of at most 1023 bytes, got";
const daysRule = "expected a whole number of days from 1, got";
const onePrefix = "expected a prefix that no other rule has, got";
const members = "a rule has only prefix, expirationDays and status, got";
const oneRule = 'expected a rule, such as { prefix: "tmp/", expirationDays: 7 }, got';

describe("the inputs of a bucket", () => {
  for (const [what, inputs, ...failures] of [
    ["a name in upper case", { bucketName: "Media" }, `bucketName: ${nameRule} "Media".\n${logicalName}`],
    ["a name of two", { bucketName: "ab" }, `bucketName: ${nameRule} "ab".\n${logicalName}`],
    ["a hyphen at an end", { bucketName: "ab-" }, `bucketName: ${nameRule} "ab-".\n${logicalName}`],
    [
      "a name of 51",
      { bucketName: "a".repeat(51) },
      `bucketName: ${nameRule} "${"a".repeat(51)}".\n${logicalName}`,
    ],
    ["an empty name", { bucketName: "" }, `bucketName: ${nameRule} "".\n${logicalName}`],
    ["a name that is a number", { bucketName: 1234 }, `bucketName: ${nameRule} 1234.\n${logicalName}`],

    [
      "an ACL that is nearly one",
      { bucketAcl: "publicread" },
      `bucketAcl: ${aclRule} "publicread"; did you mean public-read?`,
    ],
    ["another ACL", { bucketAcl: "authenticated" }, `bucketAcl: ${aclRule} "authenticated".`],
    ["an empty ACL", { bucketAcl: "" }, `bucketAcl: ${aclRule} "".`],
    ["an ACL that is a number", { bucketAcl: 600 }, `bucketAcl: ${aclRule} 600.`],

    [
      "another kind",
      { logicalBucketType: "Standard" },
      'logicalBucketType: expected standard or sink, got "Standard"; did you mean standard?',
    ],
    [
      "another scope",
      { dispatchScope: "overseas" },
      'dispatchScope: expected domestic or oversea, got "overseas"; did you mean oversea?',
    ],
    ["an empty scope", { dispatchScope: "" }, 'dispatchScope: expected domestic or oversea, got "".'],

    [
      "a sink without a node",
      { logicalBucketType: "sink" },
      `ensRegionId: expected the edge node of a sink bucket, such as cn-beijing-15, got nothing.\n${listOfNodes}`,
    ],
    [
      "a sink whose node is null",
      { logicalBucketType: "sink", ensRegionId: null },
      `ensRegionId: expected the edge node of a sink bucket, such as cn-beijing-15, got nothing.\n${listOfNodes}`,
    ],
    [
      "a node that cannot be one",
      { ensRegionId: "Beijing 15" },
      `ensRegionId: expected the id of an edge node, such as cn-beijing-15, got "Beijing 15".\n${listOfNodes}`,
    ],

    ["a comment of 129", { comment: "x".repeat(129) }, `comment: ${commentRule} 129.`],
    ["a comment of 129 emoji", { comment: "😀".repeat(129) }, `comment: ${commentRule} 129.`],
    ["a comment that is no text", { comment: 0 }, `comment: ${commentRule} 0.`],
    ["a comment that is false", { comment: false }, `comment: ${commentRule} false.`],

    ["forceDestroy as a text", { forceDestroy: "yes" }, 'forceDestroy: expected true or false, got "yes".'],
    ["adopt as a number", { adopt: 1 }, "adopt: expected true or false, got 1."],

    [
      "rules that are none",
      { lifecycleRules: "tmp/" },
      'lifecycleRules: expected a list of rules, such as [{ prefix: "tmp/", expirationDays: 7 }], got "tmp/".',
    ],
    [
      "a rule in place of a list",
      { lifecycleRules: day },
      'lifecycleRules: expected a list of rules, such as [{ prefix: "tmp/", expirationDays: 7 }], got a map: {"expirationDays":1}.',
    ],
    [
      "rules that are no objects",
      { lifecycleRules: ["tmp/", null, [day], { ...day, prefix: "a/" }] },
      `lifecycleRules[0]: ${oneRule} "tmp/".`,
      `lifecycleRules[1]: ${oneRule} null.`,
      `lifecycleRules[2]: ${oneRule} a list: [{"expirationDays":1}].`,
    ],
    [
      "more rules than a bucket has",
      { lifecycleRules: manyRules(1001) },
      "lifecycleRules: expected at most 1000 rules, got 1001.",
    ],
    [
      "a rule without days",
      { lifecycleRules: [{}] },
      `lifecycleRules[0].expirationDays: ${daysRule} nothing.`,
    ],
    [
      "days that are no whole number above 0",
      {
        lifecycleRules: [0, -1, 1.5, "7", null, 2 ** 53, 1e21, true].map((days, index) => ({
          prefix: `${index}`,
          expirationDays: days,
        })),
      },
      `lifecycleRules[0].expirationDays: ${daysRule} 0.`,
      `lifecycleRules[1].expirationDays: ${daysRule} -1.`,
      `lifecycleRules[2].expirationDays: ${daysRule} 1.5.`,
      `lifecycleRules[3].expirationDays: ${daysRule} "7".`,
      `lifecycleRules[4].expirationDays: ${daysRule} null.`,
      `lifecycleRules[5].expirationDays: ${daysRule} 9007199254740992.`,
      `lifecycleRules[6].expirationDays: ${daysRule} 1e+21.`,
      `lifecycleRules[7].expirationDays: ${daysRule} true.`,
    ],
    [
      "another status",
      {
        lifecycleRules: [
          { ...day, status: "enabled" },
          { ...day, prefix: "a/", status: true },
        ],
      },
      'lifecycleRules[0].status: expected Enabled or Disabled, got "enabled"; did you mean Enabled?',
      "lifecycleRules[1].status: expected Enabled or Disabled, got true.",
    ],
    [
      "a prefix of 1024 bytes, and of 342 characters that are more",
      { lifecycleRules: ["x".repeat(1024), "目".repeat(342)].map((prefix) => ({ ...day, prefix })) },
      `lifecycleRules[0].prefix: ${prefixRule} 1024 bytes.`,
      `lifecycleRules[1].prefix: ${prefixRule} 1026 bytes.`,
    ],
    [
      "a prefix that is no text",
      { lifecycleRules: [{ ...day, prefix: 7 }] },
      `lifecycleRules[0].prefix: ${prefixRule} 7.`,
    ],
    [
      "the same prefix twice, and again",
      { lifecycleRules: ["a/", "b/", "a/", "a/"].map((prefix) => ({ ...day, prefix })) },
      `lifecycleRules[2].prefix: ${onePrefix} "a/", which is that of lifecycleRules[0].`,
      `lifecycleRules[3].prefix: ${onePrefix} "a/", which is that of lifecycleRules[0].`,
    ],
    [
      "two rules for all objects, however that is said",
      { lifecycleRules: [day, { ...day, prefix: "" }, { ...day, prefix: null }] },
      `lifecycleRules[1].prefix: ${onePrefix} "", which is that of lifecycleRules[0].`,
      `lifecycleRules[2].prefix: ${onePrefix} "", which is that of lifecycleRules[0].`,
    ],
    [
      "members that a rule does not have",
      {
        lifecycleRules: [
          { ...day, prefx: "a/" },
          { ...day, prefix: "b/", "storage.class": "IA" },
        ],
      },
      `lifecycleRules[0].prefx: ${members} prefx; did you mean prefix?`,
      `lifecycleRules[1]["storage.class"]: ${members} storage.class.`,
    ],
    [
      "everything at once",
      {
        bucketName: "Media",
        bucketAcl: "public",
        logicalBucketType: "sink",
        dispatchScope: "overseas",
        comment: "x".repeat(200),
        lifecycleRules: [day, { ...day, prefix: "a/" }, { expirationDays: 0, status: "on", days: 7 }],
        forceDestroy: "yes",
        adopt: "no",
      },
      `bucketName: ${nameRule} "Media".\n${logicalName}`,
      `bucketAcl: ${aclRule} "public"; did you mean public-read?`,
      `ensRegionId: expected the edge node of a sink bucket, such as cn-beijing-15, got nothing.\n${listOfNodes}`,
      'dispatchScope: expected domestic or oversea, got "overseas"; did you mean oversea?',
      `comment: ${commentRule} 200.`,
      `lifecycleRules[2].days: ${members} days; did you mean expirationDays?`,
      `lifecycleRules[2].expirationDays: ${daysRule} 0.`,
      'lifecycleRules[2].status: expected Enabled or Disabled, got "on".',
      `lifecycleRules[2].prefix: ${onePrefix} "", which is that of lifecycleRules[0].`,
      'forceDestroy: expected true or false, got "yes".',
      'adopt: expected true or false, got "no".',
    ],
  ] as const satisfies readonly (readonly [string, Properties, ...string[]])[]) {
    it(`are refused for ${what}`, () => assert.deepEqual(refused(inputs), failures));
  }

  for (const [what, inputs] of [
    ["nothing at all", {}],
    ["names as short and as long as can be", { bucketName: "abc" }],
    ["a name of 50", { bucketName: "a".repeat(50) }],
    ["a comment of 128 emoji", { comment: "😀".repeat(128) }],
    ["an empty comment", { comment: "" }],
    ["a standard bucket with a node", { ensRegionId: "cn-wuxi-telecom_unicom_cmcc-2" }],
    [
      "a sink with a node and a scope, which the program warns of",
      { logicalBucketType: "sink", ensRegionId: "cn-beijing-15", dispatchScope: "domestic" },
    ],
    ["1000 rules", { lifecycleRules: manyRules(1000) }],
    ["no rules", { lifecycleRules: [] }],
    ["a prefix of 1023 bytes", { lifecycleRules: [{ ...day, prefix: "目".repeat(341) }] }],
    ["members of a rule that are undefined", { lifecycleRules: [{ ...day, other: undefined }] }],
  ] as const) {
    it(`may be ${what}`, () => assert.deepEqual(refused(inputs), []));
  }

  it("get what was left out, and null is left out", () => {
    const filled = { bucketAcl: "private", logicalBucketType: "standard", forceDestroy: false, adopt: false };
    const nulls = Object.fromEntries(
      ["bucketName", "ensRegionId", "dispatchScope", "comment", "lifecycleRules", ...Object.keys(filled)].map(
        (name) => [name, null],
      ),
    );
    for (const given of [{}, nulls, { comment: "" }]) {
      assert.deepEqual(checked(given), { inputs: { bucketName: "media-1234567", ...filled }, failures: [] });
    }
    const { inputs } = checked({ lifecycleRules: [day, { prefix: "a/", status: "Disabled", ...day }] });
    assert.deepEqual(inputs.lifecycleRules, [
      { prefix: "", status: "Enabled", ...day },
      { prefix: "a/", status: "Disabled", ...day },
    ]);
  });

  it("keep the name that the bucket has, where the program gives none", () => {
    assert.equal(checked({}, { bucketName }).inputs.bucketName, bucketName);
    assert.equal(checked({ bucketName: "other-assets" }, { bucketName }).inputs.bucketName, "other-assets");
  });

  it("are refused for a bucket that another resource of the program has", () => {
    const deployment = new Deployment();
    const by = (claimant: string, inputs: Properties) =>
      check(inputs, { olds: {}, autoName: "media-1234567", deployment, claimant }).failures.map(
        ({ property, reason }) => `${property}: ${reason}`,
      );
    assert.deepEqual(by('Bucket "one"', { bucketName }), []);
    assert.deepEqual(by('Bucket "one"', { bucketName, adopt: true }), [], "the same resource again");
    assert.deepEqual(by('Bucket "two"', { bucketName, adopt: true }), [
      'bucketName: Bucket "one" has bucket "media-assets" too.\nGive one of the two another bucketName, or take it out of the program.',
    ]);
    assert.deepEqual(by('Bucket "three"', { bucketName: unknownValue }), []);
  });

  it("may be not known yet, each of them and within rules, and stay so", () => {
    const names = ["bucketName", "bucketAcl", "logicalBucketType", "ensRegionId", "dispatchScope", "comment"];
    const all = [...names, "lifecycleRules", "forceDestroy", "adopt"];
    const unknowns = Object.fromEntries(all.map((name) => [name, unknownValue]));
    assert.deepEqual(checked(unknowns), { inputs: unknowns, failures: [] });
    const lifecycleRules = [
      unknownValue,
      { prefix: unknownValue, expirationDays: unknownValue, status: unknownValue },
      { prefix: unknownValue, expirationDays: 1, status: "Enabled" },
    ];
    const within = checked({ bucketName, lifecycleRules });
    assert.deepEqual(within.failures, []);
    assert.deepEqual(within.inputs.lifecycleRules, lifecycleRules);
    // Which kind it is decides whether a node is needed.
    assert.deepEqual(checked({ logicalBucketType: unknownValue }).failures, []);
    assert.deepEqual(checked({ logicalBucketType: "sink", ensRegionId: unknownValue }).failures, []);
  });

  it("are a change while the rules are not known yet, since an update may then change them", () => {
    const call = {
      secrets: new Set<string>(),
      secretsBefore: new Set<string>(),
      ignored: new Set<string>(),
      shown: (value: string) => value,
      tell: () => {},
    };
    const olds = { ...checked({ bucketName }).inputs };
    const { inputs } = checked({ bucketName, lifecycleRules: unknownValue }, olds);
    const lifecycle = anyLifecycle(bucket);
    assert.deepEqual(lifecycle.diff(olds, inputs, call).changed, ["lifecycleRules"]);
    assert.deepEqual(lifecycle.diff(olds, checked({ bucketName }, olds).inputs, call).changed, []);
  });

  it("are refused without anything of their values, where these are secrets", () => {
    const canary = "canary";
    const inputs = {
      bucketName: `Media_${canary}`,
      bucketAcl: "publicread",
      logicalBucketType: "Sink",
      ensRegionId: `${canary} 1`,
      dispatchScope: "overseas",
      comment: canary.repeat(77),
      lifecycleRules: [
        canary,
        { prefix: canary.repeat(333), expirationDays: 4321.5, status: "disabled" },
        { ...day, prefix: `${canary}/`, [`${canary}prefix`]: 1, prefx: 1 },
        { ...day, prefix: `${canary}/` },
        ...manyRules(1000),
      ],
      forceDestroy: canary,
      adopt: canary,
    };
    const { failures } = checked(inputs);
    const words = failures.map(({ concealed }) => concealed);
    assert.equal(words.length, 16);
    // Values, how long they are and how many, what was meant, and which are the same.
    const told = /canary|publicread|did you mean|overseas|4321|462|1998|1004|lifecycleRules\[/;
    for (const concealed of words) {
      assert.doesNotMatch(concealed, told);
      assert.match(concealed, /got \[secret\]/);
    }
    for (const part of ["462", "1998 bytes", "1004", "did you mean Disabled?", "that of lifecycleRules[2]"]) {
      assert.ok(
        failures.some(({ reason }) => reason.includes(part)),
        part,
      );
    }
  });
});
