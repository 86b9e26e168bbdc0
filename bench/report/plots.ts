import { fileContestants } from "../files/workload";
import type { Results } from "../results";
import { type Sample, type Spread, type Step, select, spread, wallTime } from "../samples";
import { contestants } from "../workload";
import { type Line, plot } from "./plot";

/** A drawing for the document. */
export interface Plot {
  readonly file: string;
  readonly title: string;
  readonly svg: string;
}

/** Cost against N, of uploads and of files. */
export function plots({ samples, files }: Results): Readonly<Record<"sites" | "files", readonly Plot[]>> {
  const small = files.filter(({ bytes }) => bytes === undefined);
  return {
    sites: plotsOf(samples, contestants, { file: "performance", title: "" }),
    files: plotsOf(small, fileContestants, { file: "performance-files", title: ", files" }),
  };
}

function plotsOf(
  samples: readonly Sample[],
  who: readonly Sample["contestant"][],
  named: { readonly file: string; readonly title: string },
): readonly Plot[] {
  const drawn = (
    name: string,
    title: string,
    unit: string,
    step: Step,
    figure: (sample: Sample) => number | undefined,
  ) => {
    const lines = who.flatMap((contestant) => line(samples, contestant, step, figure) ?? []);
    // Not every system tells everything.
    if (lines.length === 0) return [];
    const whole = `${title}${named.title}`;
    return [{ file: `${named.file}-${name}.svg`, title: whole, svg: plot({ title: whole, unit, lines }) }];
  };
  const seconds = (sample: Sample) => wallTime(sample) / 1000;
  return [
    ...drawn("first-up", "First up", "s", "first up", seconds),
    ...drawn("unchanged-up", "Unchanged up", "s", "unchanged up", seconds),
    ...drawn("one-changed", "One changed", "s", "one changed", seconds),
    ...drawn("refresh", "Refresh", "s", "refresh", seconds),
    ...drawn("destroy", "Destroy", "s", "destroy", seconds),
    ...drawn("checkpoint", "Checkpoint", "kB", "first up", ({ state }) =>
      state === undefined ? undefined : state.checkpoint / 1000,
    ),
    ...drawn("memory", "Peak memory of the provider process", "MB", "first up", ({ cost }) => {
      const peak = cost.processes.provider?.peakBytes;
      return peak === undefined ? undefined : peak / 1e6;
    }),
  ];
}

function line(
  samples: readonly Sample[],
  contestant: Sample["contestant"],
  step: Step,
  figure: (sample: Sample) => number | undefined,
): Line | undefined {
  const ofContestant = select(samples, { contestant, step }).filter(({ size }) => size > 0);
  const sizes = [...new Set(ofContestant.map(({ size }) => size))].sort((a, b) => a - b);
  const points = sizes.flatMap((size) => {
    const value: Spread | undefined = spread(
      select(ofContestant, { size }).flatMap((sample) => figure(sample) ?? []),
    );
    return value === undefined ? [] : [{ size, value }];
  });
  return points.length === 0 ? undefined : { name: contestant, points };
}
