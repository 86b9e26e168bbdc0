import assert from "node:assert/strict";
import fc from "fast-check";
import { apiError, readAnswer } from "../../../provider/ens/call-errors";
import type { Caller } from "../../../provider/ens/client";
import { errorCodes } from "../../../provider/ens/error-codes";
import { concealed, wordsWithout } from "../../../provider/ens/text/concealed";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { Lookup } from "../../../provider/lifecycle/settings/lookup";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

const requestId = "0E0A5EE5-1A0E-4A0B-8EA5-E05A1E0BE0A1";

/** Where the credentials are from, and what else an error says besides the request. */
const around = {
  origin: "access key from stack configuration alicloud-ens:accessKey",
  attempts: { attempts: 3, durationMs: 1200 },
  howToSet: new Lookup(() => undefined, {}).howToSet,
};

/** ENS, which answers every call in the same way. */
function ensThatSays(answer: { code: string; message: string } | { body: Record<string, unknown> }): Caller {
  return {
    call: async (action, request, secrets = new Set()) => {
      const call = { ...around, action, request, secrets };
      if ("body" in answer) return readAnswer({ RequestId: requestId, ...answer.body }, call);
      throw apiError({ kind: "errorAnswer", statusCode: 400, requestId, skew: 1000, ...answer }, call);
    },
  };
}

type Answer = Parameters<typeof ensThatSays>[0];

/** What the user reads when a bucket with this name, or for this address, is refused. */
async function told(inputs: Record<string, unknown>, answer: Answer, className: keyof typeof resources) {
  const lines: string[] = [];
  const provider = dynamicProvider(resources[className], memoryHost(ensThatSays(answer), lines));
  const secretInputs = Object.keys(inputs);
  const message = await provider.create({ ...inputs, secretInputs }).then(
    () => assert.fail("nothing was thrown"),
    (error: Error) => error.message,
  );
  return { message, lines };
}

/** Words that errors are made of, and whatever else a bucket can be called. */
const bucketName = fc.oneof(
  fc.constantFrom(
    "eos",
    "ens",
    "not",
    "the",
    "for",
    "bucket",
    "failed",
    "request",
    "prepareupload",
    "sts",
    "000",
  ),
  fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/),
);
const clientIp = fc.oneof(fc.ipV4(), fc.ipV6());
const code = fc.constantFrom(
  ...errorCodes.flatMap(({ codes }) => codes).map((one) => one.replaceAll("*", "Something")),
  "NobodyKnowsThis",
);
const canary = { bucketName: "canary-bucket", clientIp: "198.51.100.77" };

