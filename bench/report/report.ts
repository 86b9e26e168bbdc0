import { type Bar, bars, failures, quotaLimitMs, quotaPerSecond } from "../bars";
import { fileBars } from "../files/bars";
import { fileBytes, fileContestants, fileDescriptions, fileLatencyMs } from "../files/workload";
import type { WorkloadName } from "../options";
import { tellsCosts } from "../processes";
import type { Results } from "../results";
import { fileSteps, ratios, type Sample, type Step, select, spread, steps, wallTime } from "../samples";
import { atOnce, contestants, descriptions, latencyMs } from "../workload";
import { formatNumber, formatSpread, formatTable } from "./format";
import type { Plot, plots } from "./plots";

/** The figures in words and tables, as Markdown: a section for each workload that there are figures of. */
export type Report = Readonly<Partial<Record<WorkloadName, string>>>;

/** @param drawn - The plots that there are. */
export function report(results: Results, drawn: ReturnType<typeof plots> = { sites: [], files: [] }): Report {
  return {
    ...section("sites", results, sitesReport(results, drawn.sites)),
    ...section("files", results, filesReport(results, drawn.files)),
  };
}

function section(name: WorkloadName, { machine }: Results, parts: readonly string[]): Report {
  if (parts.length === 0) return {};
  const missing = "CPU and memory are not measured on this system, which does not tell them as Linux does.";
  const measuredOn = formatTable(["", ""], Object.entries(machine));
  return { [name]: [measuredOn, ...(tellsCosts ? [] : [missing]), ...parts].join("\n\n") };
}

function sitesReport(results: Results, drawn: readonly Plot[]): readonly string[] {
  const { samples } = results;
  if (samples.length === 0) return [];
  return [
    ...images(drawn),
    `ENS takes ${latencyMs} ms an answer; ${howMeasured(samples)}`,
    "### Bars",
    formatTable(["", "measured", "at most", ""], bars(results).map(barRow)),
    ...steps.flatMap((step) => stepSection(samples, step, sites)),
    ...quotaSection(samples),
    "### Who is who",
    whoIsWho(descriptions),
  ];
}

function filesReport({ files }: Results, drawn: readonly Plot[]): readonly string[] {
  if (files.length === 0) return [];
  const small = files.filter(({ bytes }) => bytes === undefined);
  return [
    ...images(drawn),
    `N files of ${fileBytes} bytes into a bucket that is there already. ENS and the object storage take ` +
      `${fileLatencyMs} ms an answer; ${howMeasured(files)}`,
    "### Bars, files",
    formatTable(["", "measured", "at most", ""], fileBars(files).map(barRow)),
    ...fileSteps.flatMap((step) => stepSection(small, step, inFiles)),
    ...largeSection(files.filter(({ bytes }) => bytes !== undefined)),
    "### Who is who, files",
    whoIsWho(fileDescriptions),
  ];
}

function images(drawn: readonly Plot[]): readonly string[] {
  return drawn.map(({ file, title }) => `![${title}](${file})`);
}

function howMeasured(samples: readonly Sample[]): string {
  return (
    `${atOnce} calls at once.\nMedians of ${repetitionsOf(samples)}, least and most in brackets. ` +
    "A ratio is taken within each repetition, then their median."
  );
}

function whoIsWho(described: Readonly<Record<string, string>>): string {
  return formatTable(["", ""], Object.entries(described));
}

function repetitionsOf(samples: readonly Sample[]): string {
  const count = new Set(samples.map(({ repetition }) => repetition)).size;
  return count === 1 ? "1 run" : `${count} runs`;
}

function barRow({ name, unit, limit, figure, verdict }: Bar): readonly string[] {
  const space = unit === "" ? "" : " ";
  return [name, `${formatSpread(figure, formatNumber)}${space}${unit}`, `${limit}${space}${unit}`, verdict];
}

/** How the tables of a workload differ from those of another. */
interface Tables {
  /** Added to headings. */
  readonly of: string;
  readonly contestants: readonly Sample["contestant"][];
  /** Whom all are compared with. */
  readonly usual: Sample["contestant"];
  readonly stateColumn: string;
  stateFigure(sample: Sample): number | undefined;
}

const sites: Tables = {
  of: "",
  contestants,
  usual: "plain",
  stateColumn: "B a resource",
  stateFigure: ({ state }) => state?.resource,
};

