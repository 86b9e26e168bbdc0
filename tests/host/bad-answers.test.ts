import assert from "node:assert/strict";
import type { EmulatorFault } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { ProviderProcess } from "../support/provider-process";

type Body = Pick<Extract<EmulatorFault, { kind: "body" }>, "body" | "status" | "contentType">;

const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
const html = { body: "<html>\u001b[31mBad gateway</html>", contentType: "text/html" };
const notJson = (status: number) =>
  new RegExp(`what came \\(status ${status}\\) is not JSON, so something other than the API answered`);
const noObject = (status: number) =>
  new RegExp(`what came \\(status ${status}\\) is not an answer of the API`);

/** What is shown for what is taken for an outage, and tried again. */
const outages: readonly (readonly [string, Body, RegExp])[] = [
  ["null", { body: "null" }, noObject(200)],
  ["a list", { body: "[]" }, noObject(200)],
  ["a text", { body: '"x"' }, noObject(200)],
  ["a number", { body: "7" }, noObject(200)],
  ["lists in lists, very deep", { body: deep }, noObject(200)],
  ["nothing", { body: "" }, notJson(200)],
  ["an answer cut off", { body: '{"RequestId":"REQ-1","BucketN' }, notJson(200)],
  ["an answer after a byte order mark", { body: '\ufeff{"RequestId":"REQ-1"}' }, notJson(200)],
  ["a page", html, notJson(200)],
  ["a 400 with nothing", { body: "", status: 400 }, notJson(400)],
  ["a 403 with a page", { ...html, status: 403 }, notJson(403)],
  ["a 404 with null", { body: "null", status: 404 }, noObject(404)],
  [
    "a 400 with a code that no text can be made of",
    { body: '{"Code":{"toString":1}}', status: 400 },
    noObject(400),
  ],
  [
    "a 400 with a message that no text can be made of",
    { body: '{"Code":"Odd","Message":{"toString":1}}', status: 400 },
    noObject(400),
  ],
  [
    "a 400 with broken XML",
    { body: "<Error", status: 400, contentType: "text/xml;charset=utf-8" },
    noObject(400),
  ],
  ["a 502 with a page", { ...html, status: 502 }, notJson(502)],
  ["a 503 with nothing", { body: "", status: 503 }, notJson(503)],
  ["a 500 with an empty object", { body: "{}", status: 500 }, /failed with HTTP 500, request id none/],
];

/** What is shown for an answer that asking again would not better. */
const refusals: readonly (readonly [string, Body, RegExp])[] = [
  ["an empty object", { body: "{}" }, /request id none\) cannot be used: .*BucketName .* got nothing/s],
  ["a code that is an object", { body: '{"Code":{}}' }, /cannot be used: .*BucketName .* got nothing/s],
  [
    "a field nested very deep",
    { body: `{"RequestId":"REQ-1","BucketName":"b-1","Endpoint":${deep}}` },
    /request id REQ-1\) cannot be used: Endpoint .* got object/s,
  ],
  [
    "a request id that no text can be made of",
    { body: '{"RequestId":{"toString":1},"BucketName":"b-1","Endpoint":"eos.aliyuncs.com"}' },
    /cannot be used: RequestId .* got {"toString":1}/s,
  ],
  [
    "a huge request id",
    {
      body: JSON.stringify({
        RequestId: "x".repeat(500_000),
        BucketName: "b-1",
        Endpoint: "eos.aliyuncs.com",
      }),
    },
    /cannot be used: RequestId should be an id, got "x{99}…/,
  ],
  [
    "a refusal with status 200",
    { body: '{"Code":"NoPermission","Message":"Permission denied.","RequestId":"REQ-1"}' },
    /failed with NoPermission, request id REQ-1\. .* allows ens:PrepareUpload on \*/s,
  ],
  [
    "a 400 with a code that is an object",
    { body: '{"Code":{},"RequestId":"REQ-1"}', status: 400 },
    /failed with HTTP 400, request id REQ-1/,
  ],
  [
    "a message with half a character",
    { body: '{"Code":"Odd","Message":"half\\ud800of it","RequestId":"REQ-1\\udc00"}', status: 400 },
    /failed with Odd \(half of it\), request id REQ-1\./,
  ],
];

/** Every answer that is none: a clear error, once for what is final, tried again where that may help. */
describe("a provider process that gets a bad answer", () => {
  const emulator = useEmulator({ buckets: ["media-assets"] });
  let once: ProviderProcess;
  let patient: ProviderProcess;
  /** Apart, since throttling slows a process down for a while. */
  let throttled: ProviderProcess;

  before(async () => {
    const start = (config: Readonly<Record<string, string>>) =>
      ProviderProcess.start({ config, env: emulator().environment });
    const single = { "alicloud-ens:maxRetryTimeout": "0" };
    [once, patient, throttled] = await Promise.all([start(single), start({}), start({})]);
  });
  after(() => {
    for (const one of [once, patient, throttled]) one?.stop();
  });
  beforeEach(() => {
    emulator().clearFaults();
    emulator().clearRequests();
  });

  const inputs = { bucketName: "media-assets" };
  const state = { ...inputs, physicalBucketName: "p-1", endpoint: "eos.aliyuncs.com", requestId: "R" };

  async function failure(call: () => Promise<unknown>): Promise<string> {
    const error = await call().then(
      () => assert.fail("the answer was taken"),
      (reason: Error) => reason,
    );
    assert.match(error.message, /PrepareUpload/);
    assert.doesNotMatch(
      error.message.replaceAll("\n", ""),
      /[\p{Cc}\p{Cf}\p{Cs}\ufffd]|TypeError|RangeError|\bat .*:\d+:\d+/u,
    );
    assert.ok(error.message.length < 1000, `${error.message.length} characters`);
    return error.message;
  }

  for (const [what, body, expected] of outages) {
    it(`says what came for ${what}, and gets through by asking again`, async () => {
      emulator().fail({ kind: "body", ...body });
      assert.match(await failure(() => once.create(inputs)), expected);
      assert.equal(emulator().requests.length, 1);
      emulator().fail({ kind: "body", ...body });
      await patient.create(inputs);
      assert.equal(emulator().requests.length, 3);
    });
  }

  for (const [what, body, expected] of refusals) {
    it(`says what came for ${what}, and does not ask again`, async () => {
      emulator().fail({ kind: "body", ...body });
      assert.match(await failure(() => patient.create(inputs)), expected);
      assert.equal(emulator().requests.length, 1);
    });
  }

  for (const [what, body] of [...outages, ...refusals]) {
    it(`fails update and read for ${what}, and leaves state as it was`, async () => {
      emulator().fail({ kind: "body", ...body, times: 2 });
      const updated = await failure(() => once.update(state, { ...inputs, triggers: ["again"] }));
      assert.equal(await failure(() => once.read(state)), updated);
      assert.deepEqual(await once.diff(state, inputs), { changes: false, replaces: [] }, "no drift");
    });
  }

  it("takes throttling with status 200 for what it says, and waits", async () => {
    const body = '{"Code":"Throttling","Message":"Slow down.","RequestId":"REQ-1"}';
    emulator().fail({ kind: "body", body, times: 2 });
    assert.match(
      await failure(() => once.create(inputs)),
      /failed with Throttling, request id REQ-1\. .*maxConcurrency 2/s,
    );
    await throttled.create(inputs);
    assert.equal(emulator().requests.length, 3);
  });
});
