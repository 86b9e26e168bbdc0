import assert from "node:assert/strict";
import type { Finding } from "../../cli/doctor/finding";
import { askDoctor, askDoctorTwice, find, runDoctor, unwrapped, useDoctorsPlace } from "../support/doctor";

describe("what pulumi-alicloud-ens doctor says of objects", () => {
  const here = useDoctorsPlace();
  const emulator = () => here().ens.emulator;
  beforeEach(() => emulator().clearRequests());

  /** What the storage was asked, such as `PUT 200`. It begins with the check before, which signs nothing. */
  function asked(): string[] {
    return emulator().requests.flatMap(({ service, action, status }) =>
      service === "oss" ? [`${action} ${status}`] : [],
    );
  }

  async function write(): Promise<{ readonly code: number | null; readonly finding: Finding }> {
    const { code, report } = await askDoctor(["media-assets", "--write"], here());
    return { code, finding: find(report, "write") };
  }

  it("puts, reads and deletes one of its own with --write, and nothing is left", async () => {
    const { code, finding } = await write();
    assert.equal(code, 0);
    assert.deepEqual(finding, {
      name: "write",
      status: "ok",
      message: "an object was put into media-assets, read and deleted",
    });
    assert.deepEqual(asked(), ["HEAD 403", "PUT 200", "HEAD 200", "DELETE 204"]);
  });

  it("writes nothing without --write, and says what --write does", async () => {
    const { stdout, report } = await askDoctorTwice(["media-assets"], here());
    assert.deepEqual(asked(), ["HEAD 403", "HEAD 403"]);
    assert.equal(find(report, "write").status, "skipped");
    assert.match(
      stdout,
      /skipped +write +only with --write, which puts an object, reads it and deletes it\n/,
    );
  });

  it("needs a bucket to write to", async () => {
    const { code, stderr } = await runDoctor(["--write"], here());
    assert.equal(code, 2);
    assert.match(stderr, /--write needs a bucket to write to/);
  });

  it("does not try where the storage cannot be reached", async () => {
    const { code, report } = await askDoctor(["far-assets", "--write"], here());
    assert.equal(code, 1);
    assert.equal(find(report, "write").message, "not tried, because of the problem with storage");
  });

  const refused = { service: "oss", kind: "error", code: "AccessDenied", status: 403 } as const;
  for (const [what, method, message, requests] of [
    ["put", "PUT", /^no object can be put \(AccessDenied\)$/, ["HEAD 403", "PUT 403"]],
    [
      "read",
      "HEAD",
      /^an object that was put cannot be read \((AccessDenied|403)\)$/,
      ["HEAD 403", "PUT 200", "HEAD 403", "DELETE 204"],
    ],
    [
      "deleted",
      "DELETE",
      /^the object doctor-[0-9a-f]{24}\.txt cannot be deleted, and stays \(AccessDenied\)$/,
      ["HEAD 403", "PUT 200", "HEAD 200", "DELETE 403"],
    ],
  ] as const) {
    it(`has a problem with its remedy where one cannot be ${what}`, async () => {
      emulator().fail({ ...refused, method, ...(method === "HEAD" ? { after: 1 } : {}) });
      const { code, finding } = await write();
      assert.equal(code, 1);
      assert.equal(finding.status, "problem");
      assert.match(finding.message, message);
      const remedy = "remedy" in finding ? unwrapped(finding.remedy) : "";
      assert.match(remedy, /AliyunEnsEOSFullAccess.*docs\/errors\.md/);
      assert.deepEqual(asked(), requests);
    });
  }

  it("says what came where it is not what was put", async () => {
    emulator().fail({ ...refused, method: "HEAD", code: "NoSuchKey", status: 404, after: 1 });
    const { code, finding } = await write();
    assert.equal(code, 1);
    assert.equal(finding.message, "an object that was put cannot be read");
    assert.match("remedy" in finding ? finding.remedy : "", /has no object where doctor-.* was put\. Run/);
  });

  it("deletes an object of which it did not hear whether it was put", async () => {
    emulator().fail({ service: "oss", method: "PUT", kind: "lostAnswer" });
    const { code, finding } = await write();
    assert.equal(code, 1);
    assert.match(finding.message, /^no object can be put \(ConnectionError\)$/);
    assert.equal(asked().at(-1), "DELETE 204");
  });
});
