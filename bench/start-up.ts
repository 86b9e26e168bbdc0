import { execFileSync } from "node:child_process";
import { checkout } from "../tests/support/paths";
import { ProviderProcess } from "../tests/support/provider-process";
import { spread } from "./samples";
import { bucketName, sitesWorkload } from "./workload";

/** What the package costs before any work, in milliseconds; one figure for each repetition. */
export interface StartUp {
  /** What importing it adds to a program that has Pulumi's SDK. */
  readonly importMs: readonly number[];
  /** What the first resource costs the provider process more than a later one. */
  readonly firstCallMs: readonly number[];
}

export async function measureStartUp(repetitions: number): Promise<StartUp> {
  const importMs: number[] = [];
  const firstCallMs: number[] = [];
  // The first of each only warms the disk's cache.
  for (let repetition = 0; repetition <= repetitions; repetition += 1) {
    importMs.push(importTime());
    firstCallMs.push(await firstCallTime());
  }
  return { importMs: importMs.slice(1), firstCallMs: firstCallMs.slice(1) };
}

function importTime(): number {
  const program =
    'require("@pulumi/pulumi"); const start = performance.now(); require("pulumi-alicloud-ens");' +
    "console.log(performance.now() - start);";
  return Number(execFileSync(process.execPath, ["-e", program], { cwd: checkout, encoding: "utf8" }));
}

async function firstCallTime(): Promise<number> {
  const emulator = await sitesWorkload.startService();
  const provider = await ProviderProcess.start({ env: emulator.environment });
  try {
    const times: number[] = [];
    for (let call = 0; call < 6; call += 1) {
      const start = performance.now();
      await provider.check({ bucketName });
      await provider.create({ bucketName });
      times.push(performance.now() - start);
    }
    const [first = Number.NaN, ...later] = times;
    return first - (spread(later)?.median ?? Number.NaN);
  } finally {
    provider.stop();
    await emulator.stop();
  }
}
