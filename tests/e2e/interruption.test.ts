import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { processesOf } from "../support/processes";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";
import { useSilentServer } from "../support/silent-server";

const program = `
const ens = require("pulumi-alicloud-ens");
for (let n = 0; n < 20; n += 1) new ens.PreparedUpload("media-" + n, { bucketName: "media-assets" });
`;

describe("Ctrl-C, by the real CLI", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const silent = useSilentServer();
  let project: PulumiProject;
  let undeploy: () => void;
  let deploy: () => void;

  before(async () => {
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: interrupted\nruntime: nodejs\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      env: { ...emulator().environment },
    });
    undeploy = project.keep();
    await project.up();
    deploy = project.keep();
  });
  beforeEach(() => deploy());
  after(() => project?.remove());

  /** Runs a command until `waits`, interrupts it, and expects it to end in time and whole. */
  async function interrupt(args: readonly string[], waits: (output: string) => boolean): Promise<string> {
    const interruption = new AbortController();
    let cli = 0;
    let output = "";
    let ended = false;
    const run = project
      .attempt(args, {
        signal: interruption.signal,
        onStart: (pid) => {
          cli = pid;
        },
        onOutput: (text) => {
          output += text;
        },
      })
      .finally(() => {
        ended = true;
      });
    while (!waits(output) && !ended) await sleep(20);
    const began = Date.now();
    interruption.abort();
    const { exitCode, stdout } = await run;
    const took = Date.now() - began;
    assert.ok(took < 5000, `${took} ms`);
    assert.notEqual(exitCode, 0, stdout);
    const messages = stdout.match(/error: .*/g) ?? [];
    assert.ok(messages.length > 1, stdout);
    for (const message of new Set(messages)) {
      assert.match(
        message,
        /The deployment was cancelled before ENS had answered\. Nothing was changed; run the command again|update failed|refresh failed|cancell?ed/,
      );
    }
    assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
    assert.deepEqual(processesOf(cli), [], "nothing is left running");
    assert.equal((await project.state()).pending_operations, undefined);
    return stdout;
  }

  const places = async () => (await project.uploads()).map(({ urn, outputs }) => ({ urn, outputs }));
  const up = ["up", "--yes", "--skip-preview"];

  it("ends an up that waits for ENS, which throttles; the next up creates everything", async () => {
    undeploy();
    const headers = { "x-acs-retry-after": "60000" };
    emulator().fail({ kind: "error", code: "Throttling.User", headers, times: 999 });
    await interrupt(up, (output) => output.includes("ENS is throttling"));
    emulator().clearFaults();
    assert.deepEqual(counts(await project.up()), { created: 20, unchanged: 1 });
  });

  it("ends a refresh that waits for an answer; the next one finds all unchanged", async () => {
    const { ALIBABA_CLOUD_ENDPOINT_ENS: endpoint = "" } = project.env;
    project.env.ALIBABA_CLOUD_ENDPOINT_ENS = silent().url;
    const before = await places();
    await interrupt(["refresh", "--yes", "--skip-preview"], () => silent().waiting() > 1);
    project.env.ALIBABA_CLOUD_ENDPOINT_ENS = endpoint;
    assert.deepEqual(await places(), before);
    await project.refresh("--expect-no-changes");
  });

  it("ends a refresh that waits for credentials", async () => {
    for (const name of ["ALICLOUD_ACCESS_KEY", "ALICLOUD_SECRET_KEY"]) delete project.env[name];
    project.env.ALICLOUD_CREDENTIALS_URI = silent().url;
    await interrupt(["refresh", "--yes", "--skip-preview"], () => silent().waiting() > 0);
  });
});
