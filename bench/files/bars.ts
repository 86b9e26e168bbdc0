import type { Bar } from "../bars";
import { bar, memoryGrowth } from "../bars";
import type { Selection } from "../samples";
import { ratios, type Sample, select, wallTime } from "../samples";
import type { FileContestant } from "./workload";

/** The bars of files that the samples have figures for. */
export function fileBars(samples: readonly Sample[]): readonly Bar[] {
  const small = samples.filter(({ bytes }) => bytes === undefined);
  const large = samples.filter(({ bytes }) => bytes !== undefined);
  const sizes = (contestant: FileContestant) =>
    small.filter((sample) => sample.contestant === contestant).map(({ size }) => size);
  const most = Math.max(0, ...sizes("folder"));
  const size = Math.max(0, ...sizes("folder").filter((one) => sizes("ali-oss").includes(one)));
  const megabytes = Math.round((large[0]?.bytes ?? 0) / 1e6);
  const of = (contestant: FileContestant, selection: Selection) =>
    select(small, { contestant, ...selection });
  const folder = of("folder", { size, step: "first up" });
  const unchanged = of("folder", { size, step: "unchanged up" });
  const aliOss = of("ali-oss", { size });
  const empty = of("empty", {});
  const idle = of("idle", { step: "unchanged up" });
  const ofLarge = (contestant: FileContestant) => select(large, { contestant });
  const largeFolder = ofLarge("folder");

  return [
    bar(
      `first up of ${size} files, against ali-oss from Node plus an empty up`,
      "",
      1.3,
      ratios(folder, plus(aliOss, empty), wallTime),
    ),
    bar(
      `first up of ${size} files, against a dynamic resource a file`,
      "",
      0.15,
      ratios(folder, of("dynamic", { size, step: "first up" }), wallTime),
    ),
    bar(
      `unchanged up of ${size} files, against an empty up plus reading the files once`,
      "",
      1.3,
      ratios(unchanged, plus(of("reading", { size }), empty), wallTime),
    ),
    bar(
      `unchanged up of ${size} files, against an up of one idle resource plus reading the files once`,
      "",
      1.3,
      ratios(unchanged, plus(of("reading", { size }), idle), wallTime),
    ),
    bar(
      `  by the plugin, against an empty up plus reading the files once`,
      "",
      1.3,
      ratios(
        of("folder-plugin", { size, step: "unchanged up" }),
        plus(of("reading", { size }), empty),
        wallTime,
      ),
    ),
    bar(
      `state of ${most} files, inputs plus outputs, a file`,
      "B",
      120,
      of("folder", { size: most, step: "first up" }).flatMap(({ state }) =>
        state === undefined ? [] : [state.all / most],
      ),
    ),
    bar(
      `memory of the provider in an unchanged up of ${most} files, more than of 1`,
      "MB",
      60,
      memoryGrowth(
        of("folder", { size: 1, step: "unchanged up" }),
        of("folder", { size: most, step: "unchanged up" }),
      ),
    ),
    bar(
      `requests where one of ${size} files changed`,
      "",
      2,
      of("folder", { size, step: "one changed" }).map(({ cost }) => cost.requests),
    ),
    bar(
      `first up of a file of ${megabytes} MB, against ali-oss from Node plus an empty up`,
      "",
      1.15,
      ratios(largeFolder, plus(ofLarge("ali-oss"), empty), wallTime),
    ),
    bar(
      "  by the plugin",
      "",
      1.15,
      ratios(ofLarge("folder-plugin"), plus(ofLarge("ali-oss"), empty), wallTime),
    ),
    bar(
      `first up of a file of ${megabytes} MB, against ali-oss, an up of one idle resource and reading the file once`,
      "",
      1.15,
      ratios(largeFolder, plus(plus(ofLarge("ali-oss"), idle), ofLarge("reading")), wallTime),
    ),
    bar(
      `  memory of the provider, more than for a small file`,
      "MB",
      60,
      memoryGrowth(of("folder", { size: 1, step: "first up" }), largeFolder),
    ),
  ].flatMap((one) => one ?? []);
}

/** Samples as if each run had been followed by one of the others in the same repetition. */
function plus(samples: readonly Sample[], others: readonly Sample[]): readonly Sample[] {
  return samples.flatMap((sample) => {
    const other = others.find(({ repetition }) => repetition === sample.repetition);
    if (other === undefined) return [];
    return [{ ...sample, cost: { ...sample.cost, wallMs: wallTime(sample) + wallTime(other) } }];
  });
}
