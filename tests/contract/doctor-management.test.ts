import assert from "node:assert/strict";
import type { Finding } from "../../cli/doctor/finding";
import {
  askDoctor,
  askDoctorTwice,
  doctorAccount,
  find,
  statuses,
  unwrapped,
  useDoctorsPlace,
} from "../support/doctor";

const questions = ["GetBucketInfo", "ListBuckets", "GetBucketLifecycle"];
const writes = [
  "PutBucketAcl",
  "UpdateBucketInfo",
  "PutBucketLifecycle",
  "DeleteBucketLifecycle",
  "DeleteBucket",
];
const all = [...questions, ...writes];

function policyOf(actions: readonly string[]): string {
  const Action = ["PrepareUpload", ...actions].map((action) => `ens:${action}`);
  return JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
}

/** The policy that is among the details. */
function policyIn(finding: Finding): {
  readonly Statement: readonly [{ readonly Action: readonly string[] }];
} {
  const { details = [] } = "remedy" in finding ? finding : assert.fail(finding.message);
  return JSON.parse(details.find(({ title }) => /policy/.test(title))?.lines[0] ?? "");
}

describe("what pulumi-alicloud-ens doctor says of permissions to manage a bucket", () => {
  const here = useDoctorsPlace();
  const emulator = () => here().ens.emulator;
  const allow = (policy: string) => emulator().setAccount({ ...doctorAccount, policy });
  beforeEach(() => emulator().clearRequests());
  afterEach(() => emulator().setRules({ updateBucketInfo: true }));

  it("says that all is allowed that can be tried, and changes nothing", async () => {
    const before = [...emulator().buckets];
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    assert.deepEqual(find(report, "management"), {
      name: "management",
      status: "ok",
      message:
        "these credentials may do what the resource Bucket does; not tried: PutBucket, which would make a bucket",
    });
    assert.deepEqual([...emulator().buckets], before);
    const asked = emulator().requests.filter(({ service }) => service === "ens");
    assert.deepEqual(
      asked.flatMap(({ action }) => (all.includes(action) || action === "PutBucket" ? [action] : [])).sort(),
      [...all].sort(),
    );
    for (const { action, bucketName } of asked) {
      if (writes.includes(action)) assert.match(bucketName ?? "", /^doctor-[0-9a-f]{24}$/, action);
      else if (/^Get/.test(action)) assert.equal(bucketName, "media-assets", action);
    }
  });

  it("warns in one line of what is not allowed, with the policy, since who only resolves uploads needs none of it", async () => {
    allow(policyOf([]));
    const { code, stdout, report } = await askDoctorTwice(["media-assets"], here());
    assert.equal(code, 0);
    assert.match(
      statuses(report),
      /permission ok, bucket ok, management warning, storage ok, write skipped$/,
    );
    const finding = find(report, "management");
    assert.equal(
      finding.message,
      `not allowed: ${all.join(", ")}; not tried: PutBucket, which would make a bucket`,
    );
    assert.deepEqual(
      policyIn(finding).Statement[0].Action,
      all.map((action) => `ens:${action}`),
    );
    assert.match(stdout, /\nNo problem, but 2 warnings:\n/);
    const told = unwrapped(stdout.slice(stdout.indexOf("2 warnings:")));
    assert.match(
      told,
      / warning management: not allowed: GetBucketInfo, .* The resource Bucket needs them, .*only resolves uploads does not\. .*docs\/permissions\.md /,
    );
  });

  it("is content once its own policy is attached", async () => {
    allow(policyOf(["GetBucketInfo"]));
    const { report } = await askDoctor(["media-assets"], here());
    const given = policyIn(find(report, "management")).Statement[0].Action;
    allow(policyOf(["GetBucketInfo", ...given.map((action) => action.replace("ens:", ""))]));
    assert.equal(find((await askDoctor(["media-assets"], here())).report, "management").status, "ok");
  });

  for (const missing of all) {
    it(`names ${missing} where it alone is missing`, async () => {
      allow(policyOf(all.filter((action) => action !== missing)));
      const { report } = await askDoctor(["media-assets"], here());
      const finding = find(report, "management");
      assert.equal(
        finding.message,
        `not allowed: ${missing}; not tried: PutBucket, which would make a bucket`,
      );
      assert.deepEqual(policyIn(finding).Statement[0].Action, [`ens:${missing}`]);
    });
  }

  it("says what could not be tried, and why: an action that ENS does not know, a failure", async () => {
    emulator().setRules({ updateBucketInfo: false });
    emulator().fail({ action: "DeleteBucket", kind: "reset" });
    const { code, report } = await askDoctor(["media-assets"], here());
    assert.equal(code, 0);
    assert.equal(
      find(report, "management").message,
      "these credentials may do what the resource Bucket does; not tried: PutBucket, which would make a bucket; " +
        "UpdateBucketInfo, which fails with InvalidAction.NotFound; DeleteBucket, which fails with ConnectionError",
    );
  });

  it("says it of a bucket that is not there yet, too", async () => {
    const { report } = await askDoctor(["other-assets"], here());
    assert.match(
      statuses(report),
      /permission ok, bucket problem, management ok, storage skipped, write skipped$/,
    );
    allow(policyOf(["GetBucketInfo"]));
    const { report: less } = await askDoctor(["other-assets"], here());
    assert.match(
      statuses(less),
      /permission ok, bucket problem, management warning, storage skipped, write skipped$/,
    );
  });

  it("tries none of it where no bucket is named, or where not even PrepareUpload is allowed", async () => {
    const { report } = await askDoctor([], here());
    assert.equal(find(report, "management").status, "skipped");
    allow(
      JSON.stringify({ Version: "1", Statement: [{ Effect: "Allow", Action: "ens:Get*", Resource: "*" }] }),
    );
    const { report: without } = await askDoctor(["media-assets"], here());
    assert.equal(find(without, "management").message, "not tried, because of the problem with permission");
    const asked = emulator().requests.map(({ action }) => action);
    assert.deepEqual(
      asked.filter((action) => all.includes(action)),
      [],
    );
  });
});