const inFiles: Tables = {
  of: ", files",
  contestants: fileContestants,
  usual: "dynamic",
  stateColumn: "B a file",
  stateFigure: ({ state, size }) => (state === undefined || size === 0 ? undefined : state.all / size),
};

function stepSection(samples: readonly Sample[], step: Step, tables: Tables): readonly string[] {
  const ofStep = samples.filter((sample) => sample.step === step && sample.quota === undefined);
  const rows = kindsOf(ofStep, tables);
  if (rows.length === 0) return [];
  const head = [
    "N",
    "",
    "time, s",
    `of ${tables.usual}'s`,
    "engine CPU, s",
    "program CPU, s",
    "provider CPU, s",
    "provider peak, MB",
    ...(step === "first up" ? [tables.stateColumn, "checkpoint, kB"] : []),
    "connections",
    "requests",
  ];
  return [
    `### ${step[0]?.toUpperCase()}${step.slice(1)}${tables.of}`,
    formatTable(
      head,
      rows.map((kind) => stepRow(samples, kind, tables)),
    ),
  ];
}

/** The samples of each row, by size and then by contestant. */
function kindsOf(samples: readonly Sample[], tables: Tables): readonly (readonly Sample[])[] {
  const kinds = new Map<string, Sample[]>();
  const order = ({ contestant }: Sample) => tables.contestants.indexOf(contestant);
  for (const sample of [...samples].sort((a, b) => a.size - b.size || order(a) - order(b))) {
    const key = `${sample.size} ${sample.contestant}`;
    kinds.set(key, [...(kinds.get(key) ?? []), sample]);
  }
  return [...kinds.values()];
}

function stepRow(
  samples: readonly Sample[],
  kind: readonly Sample[],
  { usual, stateFigure }: Tables,
): readonly string[] {
  const [{ size, contestant, step }] = kind as [Sample];
  const others = select(samples, { contestant: usual, size, step });
  const figures = figuresOf(kind);
  const processes = ({ cost }: Sample) => cost.processes;
  return [
    String(size),
    contestant,
    figures((sample) => seconds(wallTime(sample))),
    formatSpread(spread(ratios(kind, others, wallTime)), formatNumber),
    figures((sample) => seconds(processes(sample).engine?.cpuMs)),
    figures((sample) => seconds(processes(sample).program?.cpuMs)),
    figures((sample) => seconds(processes(sample).provider?.cpuMs)),
    figures(peakMegabytes),
    ...(step === "first up"
      ? [
          figures(stateFigure),
          figures(({ state }) => (state === undefined ? undefined : state.checkpoint / 1000)),
        ]
      : []),
    figures(({ cost }) => cost.connections),
    figures(({ cost }) => cost.requests),
  ];
}

function largeSection(samples: readonly Sample[]): readonly string[] {
  const [first] = samples;
  if (first === undefined) return [];
  const rows = kindsOf(samples, inFiles).map((kind) => {
    const figures = figuresOf(kind);
    return [
      kind[0]?.contestant ?? "",
      figures((sample) => seconds(wallTime(sample))),
      figures(({ cost }) => seconds(cost.spanMs)),
      figures(({ cost }) => seconds(cost.processes.provider?.cpuMs)),
      figures(peakMegabytes),
      figures(({ cost }) => cost.connections),
      figures(({ cost }) => cost.requests),
    ];
  });
  const head = [
    "",
    "time, s",
    "first to last answer, s",
    "provider CPU, s",
    "provider peak, MB",
    "connections",
    "requests",
  ];
  return [`### First up of a file of ${(first.bytes ?? 0) / 1e6} MB`, formatTable(head, rows)];
}

function figuresOf(kind: readonly Sample[]) {
  return (of: (sample: Sample) => number | undefined) =>
    formatSpread(spread(kind.flatMap((sample) => of(sample) ?? [])), formatNumber);
}

function seconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000;
}

function peakMegabytes({ cost }: Sample): number | undefined {
  const peak = cost.processes.provider?.peakBytes;
  return peak === undefined ? undefined : peak / 1e6;
}

function quotaSection(samples: readonly Sample[]): readonly string[] {
  const kinds = kindsOf(
    samples.filter(({ quota }) => quota !== undefined),
    sites,
  );
  if (kinds.length === 0) return [];
  const rows = kinds.map((kind) => {
    const [{ size, contestant, quota = quotaPerSecond }] = kind as [Sample];
    const figures = figuresOf(kind);
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
