import { type Bar, bars, failures, quotaLimitMs, quotaPerSecond } from "../bars";
import { tellsCosts } from "../processes";
import type { Results } from "../results";
import { ratios, type Sample, type Step, select, spread, steps, wallTime } from "../samples";
import { atOnce, contestants, descriptions, latencyMs } from "../workload";
import { formatNumber, formatSpread, formatTable } from "./format";

/** The figures in words and tables, as Markdown. */
export function report(results: Results): string {
  const { samples, machine } = results;
  return [
    formatTable(["", ""], Object.entries(machine)),
    `ENS takes ${latencyMs} ms an answer; ${atOnce} calls at once. Medians of ${repetitionsOf(samples)}, least and most in brackets. ` +
      "A ratio is taken within each repetition, then their median.",
    ...(tellsCosts
      ? []
      : ["CPU and memory are not measured on this system, which does not tell them as Linux does."]),
    "### Bars",
    formatTable(["", "measured", "at most", ""], bars(results).map(barRow)),
    ...steps.flatMap((step) => stepSection(samples, step)),
    ...quotaSection(samples),
    "### Who is who",
    formatTable(
      ["", ""],
      contestants.map((contestant) => [contestant, descriptions[contestant]]),
    ),
  ].join("\n\n");
}

function repetitionsOf(samples: readonly Sample[]): string {
  const count = new Set(samples.map(({ repetition }) => repetition)).size;
  return count === 1 ? "1 run" : `${count} runs`;
}

function barRow({ name, unit, limit, figure, verdict }: Bar): readonly string[] {
  const space = unit === "" ? "" : " ";
  return [name, `${formatSpread(figure, formatNumber)}${space}${unit}`, `${limit}${space}${unit}`, verdict];
}

function stepSection(samples: readonly Sample[], step: Step): readonly string[] {
  const rows = kindsOf(samples.filter((sample) => sample.step === step && sample.quota === undefined));
  if (rows.length === 0) return [];
  const head = [
    "N",
    "",
    "time, s",
    "of plain's",
    "engine CPU, s",
    "program CPU, s",
    "provider CPU, s",
    "provider peak, MB",
    ...(step === "first up" ? ["B a resource", "checkpoint, kB"] : []),
    "connections",
    "requests",
  ];
  return [
    `### ${step[0]?.toUpperCase()}${step.slice(1)}`,
    formatTable(
      head,
      rows.map((kind) => stepRow(samples, kind)),
    ),
  ];
}

/** The samples of each row, by size and then by contestant. */
function kindsOf(samples: readonly Sample[]): readonly (readonly Sample[])[] {
  const kinds = new Map<string, Sample[]>();
  for (const sample of [...samples].sort(bySizeThenContestant)) {
    const key = `${sample.size} ${sample.contestant}`;
    kinds.set(key, [...(kinds.get(key) ?? []), sample]);
  }
  return [...kinds.values()];
}

function bySizeThenContestant(one: Sample, other: Sample): number {
  return one.size - other.size || contestants.indexOf(one.contestant) - contestants.indexOf(other.contestant);
}

function stepRow(samples: readonly Sample[], kind: readonly Sample[]): readonly string[] {
  const [{ size, contestant, step }] = kind as [Sample];
  const plain = select(samples, { contestant: "plain", size, step });
  const figures = (of: (sample: Sample) => number | undefined) =>
    formatSpread(spread(kind.flatMap((sample) => of(sample) ?? [])), formatNumber);
  const seconds = (milliseconds: number | undefined) =>
    milliseconds === undefined ? undefined : milliseconds / 1000;
  const processes = ({ cost }: Sample) => cost.processes;
  return [
    String(size),
    contestant,
    figures((sample) => seconds(wallTime(sample))),
    formatSpread(spread(ratios(kind, plain, wallTime)), formatNumber),
    figures((sample) => seconds(processes(sample).engine?.cpuMs)),
    figures((sample) => seconds(processes(sample).program?.cpuMs)),
    figures((sample) => seconds(processes(sample).provider?.cpuMs)),
    figures((sample) => {
      const peak = processes(sample).provider?.peakBytes;
      return peak === undefined ? undefined : peak / 1e6;
    }),
    ...(step === "first up"
      ? [
          figures(({ state }) => state?.resource),
          figures(({ state }) => (state === undefined ? undefined : state.checkpoint / 1000)),
        ]
      : []),
    figures(({ cost }) => cost.connections),
    figures(({ cost }) => cost.requests),
  ];
}

function quotaSection(samples: readonly Sample[]): readonly string[] {
  const kinds = kindsOf(samples.filter(({ quota }) => quota !== undefined));
  if (kinds.length === 0) return [];
  const rows = kinds.map((kind) => {
    const [{ size, contestant, quota = quotaPerSecond }] = kind as [Sample];
    const figures = (of: (sample: Sample) => number) => formatSpread(spread(kind.map(of)), formatNumber);
    return [
      String(size),
      contestant,
      String(quota),
      figures(({ cost }) => cost.wallMs / 1000),
      figures(({ cost }) => cost.wallMs / quotaLimitMs(size, quota)),
      figures(({ cost }) => cost.spanMs / 1000),
      figures(({ cost }) => cost.refused),
      figures(failures),
    ];
  });
  const head = [
    "N",
    "",
    "allowed a second",
    "time, s",
    "of the quota's own",
    "first to last answer, s",
    "refused",
    "failed",
  ];
  return ["### First up, so many calls a second allowed", formatTable(head, rows)];
}
