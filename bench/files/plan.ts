import type { BenchOptions } from "../options";
import { inTurns } from "../plan";
import type { Round } from "../round";
import type { Step } from "../samples";
import { fileSteps } from "../samples";
import type { FileContestant } from "./workload";
import { largeBytes, mostOfOthers } from "./workload";

/** All turns with files, in their order. */
export function filesPlan(options: BenchOptions): readonly Round<FileContestant>[] {
  if (!options.workloads.includes("files")) return [];
  const repetitions = Array.from({ length: options.repetitions }, (_, repetition) => repetition);
  const compared = options.fileSizes.filter((size) => size <= mostOfOthers);
  const alone = options.fileSizes.filter((size) => size > mostOfOthers);
  return repetitions.flatMap((repetition) => [
    ...compared.flatMap((size) => atSize(options, size, repetition)),
    // Here, near those that are compared with them.
    ...single(options, "empty", { size: 0, repetition, steps: ["first up"] }),
    ...(options.quick
      ? []
      : single(options, "idle", { size: 0, repetition, steps: ["first up", "unchanged up"] })),
    ...inTurns(contestantsOfLarge(options), repetition).flatMap((contestant) =>
      single(options, contestant, { size: 1, bytes: largeOf(options), repetition, steps: ["first up"] }),
    ),
    ...alone.flatMap((size) => single(options, "folder", { size, repetition, steps: fileSteps })),
  ]);
}

function atSize(options: BenchOptions, size: number, repetition: number): readonly Round<FileContestant>[] {
  return inTurns(
    ["folder", "folder-plugin", "objects", "dynamic", "ali-oss", "reading"] as const,
    repetition,
  ).flatMap((contestant) =>
    single(options, contestant, { size, repetition, steps: stepsOf(options.quick, contestant, size) }),
  );
}

function contestantsOfLarge({ quick }: BenchOptions): readonly FileContestant[] {
  return quick ? ["folder", "ali-oss"] : ["folder", "folder-plugin", "ali-oss", "reading"];
}

/** The size of the one large file. */
function largeOf({ quick }: BenchOptions): number {
  return quick ? largeBytes.quick : largeBytes.whole;
}

function stepsOf(quick: boolean, contestant: FileContestant, size: number): readonly Step[] {
  // A quick run measures a resource for each file by the ordinary one alone.
  if (quick && contestant === "objects") return [];
  if (contestant === "ali-oss" || contestant === "reading") {
    // In a quick run, one file is measured only to compare the memory.
    return quick && size === 1 ? [] : ["first up"];
  }
  // To destroy a resource for each file takes what it takes with sites, which is minutes.
  if (!quick) return contestant === "folder" ? fileSteps : fileSteps.filter((step) => step !== "destroy");
  if (contestant === "folder-plugin") return ["first up", "unchanged up"];
  if (contestant === "folder") return size === 1 ? ["first up", "unchanged up"] : fileSteps;
  return size === 1 ? [] : ["first up"];
}

/** One turn, or an empty list where the options leave all of it out. */
function single(
  options: BenchOptions,
  contestant: FileContestant,
  round: Omit<Round<FileContestant>, "contestant">,
): readonly Round<FileContestant>[] {
  const steps = round.steps.filter((step) => options.steps.includes(step));
  return options.only.includes(contestant) && steps.length > 0 ? [{ ...round, contestant, steps }] : [];
}
