import type { Results } from "./results";
import { ratios, type Sample, type Spread, type Step, select, spread, wallTime } from "./samples";
import { type Contestant, atOnce as mostAtOnce } from "./workload";

/** A limit that the package must keep, and what was measured. */
export interface Bar {
  readonly name: string;
  readonly unit: "" | "ms" | "MB" | "B" | "%";
  readonly limit: number;
  readonly figure: Spread;
  readonly verdict: "within" | "over";
}

/** The limit that a call's quota sets, in calls a second. */
export const quotaPerSecond = 50;

/** The same for resources that begin all at once. */
export const crowdQuota = 40;

/** The bars of uploads that the results have figures for. Those of time are for the largest size that was measured. */
export function bars({ samples, startUp }: Results): readonly Bar[] {
  const largest = (contestant: Contestant, quota?: number) => {
    const sizes = samples.filter((sample) => sample.contestant === contestant && sample.quota === quota);
    return Math.max(0, ...sizes.map(({ size }) => size));
  };
  const size = largest("ours");
  const sites = largest("many");
  const paced = largest("many", quotaPerSecond);
  const of = (contestant: Contestant, at: number, step: Step = "first up") =>
    select(samples, { contestant, size: at, step });
  const underQuota = select(samples, { contestant: "many", size: paced, quota: quotaPerSecond });
  const limit = quotaLimitMs(paced, quotaPerSecond);
  const crowd = largest("ours", crowdQuota);
  const crowdSamples = select(samples, { contestant: "ours", size: crowd, quota: crowdQuota });
  const timeOf = (contestant: Contestant, at: number, repetition: number) =>
    of(contestant, at).find((sample) => sample.repetition === repetition)?.cost.wallMs ?? Number.NaN;
  const emptyUp = (repetition: number) => timeOf("empty", 0, repetition);
  const floor = (repetition: number) => timeOf("node", sites, repetition) + emptyUp(repetition);

  return [
    bar(
      `first up of ${size}, against the plain provider`,
      "",
      0.42,
      ratios(of("ours", size), of("plain", size), wallTime),
    ),
    bar(
      `first up of ${size}, against the do-nothing resource`,
      "",
      0.75,
      ratios(of("ours", size), of("idle", size), wallTime),
    ),
    bar(
      "state of a resource, inputs plus outputs",
      "B",
      450,
      samples.filter(({ contestant }) => contestant === "ours").flatMap(({ state }) => state?.resource ?? []),
    ),
    bar(
      `${sites} sites in one resource, against the same calls from Node plus an empty up`,
      "",
      1.5,
      of("many", sites).map(({ cost, repetition }) => cost.wallMs / floor(repetition)),
    ),
    bar(
      `${paced} sites under ${quotaPerSecond} a second, less an empty up, against the quota's own time`,
      "",
      1.15,
      underQuota.map(({ cost, repetition }) => (cost.wallMs - emptyUp(repetition)) / limit),
    ),
    bar(
      "  of them refused",
      "%",
      5,
      underQuota.map(({ cost }) => (100 * cost.refused) / paced),
    ),
    bar("  of them failed", "", 0, underQuota.map(failures)),
    bar(
      `${crowd} uploads that begin at once under ${crowdQuota} a second, from the first answer to the last, against the quota's own time`,
      "",
      1.2,
      crowdSamples.map(({ cost }) => cost.spanMs / quotaLimitMs(crowd, crowdQuota)),
    ),
    bar(
      "  of these refused",
      "%",
      5,
      crowdSamples.map(({ cost }) => (100 * cost.refused) / crowd),
    ),
    bar("  of these failed", "", 0, crowdSamples.map(failures)),
    bar(
      `first up of ${size} by the plugin, against the dynamic resource`,
      "",
      1,
      ratios(of("plugin", size), of("ours", size), wallTime),
    ),
    bar(
      `unchanged up of ${size} by the plugin, against the dynamic resource`,
      "",
      1,
      ratios(of("plugin", size, "unchanged up"), of("ours", size, "unchanged up"), wallTime),
    ),
    bar(
      "first up of 1 by the plugin, against the dynamic resource",
      "",
      0.75,
      ratios(of("plugin", 1), of("ours", 1), wallTime),
    ),
    bar("importing the package", "ms", 15, startUp.importMs),
    bar("the first call, more than a later one", "ms", 150, startUp.firstCallMs),
    bar(
      `memory of the provider at ${size}, more than at 1`,
      "MB",
      40,
      memoryGrowth(of("ours", 1), of("ours", size)),
    ),
    bar(
      `connections of ${size}, ${mostAtOnce} calls at once`,
      "",
      mostAtOnce,
      of("ours", size).map(({ cost }) => cost.connections),
    ),
  ].flatMap((one) => one ?? []);
}

/** How long a quota takes for some calls, in milliseconds. */
export function quotaLimitMs(size: number, quota: number): number {
  return (size / quota) * 1000;
}

/** How many resources or sites got no answer in the end. */
export function failures({ size, cost }: Sample): number {
  return size - (cost.requests - cost.refused);
}

/** A bar, or none where nothing was measured. */
export function bar(
  name: string,
  unit: Bar["unit"],
  limit: number,
  figures: readonly number[],
): Bar | undefined {
  const figure = spread(figures.filter(Number.isFinite));
  if (figure === undefined) return undefined;
  return { name, unit, limit, figure, verdict: figure.median <= limit ? "within" : "over" };
}

export function memoryGrowth(small: readonly Sample[], large: readonly Sample[]): readonly number[] {
  const peak = ({ cost }: Sample) => (cost.processes.provider?.peakBytes ?? Number.NaN) / 1e6;
  return large.flatMap((one) => {
    const other = small.find(({ repetition }) => repetition === one.repetition);
    return other === undefined ? [] : [peak(one) - peak(other)];
  });
}
