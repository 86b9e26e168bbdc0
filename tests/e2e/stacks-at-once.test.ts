import assert from "node:assert/strict";
import type { Emulator } from "../../emulator";
import { useEmulator } from "../support/emulator";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject, type StackState } from "../support/pulumi-project";

const uploads = 15;
const roleArn = "acs:ram::1234567890123456:role/uploader";
const account = (name: string) => ({ accessKeyId: `${name}-key-id`, accessKeySecret: `${name}-key-secret` });
const first = account("first");
const second = account("second");
const third = account("third");

const files = (name: string) => ({
  "Pulumi.yaml": `name: ${name}\nruntime: nodejs\n`,
  "package.json": '{ "main": "index.js" }',
  "index.js": `
const ens = require("pulumi-alicloud-ens");
for (let n = 0; n < ${uploads}; n += 1) new ens.PreparedUpload("media-" + n, { bucketName: "media-assets" });
`,
});

describe("three stacks at once on one machine, by the real CLI", function () {
  this.timeout(180_000);
  useCli();
  // Each knows all keys, so that only what the stacks keep apart keeps a key in its place.
  const accounts = [first, second, third];
  const throttled = useEmulator({ buckets: ["media-assets"], accounts, quotaPerSecond: 5 });
  const ofRole = useEmulator({ buckets: ["media-assets"], accounts, roles: [{ roleArn }] });
  const broken = useEmulator({ buckets: ["media-assets"], accounts });
  const projects: PulumiProject[] = [];
  let states: readonly StackState[];

  before("three ups in parallel, two of them of one project", async () => {
    const one = await PulumiProject.create({
      files: files("one"),
      env: { ...throttled().environment },
    });
    projects.push(one);
    const another = await PulumiProject.create({
      sharing: one,
      folder: one.folder,
      stack: "another",
      config: {
        "alicloud-ens:endpoint": broken().url,
        "alicloud-ens:accessKey": third.accessKeyId,
        "alicloud-ens:maxRetryTimeout": "60",
      },
      env: { ALICLOUD_SECRET_KEY: third.accessKeySecret },
    });
    projects.push(another);
    const two = await PulumiProject.create({
      sharing: one,
      files: files("two"),
      config: {
        "alicloud:accessKey": second.accessKeyId,
        "alicloud-ens:assumeRole": JSON.stringify({ roleArn }),
        "alicloud-ens:endpoints": JSON.stringify([{ ens: ofRole().url, sts: ofRole().url }]),
      },
      env: { ALICLOUD_SECRET_KEY: second.accessKeySecret },
    });
    projects.push(two);
    broken().fail({ kind: "error", code: "ServiceUnavailable", status: 503, times: 3 });
    const stacks = [
      [one, "dev"],
      [another, "another"],
      [two, "dev"],
    ] as const;
    await Promise.all(stacks.map(([project, stack]) => project.up("--stack", stack)));
    states = await Promise.all(stacks.map(([project, stack]) => project.state(stack)));
  });
  after(() => {
    for (const project of projects.reverse()) project.remove();
  });

  it("asks for each with its own keys, at its own endpoint, as often as that needs", () => {
    const keysAt = ({ requests }: Emulator, asked: string) =>
      requests.filter(({ action }) => action === asked).map(({ accessKeyId }) => accessKeyId ?? "none");
    const throttledKeys = keysAt(throttled(), "PrepareUpload");
    assert.deepEqual([...new Set(throttledKeys)], [first.accessKeyId]);
    assert.ok(throttledKeys.length > uploads, "it was throttled");
    assert.deepEqual(keysAt(broken(), "PrepareUpload"), Array(uploads + 3).fill(third.accessKeyId));
    assert.deepEqual(keysAt(ofRole(), "AssumeRole"), [second.accessKeyId]);
    const sessionKeys = keysAt(ofRole(), "PrepareUpload");
    assert.deepEqual(sessionKeys, Array(uploads).fill(sessionKeys[0]));
    assert.match(String(sessionKeys[0]), /^STS\./);
  });

  it("gives each its own answers, and nothing of another in its state", () => {
    const places = [throttled(), broken(), ofRole()].map(({ objectEndpoint }) => objectEndpoint);
    states.forEach((state, n) => {
      const found = (state.resources ?? []).filter(({ type }) => type.endsWith(":PreparedUpload"));
      assert.equal(found.length, uploads);
      assert.deepEqual([...new Set(found.map(({ outputs }) => outputs?.endpoint))], [places[n]]);
      const text = JSON.stringify(state);
      for (const other of places.filter((place) => place !== places[n])) assert.ok(!text.includes(other));
      for (const { accessKeySecret } of accounts) assert.ok(!text.includes(accessKeySecret));
    });
  });
});
