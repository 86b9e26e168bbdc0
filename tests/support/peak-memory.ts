import { readFileSync } from "node:fs";
import type { Context } from "mocha";
import type { ProviderProcess } from "./provider-process";

/** The most memory that a provider process has held, in MB. Skips the test on a machine that does not tell. */
export function peakMemory(test: Context, { pid }: ProviderProcess): number {
  if (process.platform !== "linux") {
    console.log("      skipped, the peak of memory is read from /proc, which this machine lacks");
    test.skip();
  }
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
