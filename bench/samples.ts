import type { FileContestant } from "./files/workload";
import type { ProcessCosts } from "./processes";
import type { StateSize } from "./state";
import type { Contestant } from "./workload";

/** The runs of a stack's life, in their order. `node` and `empty` have only the first. */
export const steps = ["first up", "unchanged up", "refresh", "destroy"] as const;
/** With files, one of them changes on the way. */
export const fileSteps = ["first up", "unchanged up", "one changed", "refresh", "destroy"] as const;
export type Step = (typeof fileSteps)[number];

/** What one run cost. */
export interface Cost {
  readonly wallMs: number;
  readonly processes: ProcessCosts;
  readonly connections: number;
  /** Calls that came, and those of them that were refused. */
  readonly requests: number;
  readonly refused: number;
  /** From the first answer to the last, in milliseconds. */
  readonly spanMs: number;
}

/** One run as it was measured. */
export interface Sample {
  readonly contestant: Contestant | FileContestant;
  readonly size: number;
  /** The size of each file, where it is not the usual one. */
  readonly bytes?: number;
  readonly step: Step;
  readonly repetition: number;
  /** Calls a second that were allowed, where there was a quota. */
  readonly quota?: number;
  readonly cost: Cost;
  /** What a first up left in state. */
  readonly state?: StateSize;
}

export type Selection = Partial<Pick<Sample, "contestant" | "size" | "step" | "quota">>;

/** The samples of a kind, one for each repetition; without a quota unless one is named. */
export function select(samples: readonly Sample[], selection: Selection): readonly Sample[] {
  const { quota, ...rest } = selection;
  return samples.filter(
    (sample) =>
      sample.quota === quota &&
      Object.entries(rest).every(([name, value]) => Reflect.get(sample, name) === value),
  );
}

/**
 * The figures of one kind, divided by those of another kind in the same repetition: noise that lasts hits both. Empty
 * where one kind was not measured.
 */
export function ratios(
  numerators: readonly Sample[],
  denominators: readonly Sample[],
  figure: (sample: Sample) => number,
): readonly number[] {
  return numerators.flatMap((one) => {
    const other = denominators.find(({ repetition }) => repetition === one.repetition);
    return other === undefined ? [] : [figure(one) / figure(other)];
  });
}

export const wallTime = ({ cost }: Sample): number => cost.wallMs;

/** The median of some figures, the least and the most. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Undefined where there are no figures. */
export function spread(figures: readonly number[]): Spread | undefined {
  const sorted = [...figures].sort((a, b) => a - b);
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  const [low = least, high = low] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.floor(sorted.length / 2)],
  ];
  return { median: (low + high) / 2, least, most };
}
