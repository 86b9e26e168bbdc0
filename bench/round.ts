import { spawn } from "node:child_process";
import { once } from "node:events";
import { PulumiProject } from "../tests/support/pulumi-project";
import { measure } from "./measure";
import type { Sample, Step } from "./samples";
import { stateSize } from "./state";
import { atOnce, type Contestant, programEnvironment, programFiles, startService } from "./workload";

/** A contestant's turn. */
export interface Round {
  readonly contestant: Contestant;
  /** How many resources, or sites. */
  readonly size: number;
  readonly repetition: number;
  readonly steps: readonly Step[];
  /** Calls a second that ENS allows. Default: any number. */
  readonly quota?: number;
  /** How many resources Pulumi works on at a time. Default: as many as calls may be under way. */
  readonly parallel?: number;
}

const commands: Readonly<Record<Step, readonly string[]>> = {
  "first up": ["up"],
  "unchanged up": ["up", "--expect-no-changes"],
  refresh: ["refresh", "--expect-no-changes"],
  destroy: ["destroy"],
};

/** Takes a contestant through its steps, on a stack of its own that is removed afterwards. */
export async function playRound(round: Round): Promise<readonly Sample[]> {
  const { steps, parallel = atOnce, ...sample } = round;
  const { contestant, size, quota } = sample;
  const emulator = await startService(quota);
  const project = await PulumiProject.create({
    files: programFiles(contestant),
    env: programEnvironment(size, emulator),
  });
  try {
    if (contestant === "node") {
      const cost = await measure(emulator, () => runProgram(project));
      return [{ ...sample, step: "first up", cost }];
    }
    const samples: Sample[] = [];
    for (const step of steps) {
      // The plain provider's refresh shows new request ids as drift, so it may find changes.
      const command = contestant === "plain" ? commands[step].slice(0, 1) : commands[step];
      const args = [...command, "--yes", "--skip-preview", "--parallel", String(parallel)];
      // Under a quota a contestant may fail; how much of it fails is measured too.
      const run = () => (quota === undefined ? project.run(args) : project.attempt(args));
      const cost = await measure(emulator, run);
      const state = step === "first up" ? { state: await stateSize(project) } : {};
      samples.push({ ...sample, step, cost, ...state });
    }
    return samples;
  } finally {
    project.remove();
    await emulator.stop();
  }
}

async function runProgram({ folder, env }: PulumiProject): Promise<void> {
  const child = spawn(process.execPath, ["index.js"], {
    cwd: folder,
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [exitCode] = await once(child, "close");
  if (exitCode !== 0) throw new Error(`The program without Pulumi ended with ${exitCode}.`);
}
