import { testCli } from "../tests/support/pulumi-cli";
import { filesPlan } from "./files/plan";
import { filesWorkload } from "./files/workload";
import { parseOptions } from "./options";
import { plan } from "./plan";
import { describeMachine } from "./report/machine";
import { report } from "./report/report";
import { writeReport } from "./report/write";
import { playRound, type Round } from "./round";
import type { Sample } from "./samples";
import { measureStartUp } from "./start-up";
import { sitesWorkload, type Workload } from "./workload";

/** `npm run bench`: what uploads and files cost, ours and others', in one run on one machine. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const cli = await testCli();
  const startUp = options.workloads.includes("sites")
    ? await measureStartUp(options.quick ? 1 : 9)
    : { importMs: [], firstCallMs: [] };
  const samples: Sample[] = [];
  const files: Sample[] = [];
  const results = { samples, files, startUp, machine: await describeMachine(cli) };
  try {
    await playAll(sitesWorkload, plan(options), samples);
    await playAll(filesWorkload, filesPlan(options), files);
  } finally {
    // Also when a round failed: half an hour of results may be there by then.
    console.log(Object.values(report(results)).join("\n\n"));
  }
  if (options.write) writeReport(results);
}

async function playAll<Name extends Sample["contestant"]>(
  workload: Workload<Name>,
  rounds: readonly Round<Name>[],
  samples: Sample[],
): Promise<void> {
  for (const [turn, round] of rounds.entries()) {
    const { contestant, size, quota, bytes } = round;
    const limit = quota === undefined ? "" : `, ${quota} a second allowed`;
    const large = bytes === undefined ? "" : ` of ${bytes / 1e6} MB`;
    console.error(`${turn + 1} of ${rounds.length}: ${contestant}, ${size}${large}${limit} …`);
    samples.push(...(await playRound(workload, round)));
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
