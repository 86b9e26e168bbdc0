import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { promisify } from "node:util";
import Rpc from "@alicloud/pop-core";
import { startEmulator } from "../../emulator";
import { checkout } from "../support/paths";

const run = promisify(execFile);
const command = join(checkout, "dist", "cli", "main.js");

describe("pulumi-alicloud-ens emulator", () => {
  let child: ChildProcess | undefined;
  afterEach(() => child?.kill("SIGKILL"));

  /** Starts the command and waits until it has said all it says at first. */
  async function start(...args: string[]) {
    const started = spawn(process.execPath, [command, "emulator", ...args]);
    child = started;
    let said = "";
    await new Promise<void>((resolve) => {
      started.stdout.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes("Ctrl-C")) resolve();
      });
    });
    const exported = Object.fromEntries(
      [...said.matchAll(/export (\w+)=(\S+)/g)].map(([, name, value]) => [name, value]),
    );
    return { started, exported: exported as Record<string, string>, said: () => said };
  }

  function clientOf(exported: Record<string, string>): Rpc {
    return new Rpc({
      accessKeyId: exported.ALICLOUD_ACCESS_KEY ?? "",
      accessKeySecret: exported.ALICLOUD_SECRET_KEY ?? "",
      endpoint: exported.ALIBABA_CLOUD_ENDPOINT_ENS ?? "",
      apiVersion: "2017-11-10",
    });
  }

  it("prints what to export, and what it prints works", async () => {
    const { started, exported, said } = await start(
      "--bucket",
      "media-assets=media-1@eos.example.com",
      "--account",
      "me:mine",
    );
    const answer = await clientOf(exported).request<Record<string, string>>("PrepareUpload", {
      BucketName: "media-assets",
    });
    assert.equal(answer.BucketName, "media-1");
    assert.equal(answer.Endpoint, "eos.example.com");
    assert.equal(exported.ALICLOUD_ACCESS_KEY, "me");
    while (!said().includes("→")) await once(started.stdout, "data");
    assert.match(said(), /ens PrepareUpload media-assets → 200/);
  });

  it("has a bucket to try when none is named", async () => {
    const { exported } = await start("--quiet");
    await clientOf(exported).request("PrepareUpload", { BucketName: "my-bucket" });
  });

  it("has the rules of buckets that it is told", async () => {
    const { exported } = await start(
      ...["--quiet", "--account", "me:mine:1", "--bucket-quota", "2", "--ens-region", "cn-beijing-15"],
      ...["--ens-region", "cn-dalian-unicom=notPurchased", "--lag", "600000", "--lag", "create=0"],
      "--no-update-bucket-info",
    );
    const codeOf = (action: string, parameters: object) =>
      clientOf(exported)
        .request(action, parameters)
        .then(
          () => undefined,
          ({ code }: { code: string }) => code,
        );
    const bucket = { BucketName: "new-assets" };
    assert.equal(await codeOf("PutBucket", { ...bucket, EnsRegionId: "cn-wuxi" }), "NoSuchEnsRegion");
    assert.equal(
      await codeOf("PutBucket", { ...bucket, EnsRegionId: "cn-dalian-unicom" }),
      "OperationDenied",
    );
    assert.equal(await codeOf("PutBucket", { ...bucket, EnsRegionId: "cn-beijing-15" }), undefined);
    assert.equal(await codeOf("PutBucket", { BucketName: "third-assets" }), "TooManyBuckets");
    assert.equal(await codeOf("GetBucketAcl", bucket), undefined);
    assert.equal(await codeOf("UpdateBucketInfo", bucket), "InvalidAction.NotFound");
    assert.equal(await codeOf("DeleteBucket", bucket), undefined);
    assert.equal(await codeOf("PutBucket", bucket), "BucketAlreadyExists");
  });

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`stops cleanly on ${signal}`, async () => {
      const { started } = await start();
      const ended = new Promise((resolve) => started.once("exit", resolve));
      started.kill(signal);
      assert.equal(await ended, 0);
    });
  }

  it("explains itself", async () => {
    const { stdout } = await run(process.execPath, [command, "emulator", "--help"]);
    for (const option of [
      "--port",
      "--bucket",
      "--account",
      "--data-dir",
      "--latency",
      "--quota",
      "--bucket-quota",
      "--ens-region",
      "--lag",
      "--no-update-bucket-info",
      "--allow-remote",
    ]) {
      assert.ok(stdout.includes(option), option);
    }
    assert.match(stdout, /Examples:/);
  });

  for (const [args, expected] of [
    [["--port", "99999"], /Expected a port/],
    [["--bucket", "=x"], /Expected name, name=physical/],
    [["--bucket", "A_"], /3 to 50 lowercase/],
    [["--bucket", "media=media-1@https://eos"], /endpoint should be a host/],
    [["--data-dir", __filename], /--data-dir.* cannot hold objects/],
    [["--account", "nobody"], /Expected id:secret/],
    [["--account", "id:secret:"], /Expected id:secret or id:secret:account id/],
    [["--bucket-quota", "many"], /Expected a whole number/],
    [["--ens-region", "cn-beijing-15=sold"], /Expected id or id=notPurchased/],
    [["--lag", "read=5"], /Expected milliseconds, or those of create, change, delete or storage/],
    [["--host", "0.0.0.0"], /allowRemote/],
    [["--prot", "1"], /unknown option.*--port/s],
  ] as const) {
    it(`refuses ${args.join(" ")} with a clear error`, async () => {
      await assert.rejects(
        run(process.execPath, [command, "emulator", ...args]),
        (error: { code: number; stderr: string }) => {
          assert.equal(error.code, 1);
          assert.match(error.stderr, expected);
          assert.doesNotMatch(error.stderr, /\n\s+at /);
          return true;
        },
      );
    });
  }

  it("says when the port is taken", async () => {
    const other = await startEmulator();
    const taken = run(process.execPath, [command, "emulator", "--port", String(other.port)]);
    await assert.rejects(taken, (error: { code: number; stderr: string }) => {
      assert.equal(error.code, 1);
      assert.match(error.stderr, /^error: port \d+ of 127\.0\.0\.1 is taken; choose another \(--port\).*\n$/);
      return true;
    });
    await other.stop();
  });
});
