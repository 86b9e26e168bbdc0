import { Command, InvalidArgumentError, Option } from "commander";
import { type FileContestant, fileContestants, mostOfOthers } from "./files/workload";
import { fileSteps, type Step } from "./samples";
import { type Contestant, contestants } from "./workload";

const workloads = ["sites", "files"] as const;
export type WorkloadName = (typeof workloads)[number];

/** What to measure. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly workloads: readonly WorkloadName[];
  /** Of resources or sites. */
  readonly sizes: readonly number[];
  readonly fileSizes: readonly number[];
  readonly repetitions: number;
  readonly only: readonly (Contestant | FileContestant)[];
  readonly steps: readonly Step[];
  /** Whether docs/performance.md and its plots are written. */
  readonly write: boolean;
}

const everyone = [...new Set([...contestants, ...fileContestants])];

export function parseOptions(args: readonly string[]): BenchOptions {
  const command = new Command("npm run bench --")
    .description(
      "Measures what uploads cost, with this package and without. Nothing else should run at the same time. It takes " +
        "more than an hour, with files alone a quarter of one, and writes docs/performance.md. Fewer sizes, steps, " +
        "contestants or repetitions write nothing.",
    )
    .option("--quick", "10 resources and 10 files, once, in a minute or two", false)
    .addOption(new Option("--workload <names...>", "measures these").choices(workloads))
    .option("--n <sizes>", "numbers of resources, with commas between", counts)
    .option(
      "--files <sizes>",
      `numbers of files, with commas between; above ${mostOfOthers} only of folder`,
      counts,
    )
    .option("--repetitions <number>", "how often each is measured", count, 3)
    .addOption(new Option("--only <contestants...>", "measures these").choices(everyone))
    .addOption(new Option("--steps <steps...>", "measures these").choices(fileSteps));
  const parts = ["quick", "n", "files", "only", "steps"];
  const given = command.parse(args, { from: "user" }).opts();
  return {
    quick: given.quick,
    sizes: given.quick ? [1, 10] : (given.n ?? [1, 10, 100, 1000]),
    repetitions: given.quick ? 1 : given.repetitions,
    fileSizes: given.quick ? [1, 10] : (given.files ?? [1, 1000, 20_000]),
    workloads: given.workload ?? workloads,
    only: given.only ?? everyone,
    steps: given.steps ?? fileSteps,
    write: given.repetitions >= 3 && parts.every((part) => !given[part]),
  };
}

function count(text: string): number {
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number from 1 on.");
}

function counts(text: string): number[] {
  return text.split(",").map(count);
}