describe("secret inputs, whatever they are", () => {
  it("are not in errors, and change no other letter of them", async () => {
    const words = fc.constantFrom(
      (name: string, ip: string) => `The bucket ${name} is not known to ${ip}.`,
      (name: string) => `"${name}-3f9a1c" (${name.toUpperCase()}): no, ${name}.`,
      (_: string, ip: string) => `https://eos.aliyuncs.com/?ip=${encodeURIComponent(ip)}&x=1`,
    );
    await fc.assert(
      fc.asyncProperty(bucketName, clientIp, code, words, async (name, ip, answered, say) => {
        const error = (inputs: typeof canary) =>
          told(
            inputs,
            { code: answered, message: say(inputs.bucketName, inputs.clientIp) },
            "PreparedUpload",
          );
        const { message } = await error({ bucketName: name, clientIp: ip });
        // What the service says by chance in the same words is hidden too; all else is as for any other secret.
        const usual = (await error(canary)).message;
        assert.equal(withoutWords(message), withoutWords(usual));
        const said = /with [\w. ]+ \((.*)\) after 3/.exec(message)?.[1];
        for (const value of [name, ip]) assert.ok(!said?.toLowerCase().includes(value), message);
        assert.match(message, new RegExp(` after 3 attempts in 1.2 s, request id ${requestId}\\.\\s`));
      }),
      { numRuns: 400 },
    );
  });

  it("are not in what is said of an answer that cannot be used", async () => {
    await fc.assert(
      fc.asyncProperty(bucketName, async (name) => {
        const error = (bucket: string) =>
          told(
            { bucketName: bucket },
            { body: { BucketName: `${bucket}_X`, Endpoint: `${bucket}/` } },
            "PreparedUpload",
          );
        assert.equal((await error(name)).message, (await error(canary.bucketName)).message);
      }),
    );
  });

  it("are not in the reasons and lines for sites, which only count them", async () => {
    await fc.assert(
      fc.asyncProperty(bucketName, clientIp, fc.string({ minLength: 1 }), async (name, ip, site) => {
        const error = (bucket: string, clientIps: Record<string, string>) =>
          told(
            { bucketName: bucket, clientIps },
            { code: "InvalidClientIp", message: "It is wrong." },
            "PreparedUploads",
          );
        const usual = await error(canary.bucketName, { berlin: canary.clientIp });
        const { message } = await error(name, { [site]: ip });
        assert.equal(withoutWords(message), withoutWords(usual.message));
      }),
    );
  });

  it("are not in failures of check, where whatever came may be a part of the rule", async () => {
    const { check } = dynamicProvider(resources.PreparedUploads, memoryHost());
    const value = fc.oneof(
      fc.integer({ min: 0, max: 300 }),
      fc.boolean(),
      fc.constantFrom("a", "1", "IPv4", "Site"),
    );
    const failures = async (bad: unknown) => {
      const inputs = { bucketName: bad, clientIps: { berlin: bad }, triggers: bad };
      return (await check({}, { ...inputs, secretInputs: Object.keys(inputs) })).failures;
    };
    const usual = await failures(["canary"].length);
    assert.equal(usual?.length, 3);
    assert.doesNotMatch(JSON.stringify(usual), /got (?!\[secret\]\.)/);
    await fc.assert(fc.asyncProperty(value, async (bad) => assert.deepEqual(await failures(bad), usual)));
  });
});

/** An error without the service's words. */
function withoutWords(message: string): string {
  return message.replace(/(with [\w. ]+) \(.*\)(?= after 3)/, "$1");
}

describe("the words of a service that hold secrets", () => {
  for (const [text, secrets, expected] of [
    ["The bucket eos-3f9a1c does not exist.", ["eos"], "The bucket [secret] does not exist."],
    ["of media-assets, for 203.0.113.7:", ["media-assets", "203.0.113.7"], "of [secret], for [secret]:"],
    ["The key a is no key of an account", ["a", "b+/="], "The key [secret] is no key of an account"],
    ['"Code1": 1 (b+/=)', ["1", "b+/="], '"Code1": [secret] ([secret])'],
    ["2001%3Adb8%3A%3A1 or 2001:DB8::1", ["2001:db8::1"], "[secret] or [secret]"],
    ["nothing of it", [], "nothing of it"],
  ] as const) {
    it(`are shown without them: ${text}`, () => assert.equal(wordsWithout(text, secrets), expected));
  }

  it("never hold one whole that could be a name, and keep every word without one", () => {
    const word = fc.string({ unit: fc.constantFrom("e", "o", "s", "-", "E", "1", "."), minLength: 1 });
    const secret = word.filter((text) => text.length >= 3);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.array(secret), (words, secrets) => {
        const has = (text: string) => secrets.some((one) => text.toLowerCase().includes(one.toLowerCase()));
        const shown = wordsWithout(words.join(" "), secrets).split(" ");
        assert.equal(shown.length, words.length);
        for (const [n, one] of shown.entries()) {
          if (!has(words[n] ?? "")) assert.equal(one, words[n]);
          else
            assert.ok(one.includes(concealed) && !has(one.replaceAll(concealed, " ")), `${words[n]}: ${one}`);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
