import assert from "node:assert/strict";
import {
  AnswerError,
  ApiError,
  type ApiErrorReason,
  ConnectionError,
  CredentialsError,
} from "../../../provider/ens/errors";
import { askSites, type BySite } from "../../../provider/resources/prepared-uploads/ask-sites";
import { reasonsOf } from "../../../provider/resources/prepared-uploads/reasons";
import { siteNames } from "../../../provider/resources/prepared-uploads/site-names";
import { VirtualTime } from "../../support/virtual-time";

/** Sites `s000` and on, each with an address of its own. */
function sites(count: number): BySite {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`s${String(n).padStart(3, "0")}`, `203.0.113.${n}`]),
  );
}

function refused(code: string, reason: ApiErrorReason, requestId = "R"): ApiError {
  const message = `PrepareUpload failed with ${code}, request id ${requestId}.`;
  return new ApiError(message, { code, reason, statusCode: 400, requestId });
}

interface Run {
  readonly atOnce?: number;
  /** Milliseconds a call takes. */
  readonly takes?: number;
  readonly fail?: (clientIp: string, call: number) => Error | undefined;
}

async function run(clientIps: BySite, { atOnce = 4, takes = 30, fail = () => undefined }: Run = {}) {
  const time = new VirtualTime();
  const asked: string[] = [];
  const lines: string[] = [];
  let underWay = 0;
  let most = 0;
  const work = askSites(clientIps, {
    subject: "media-assets",
    ask: async (clientIp) => {
      asked.push(clientIp);
      const call = asked.length;
      underWay += 1;
      most = Math.max(most, underWay);
      await time.sleep(takes);
      underWay -= 1;
      const error = fail(clientIp, call);
      if (error !== undefined) throw error;
      return { physicalBucketName: "media-1", endpoint: "eos.aliyuncs.com" };
    },
    atOnce,
    timing: time,
    tell: (line) => lines.push(line),
  });
  const answers = await time.run(work);
  const naming = { nameSites: siteNames(false).subject, shown: (value: string) => value };
  return { answers, asked, lines, most, reasons: reasonsOf(answers, clientIps, naming) };
}

describe("asking for many sites", () => {
  it("has so many calls under way, and no more", async () => {
    assert.equal((await run(sites(100), { atOnce: 7 })).most, 7);
    assert.equal((await run(sites(3), { atOnce: 7 })).most, 3);
  });

  it("asks once for sites that share an address", async () => {
    const { asked, answers } = await run({ a: "203.0.113.1", b: "203.0.113.2", c: "203.0.113.1" });
    assert.deepEqual(asked, ["203.0.113.1", "203.0.113.2"]);
    assert.deepEqual([...answers.places.keys()].sort(), ["a", "b", "c"]);
  });

  it("tells every three seconds how far it is", async () => {
    const { lines } = await run(sites(100), { atOnce: 10, takes: 1000 });
    assert.deepEqual(lines, [
      "media-assets: 20 of 100 sites resolved",
      "media-assets: 50 of 100 sites resolved",
      "media-assets: 80 of 100 sites resolved",
    ]);
  });

  it("tells nothing when it is quick", async () => {
    assert.deepEqual((await run(sites(90), { atOnce: 10, takes: 300 })).lines, []);
  });

  it("counts failures in its progress", async () => {
    const fail = (_ip: string, call: number) =>
      call <= 2 ? refused("InvalidClientIp", "invalidInput") : undefined;
    const { lines } = await run(sites(8), { atOnce: 1, takes: 1000, fail });
    assert.equal(lines.at(-1), "media-assets: 3 of 8 sites resolved, 2 failed");
  });

  it("goes on after the failure of a site, however many there are", async () => {
    const bad = (clientIp: string, call: number) =>
      call % 2 === 0
        ? refused("InvalidClientIp", "invalidInput", `R-${clientIp}`)
        : new AnswerError("No endpoint.");
    const { answers } = await run(sites(60), { fail: bad });
    assert.equal(answers.failures.size, 60);
    assert.deepEqual(answers.notAsked, []);
  });

  for (const error of [
    refused("NoPermission", "permission"),
    refused("UserDisable", "arrears"),
    refused("NoSuchBucket", "noSuchBucket"),
    refused("InvalidTimeStamp.Expired", "clock"),
    refused("InvalidAccessKeyId.NotFound", "credentials"),
    new CredentialsError("There are no credentials."),
  ]) {
    it(`asks no further when every site would fail alike: ${error.message}`, async () => {
      const { answers, asked, reasons } = await run(sites(100), { fail: () => error });
      assert.equal(asked.length, 4);
      assert.equal(answers.notAsked.length, 96);
      assert.equal(reasons.length, 2);
      assert.ok(reasons[0]?.startsWith(`4 sites (s000, s001, s002, s003): ${error.message}`), reasons[0]);
      assert.match(reasons[1] ?? "", /^96 sites \(s004, .* and 46 more\): not asked/);
    });
  }

  it("asks no further after ten failures in a row of ENS or the network", async () => {
    for (const error of [new ConnectionError("Nobody answers."), refused("InternalError", "server")]) {
      assert.equal((await run(sites(100), { atOnce: 1, fail: () => error })).asked.length, 10);
    }
  });

  it("goes on while some get through", async () => {
    const fail = (_ip: string, call: number) =>
      call % 10 === 0 ? undefined : new ConnectionError("Nobody answers.");
    const { answers } = await run(sites(100), { atOnce: 1, fail });
    assert.equal(answers.places.size, 10);
    assert.equal(answers.failures.size, 90);
  });

  it("does not take a fault of ours for a failure of a site", async () => {
    await assert.rejects(run(sites(3), { fail: () => new TypeError("x is undefined") }), TypeError);
  });
});

describe("the reasons why sites have no answer", () => {
  it("say a reason once, with every site it is true of", async () => {
    const fail = (clientIp: string, call: number) =>
      clientIp === "203.0.113.1"
        ? new AnswerError("No endpoint.")
        : new ApiError(
            `Refused after ${call} attempts in ${call}.5 s, request id R-${call}: fix (${clientIp}).`,
            {
              code: "X",
              reason: "other",
              statusCode: 400,
              requestId: `R-${call}`,
            },
          );
    const { reasons } = await run(sites(3), { atOnce: 1, fail });
    assert.deepEqual(reasons, [
      "2 sites (s000, s002): Refused after 1 attempts in 1.5 s, request id R-1: fix.\nDocs: pulumi-alicloud-ens/docs/errors.md#other",
      "s001: No endpoint.\nDocs: pulumi-alicloud-ens/docs/errors.md#answererror",
    ]);
  });

  it("stay short when thousands fail", async () => {
    const names = Object.fromEntries(
      Array.from({ length: 5000 }, (_, n) => [`site-${n}`, `198.51.${n >> 8}.${n & 255}`]),
    );
    const { reasons } = await run(names, {
      atOnce: 64,
      fail: () => refused("InvalidClientIp", "invalidInput"),
    });
    assert.equal(reasons.length, 1);
    assert.ok((reasons[0]?.length ?? 0) < 1000);
    assert.match(reasons[0] ?? "", /^5000 sites \(.* and 4950 more\)/);
  });
});
