import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
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

  it("shows the faults that it is told, from its start", async () => {
    const { exported } = await start(
      ...["--quiet", "--fault", '{"action":"PutBucket","kind":"lostAnswer"}'],
      ...["--fault", '{"kind":"error","code":"InternalError","status":500,"after":1}'],
    );
    const codeOf = (action: string) =>
      clientOf(exported)
        .request(action, { BucketName: "new-assets" })
        .then(
          () => undefined,
          ({ code }: { code: string }) => code,
        );
    assert.equal(await codeOf("PutBucket"), "ECONNRESET");
    assert.equal(await codeOf("GetBucketInfo"), undefined, "it was done");
    assert.equal(await codeOf("GetBucketInfo"), "InternalError");
    assert.equal(await codeOf("GetBucketInfo"), undefined);
  });

  it("has places that depend on the client's address, and says so", async () => {
    const { exported, said } = await start(
      ...[
        "--quiet",
        "--bucket",
        "media-assets=media-1",
        "--placement",
        "media-assets:203.0.113.0/24=media-berlin",
      ],
      ...["--placement", "media-assets:2001:db8::7=media-oslo@oslo.example.com"],
    );
    const placeOf = async (ClientIp: string) => {
      const bucket = { BucketName: "media-assets", ClientIp };
      const answer = await clientOf(exported).request<Record<string, string>>("PrepareUpload", bucket);
      return [answer.BucketName, answer.Endpoint];
    };
    const own = exported.ALIBABA_CLOUD_ENDPOINT_ENS?.replace("http://127.0.0.1", "localhost");
    assert.deepEqual(await placeOf("198.51.100.20"), ["media-1", own]);
    assert.deepEqual(await placeOf("203.0.113.7"), ["media-berlin", own]);
    assert.deepEqual(await placeOf("2001:db8::7"), ["media-oslo", "oslo.example.com"]);
    assert.match(said(), /\n {4}for 2001:db8::7 it is media-oslo at oslo\.example\.com\n/);
  });

  it("says how to take back what it told to export", async () => {
    const { exported, said } = await start();
    const [, names = ""] = /Afterwards:\n {2}unset (.*)\n/.exec(said()) ?? [];
    assert.deepEqual(names.split(" "), Object.keys(exported));
  });

  describe("with a command", () => {
    const reported = [
      "ALICLOUD_ACCESS_KEY",
      "ALICLOUD_PROFILE",
      "ALIBABA_CLOUD_ENDPOINT_ENS",
      "PULUMI_BACKEND_URL",
    ];
    const report = `console.log(JSON.stringify(${JSON.stringify(reported)}.map((name) => process.env[name])))`;
    const inside = (args: readonly string[], ...words: readonly string[]) =>
      run(process.execPath, [command, "emulator", ...args, "--", ...words], {
        env: { ...process.env, ALICLOUD_PROFILE: "mine", PULUMI_BACKEND_URL: "https://api.example.com" },
      });

    it("runs it where it asks the emulator, apart from the user's account and state", async () => {
      const { stdout, stderr } = await inside([], process.execPath, "-e", report);
      const [accessKey, profile, endpoint, backend] = JSON.parse(stdout);
      assert.deepEqual([accessKey, profile], ["emulator-access-key-id", ""]);
      assert.ok(
        stderr.includes(`The ENS emulator listens on ${endpoint} for \`${process.execPath}\`.`),
        stderr,
      );
      assert.match(stderr, /Stacks and objects are gone when it ends\.\n$/);
      assert.equal(existsSync(fileURLToPath(backend)), false, "its state is gone");
    });

    it("keeps stacks where it keeps objects, with --data-dir", async () => {
      const folder = mkdtempSync(join(tmpdir(), "ens-data-"));
      try {
        const { stdout, stderr } = await inside(["--data-dir", folder], process.execPath, "-e", report);
        assert.equal(JSON.parse(stdout).at(-1), pathToFileURL(folder).href);
        assert.ok(stderr.endsWith(`Stacks and objects stay in ${folder}.\n`), stderr);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it("ends with it, with its status", async () => {
      const statusOf = (script: string) =>
        inside([], process.execPath, "-e", script).then(
          () => 0,
          ({ code }: { code: number }) => code,
        );
      assert.equal(await statusOf("process.exit(7)"), 7);
      assert.equal(await statusOf("process.kill(process.pid, 'SIGKILL')"), 137);
      assert.equal(await statusOf(""), 0);
    });

    it("lets it end by itself on Ctrl-C", async () => {
      const script =
        "process.on('SIGINT', () => { console.log('ending'); process.exit(3); }); console.log('up'); setInterval(() => {}, 1e6)";
      const args = [command, "emulator", "--", process.execPath, "-e", script];
      // A group of its own, as a terminal has one.
      const started = spawn(process.execPath, args, { detached: true });
      child = started;
      await once(started.stdout, "data");
      const ended = once(started, "close");
      process.kill(-(started.pid ?? 0), "SIGINT");
      assert.deepEqual(await ended, [3, null]);
    });

    it("says when there is no such program", async () => {
      await assert.rejects(
        inside([], "pulumy", "up"),
        ({ code, stderr }: { code: number; stderr: string }) => {
          assert.equal(code, 1);
          assert.match(stderr, /^error: pulumy cannot be run: there is no such program\.$/m);
          return true;
        },
      );
    });
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
      "--placement",
      "--account",
      "--data-dir",
      "--latency",
      "--quota",
      "--bucket-quota",
      "--ens-region",
      "--lag",
      "--fault",
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
    [["--placement", "my-bucket=media-1"], /Expected name:clients=physical/],
    [["--placement", "my-bucket:nowhere=media-1"], /clientIps should be an address or a network/],
    [["--placement", "media:203.0.113.7=media-1"], /the bucket media, which no --bucket names/],
    [["--account", "nobody"], /Expected id:secret/],
    [["--account", "id:secret:"], /Expected id:secret or id:secret:account id/],
    [["--bucket-quota", "many"], /Expected a whole number/],
    [["--ens-region", "cn-beijing-15=sold"], /Expected id or id=notPurchased/],
    [["--lag", "read=5"], /Expected milliseconds, or those of create, change, delete or storage/],
    [["--fault", "reset"], /Expected a fault as JSON, such as \{"action":"PutBucket","kind":"lostAnswer"\}/],
    [["--fault", '{"kind":"lost"}'], /kind should be one of error, .* got "lost"/],
    [["--fault", '{"kind":"reset","action":"PutBuckets"}'], /action should be one of PutBucket, /],
    [["--host", "0.0.0.0"], /allowRemote/],
    [["--prot", "1"], /unknown option.*--port/s],
  ] as const) {
    it(`refuses ${args.join(" ")} with status 2 and a clear error`, async () => {
      await assert.rejects(
        run(process.execPath, [command, "emulator", ...args]),
        (error: { code: number; stderr: string }) => {
          assert.equal(error.code, 2);
          assert.match(error.stderr, expected);
          assert.match(error.stderr, /See pulumi-alicloud-ens emulator --help\./);
          assert.doesNotMatch(error.stderr, /\n\s+at /);
          return true;
        },
      );
    });
  }

  it("says, with status 1, when the folder cannot be used", async () => {
    await assert.rejects(
      run(process.execPath, [command, "emulator", "--data-dir", __filename]),
      (error: { code: number; stderr: string }) => {
        assert.equal(error.code, 1);
        assert.match(error.stderr, /^error: .*--data-dir.* cannot hold objects/);
        return true;
      },
    );
  });

  it("says, with status 1, when the port is taken", async () => {
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
