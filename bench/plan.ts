import { crowdQuota, quotaPerSecond } from "./bars";
import type { BenchOptions } from "./options";
import type { Round } from "./round";
import { type Step, steps } from "./samples";
import { type Contestant, contestants } from "./workload";

/**
 * All turns of uploads in their order. Within a repetition, each contestant has its turn at a size before the next size begins.
 */
export function plan(options: BenchOptions): readonly Round<Contestant>[] {
  if (!options.workloads.includes("sites")) return [];
  const repetitions = Array.from({ length: options.repetitions }, (_, repetition) => repetition);
  return repetitions.flatMap((repetition) => [
    ...options.sizes.flatMap((size) => atSize(options, size, repetition)),
    ...single(options, "empty", { size: 0, repetition, steps: ["first up"] }),
    ...underQuota(options, repetition),
  ]);
}

function atSize(options: BenchOptions, size: number, repetition: number): readonly Round<Contestant>[] {
  const others = contestants.filter((contestant) => contestant !== "empty");
  return inTurns(others, repetition).flatMap((contestant) => {
    // In a quick run, one resource is measured only to compare it with more, or with the plugin.
    if (options.quick && (size === 1 ? !["ours", "plugin"].includes(contestant) : contestant === "plugin"))
      return [];
    return single(options, contestant, { size, repetition, steps: stepsOf(options.quick, contestant, size) });
  });
}

/** Another contestant begins each time, so that no one always has the machine at its best or worst. */
export function inTurns<Name>(contestants: readonly Name[], repetition: number): readonly Name[] {
  const begins = repetition % contestants.length;
  return [...contestants.slice(begins), ...contestants.slice(0, begins)];
}

function stepsOf(quick: boolean, contestant: Contestant, size: number): readonly Step[] {
  if (!quick || (size > 1 && contestant === "ours")) return steps;
  // No bar compares the others' refresh and destroy.
  return size > 1 && contestant === "plain" ? ["first up", "unchanged up"] : ["first up"];
}

/**
 * Only at the largest size: a few calls end before a quota slows them down. And a crowd of resources, all of which
 * Pulumi begins at once, as it does on a large machine.
 */
function underQuota(options: BenchOptions, repetition: number): readonly Round<Contestant>[] {
  const size = options.quick ? 2 * quotaPerSecond : Math.max(...options.sizes);
  const paced: readonly Contestant[] = options.quick ? ["many"] : ["many", "ours", "node"];
  const crowd = options.quick ? 2 * crowdQuota : 10 * crowdQuota;
  return [
    ...paced.flatMap((contestant) =>
      single(options, contestant, { size, repetition, steps: ["first up"], quota: quotaPerSecond }),
    ),
    ...single(options, "ours", {
      size: crowd,
      repetition,
      steps: ["first up"],
      quota: crowdQuota,
      parallel: crowd,
    }),
  ];
}

/** One turn, or an empty list where the options leave all of it out. */
function single(
  options: BenchOptions,
  contestant: Contestant,
  round: Omit<Round<Contestant>, "contestant">,
): readonly Round<Contestant>[] {
  const wanted = round.steps.filter((step) => options.steps.includes(step));
  return options.only.includes(contestant) && wanted.length > 0
    ? [{ ...round, contestant, steps: wanted }]
    : [];
}
