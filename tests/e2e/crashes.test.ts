import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { everything } from "../support/everything";
import { isProvider, processesOf, type RunningProcess } from "../support/processes";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

const uploads = 50;
const latencyMs = 100;
const seed = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

const program = `
const ens = require("pulumi-alicloud-ens");
for (let n = 0; n < ${uploads}; n += 1) {
  new ens.PreparedUpload("media-" + n, { bucketName: "media-assets", triggers: [process.env.RELEASE] });
}
`;

/** What is killed with SIGKILL, at which point of which kind of \`up\`. With three rounds, the kinds are those of the seed. */
const rounds = Array.from({ length: everything ? 20 : 3 }, (_, n) => {
  const random = chance(seed + n);
  return {
    release: `release ${n}`,
    victim: ["the provider process", "the CLI", "the CLI and all it started"][n % 3],
    kind: (seed + n) % 2 === 0 ? ("creates" as const) : ("updates" as const),
    // So that enough are left to kill it amid, on a slow machine too.
    answers: 1 + Math.floor(random() * 30),
    more: Math.floor(random() * latencyMs),
    /** Each victim and kind once. */
    thorough: n < 6,
  };
});

describe(`an up over ${uploads} uploads that is killed (CRASH_SEED=${seed})`, function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({ buckets: ["media-assets"], latencyMs });
  let project: PulumiProject;
  const restore = { creates: () => {}, updates: () => {} };

  before(async function () {
    if (process.platform !== "linux") {
      console.log("      skipped, whom to kill is found by the ps of Linux, which this machine lacks");
      this.skip();
    }
    project = await PulumiProject.create({
      files: {
        "Pulumi.yaml": "name: crashes\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
        "package.json": '{ "main": "index.js" }',
        "index.js": program,
      },
      env: { ...emulator().environment, RELEASE: "none" },
    });
    restore.creates = project.keep();
    await project.up();
    restore.updates = project.keep();
  });
  after(() => project?.remove());

  /** Runs `up` and kills the victim of it in the middle. */
  async function killAmid({ victim, answers, more }: (typeof rounds)[number]): Promise<void> {
    let cli = 0;
    let ended = false;
    const onStart = (pid: number) => {
      cli = pid;
    };
    const run = project.attempt(["up", "--yes", "--skip-preview"], { onStart }).finally(() => {
      ended = true;
    });
    while (emulator().requests.length < answers && !ended) await sleep(5);
    await sleep(more);
    kill(
      processesOf(cli).filter((one) => {
        if (victim === "the CLI") return one.pid === cli;
        return victim === "the CLI and all it started" || isProvider(one);
      }),
    );
    const { exitCode, stdout } = await run;
    assert.notEqual(exitCode, 0, `it was over before it was killed:\n${stdout}`);
    const until = Date.now() + 10_000;
    while (processesOf(cli).some(isProvider)) {
      assert.ok(Date.now() < until, "the provider process outlives the CLI");
      await sleep(50);
    }
    // Pulumi's own host of the program looks every five minutes whether its engine is still there.
    kill(processesOf(cli));
  }

  /** Frees the stack of a CLI that was killed, as docs/troubleshooting.md says. */
  async function unlock(): Promise<void> {
    const { exitCode, stderr } = await project.attempt(["cancel", "--yes"]);
    if (exitCode === 0) return;
    assert.match(stderr, /failed to load checkpoint: EOF/);
    project.removeEmptyAttributes();
    await project.run(["cancel", "--yes"]);
  }

  for (const round of rounds) {
    const { victim, kind, answers, more, release, thorough } = round;
    it(`${release}: ${victim}, ${more} ms after ${answers} answers of an up that ${kind}`, async () => {
      restore[kind]();
      emulator().move("media-assets");
      emulator().clearRequests();
      project.env.RELEASE = release;
      await killAmid(round);

      const cliDied = victim !== "the provider process";
      if (cliDied) await unlock();
      await project.up();
      if (thorough && cliDied && kind === "creates") await project.refresh("--clear-pending-creates");
      if (thorough) await project.preview("--expect-no-changes");

      const place = emulator().buckets.get("media-assets");
      const { resources = [], pending_operations } = await project.state();
      // Creations of which Pulumi did not see the end stay on its list until a refresh clears them.
      if (thorough || kind === "updates" || !cliDied) assert.equal(pending_operations, undefined);
      const found = resources.filter(({ type }) => type.endsWith(":PreparedUpload"));
      assert.deepEqual(
        found.map(({ urn }) => urn.split("::").at(-1)).sort(),
        Array.from({ length: uploads }, (_, n) => `media-${n}`).sort(),
      );
      const answered = new Set(emulator().requests.map(({ requestId }) => requestId));
      for (const { id, inputs, outputs } of found) {
        const { requestId, __provider, ...rest } = outputs ?? {};
        assert.deepEqual([id, inputs?.triggers], ["media-assets", [release]]);
        assert.deepEqual(rest, {
          bucketName: "media-assets",
          triggers: [release],
          physicalBucketName: place?.physicalBucketName,
          endpoint: place?.endpoint,
        });
        assert.ok(answered.has(String(requestId)));
      }
    });
  }
});

function kill(processes: readonly RunningProcess[]): void {
  for (const { pid } of processes) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It ended in the meantime.
    }
  }
}

/** A generator of numbers from 0 up to 1 (mulberry32), the same for the same seed. */
function chance(from: number): () => number {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
