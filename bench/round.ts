import { spawn } from "node:child_process";
import { once } from "node:events";
import { PulumiProject } from "../tests/support/pulumi-project";
import { measure } from "./measure";
import type { Sample, Step } from "./samples";
import { stateSize } from "./state";
import { atOnce, type Workload } from "./workload";

/** A contestant's turn. */
export interface Round<Name extends string> {
  readonly contestant: Name;
  /** How many resources, sites or files. */
  readonly size: number;
  /** The size of each file, where it is not the usual one. */
  readonly bytes?: number;
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
  "one changed": ["up"],
  refresh: ["refresh", "--expect-no-changes"],
  destroy: ["destroy"],
};

/** Takes a contestant through its steps, on a stack of its own that is removed afterwards. */
export async function playRound<Name extends Sample["contestant"]>(
  workload: Workload<Name>,
  round: Round<Name>,
): Promise<readonly Sample[]> {
  const { steps, parallel = atOnce, ...sample } = round;
  const { contestant, size, quota } = sample;
  const emulator = await workload.startService(quota);
  const project = await PulumiProject.create({
    files: workload.programFiles(contestant),
    env: workload.environment(emulator, size),
  });
  try {
    workload.prepare(project, round);
    if (workload.withoutPulumi.includes(contestant)) {
      const cost = await measure(emulator, () => runProgram(project));
      return [{ ...sample, step: "first up", cost }];
    }
    const samples: Sample[] = [];
    for (const step of steps) {
      if (step === "one changed") workload.change(project);
      const command = workload.findsChanges.includes(contestant)
        ? commands[step].slice(0, 1)
        : commands[step];
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
