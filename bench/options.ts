import { Command, InvalidArgumentError, Option } from "commander";
import { type Step, steps } from "./samples";
import { type Contestant, contestants } from "./workload";

/** What to measure. */
export interface BenchOptions {
  readonly quick: boolean;
  readonly sizes: readonly number[];
  readonly repetitions: number;
  readonly only: readonly Contestant[];
  readonly steps: readonly Step[];
  /** Whether docs/performance.md and its plots are written. */
  readonly write: boolean;
}

export function parseOptions(args: readonly string[]): BenchOptions {
  const command = new Command("npm run bench --")
    .description(
      "Measures what uploads cost, with this package and without. Nothing else should run at the same time. A whole run " +
        "takes more than half an hour and writes docs/performance.md; a part of it, or fewer than 3 repetitions, writes nothing.",
    )
    .option("--quick", "10 resources, once, in under a minute", false)
    .option("--n <sizes>", "numbers of resources, with commas between", counts)
    .option("--repetitions <number>", "how often each is measured", count, 3)
    .addOption(new Option("--only <contestants...>", "measures these").choices(contestants))
    .addOption(new Option("--steps <steps...>", "measures these").choices(steps));
  const parts = ["quick", "n", "only", "steps"];
  const given = command.parse(args, { from: "user" }).opts();
  return {
    quick: given.quick,
    sizes: given.quick ? [1, 10] : (given.n ?? [1, 10, 100, 1000]),
    repetitions: given.quick ? 1 : given.repetitions,
    only: given.only ?? contestants,
    steps: given.steps ?? steps,
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
