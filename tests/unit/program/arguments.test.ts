import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { Bucket, PreparedUpload, PreparedUploads, Provider } from "../../../provider";
import { nearestName } from "../../../provider/ens/text/nearest-name";
import { carriable } from "../../../provider/resource/carriable";
import { useProgramMocks } from "../../support/program-mocks";

/** What a program in JavaScript can give. */
function anything(value: unknown): never {
  return value as never;
}

describe("arguments that a class does not have", () => {
  useProgramMocks();

  for (const [make, message] of [
    [
      () => new PreparedUpload("media", anything({ bucketName: "media-assets", clientIP: "203.0.113.7" })),
      'PreparedUpload "media" has no argument clientIP; did you mean clientIp?\nIts arguments are bucketName, clientIp, triggers.',
    ],
    [
      () => new PreparedUpload("media", anything({ bucket: "media-assets" })),
      'PreparedUpload "media" has no argument bucket; did you mean bucketName?',
    ],
    [
      () => new PreparedUploads("sites", anything({ bucketName: "media-assets", clientIp: "203.0.113.7" })),
      'PreparedUploads "sites" has no argument clientIp; did you mean clientIps?',
    ],
    [
      () => PreparedUpload.get("media", "media-assets", anything({ triggers: [1] })),
      'PreparedUpload.get("media") has no argument triggers.\nIts only argument is clientIp.',
    ],
    [
      () => new Bucket("media", anything({ acl: "private" })),
      'Bucket "media" has no argument acl; did you mean bucketAcl?\nIts arguments are bucketName, bucketAcl, ' +
        "logicalBucketType, ensRegionId, dispatchScope, comment, lifecycleRules, forceDestroy, adopt.",
    ],
    [
      () => new Bucket("media", anything({ lifecycleRule: [] })),
      'Bucket "media" has no argument lifecycleRule; did you mean lifecycleRules?',
    ],
    [
      () => new Bucket("media", anything("media-assets")),
      'The arguments of Bucket "media" are not an object.\nIts arguments are bucketName,',
    ],
    [
      () => Bucket.get("media", anything(undefined)),
      'Bucket.get("media") has no bucketName.\nGive the name of the logical bucket to look up.',
    ],
    [
      () => Bucket.get("media", anything(null)),
      'Bucket.get("media") has no bucketName.\nGive the name of the logical bucket to look up.',
    ],
    [
      () => new Provider("partner", anything({ accesskey: "id" })),
      'Provider "partner" has no argument accesskey; did you mean accessKey?\nIts arguments are accessKey, secretKey,',
    ],
    [
      () => new PreparedUpload("media", anything("media-assets")),
      'The arguments of PreparedUpload "media" are not an object.\nIts arguments are bucketName, clientIp, triggers.',
    ],
    [
      () => new PreparedUpload("media", anything(pulumi.output({ bucketName: "media-assets" }))),
      'The arguments of PreparedUpload "media" are not an object.',
    ],
    [
      () => PreparedUpload.get("media", anything(undefined)),
      'PreparedUpload.get("media") has no bucketName.\nGive the name of the logical bucket to look up.',
    ],
  ] as const) {
    it(`are an error: ${message}`, () => {
      assert.throws(make, (error: Error) => error.message.startsWith(message) || assert.fail(error.message));
    });
  }

  it("are left out where they are undefined, and so may all arguments be: check says what is missing", () => {
    new PreparedUpload("media", anything({ bucketName: "media-assets", other: undefined }));
    new PreparedUpload("media", anything(undefined));
    new PreparedUploads("sites", anything(null));
    new Bucket("media", anything({ acl: undefined }));
    new Bucket("media", anything(null));
    new Bucket("media");
    new Provider("partner", anything(null));
  });

  it("are compared with those that there are by how they are written", () => {
    const known = ["accessKey", "region", "clientIp", "bucketName"];
    for (const [given, meant] of [
      ["acessKey", "accessKey"],
      ["regoin", "region"],
      ["CLIENTIP", "clientIp"],
      ["bucket", "bucketName"],
      ["ip", "clientIp"],
      ["colour", undefined],
    ] as const) {
      assert.equal(nearestName(given, known), meant);
    }
  });
});

describe("triggers", () => {
  const mocks = useProgramMocks();
  const given = async (...triggers: unknown[]) => {
    mocks.answer = {};
    const upload = new PreparedUpload("media", { bucketName: "media-assets", triggers: anything(triggers) });
    await new Promise(
      (resolve, reject) => upload.urn.apply(resolve) && setTimeout(reject, 5000, "no urn").unref(),
    );
    return mocks.seen?.inputs.triggers;
  };
  const day = new Date("2026-11-25T12:00:00Z");

  it("are dates as their ISO texts, wherever these are", async () => {
    assert.deepEqual(
      await given(
        day,
        { at: [day] },
        pulumi.output(1).apply(() => day),
        Promise.resolve(day),
      ),
      [
        "2026-11-25T12:00:00.000Z",
        { at: ["2026-11-25T12:00:00.000Z"] },
        "2026-11-25T12:00:00.000Z",
        "2026-11-25T12:00:00.000Z",
      ],
    );
  });

  it("are everything else that Pulumi carries, as it is", async () => {
    class Version {
      readonly major = 1;
    }
    assert.deepEqual(await given("a", 1, true, null, [], {}, { a: [1] }, new Version()), [
      "a",
      1,
      true,
      null,
      [],
      {},
      { a: [1] },
      { major: 1 },
    ]);
  });

  const itself: unknown[] = [];
  itself.push(itself);
  for (const [what, value] of [
    ["of the class Map", new Map([[1, 2]])],
    ["of the class Set", new Set([1])],
    ["of the class URL", new URL("https://example.com")],
    ["of the class RegExp", /a/],
    ["of the class Error", new Error("a")],
    ["a bigint", 1n],
    ["a function", () => 1],
    ["a symbol", Symbol("a")],
    ["NaN", Number.NaN],
    ["not a valid date", new Date(Number.NaN)],
  ] as const) {
    it(`that are ${what} are an error that names their place`, () => {
      const make = (triggers: unknown) =>
        new PreparedUpload("media", { bucketName: "media-assets", triggers: anything(triggers) });
      const expected = (path: string) => (error: Error) =>
        error.message.includes(`${path} of PreparedUpload "media" is ${what}, which Pulumi cannot carry.`) ||
        assert.fail(error.message);
      assert.throws(() => make([value]), expected("triggers[0]"));
      assert.throws(() => make(["a", { "b.c": [value] }]), expected('triggers[1]["b.c"][0]'));
    });
  }

  it("that are a StringAsset without text are an error, since Pulumi's SDK cannot read it back", async () => {
    const given = carriable(new pulumi.asset.StringAsset(""), "source", 'BucketObject "it"');
    await assert.rejects(Promise.resolve(given), {
      name: "ProgramError",
      message:
        /^source of BucketObject "it" is a StringAsset without text, .* content: "", for an object of 0 bytes\./s,
    });
  });

  it("that contain themselves are an error too", () => {
    assert.throws(
      () => new PreparedUpload("media", { bucketName: "media-assets", triggers: itself as never }),
      /triggers\[0\] of PreparedUpload "media" is a value that contains itself/,
    );
  });
});
