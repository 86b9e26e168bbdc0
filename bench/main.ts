import { testCli } from "../tests/support/pulumi-cli";
import { parseOptions } from "./options";
import { plan } from "./plan";
import { describeMachine } from "./report/machine";
import { report } from "./report/report";
import { writeReport } from "./report/write";
import { playRound } from "./round";
import type { Sample } from "./samples";
import { measureStartUp } from "./start-up";

/** `npm run bench`: what uploads cost, ours and others', in one run on one machine. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const cli = await testCli();
  const rounds = plan(options);
  const startUp = await measureStartUp(options.quick ? 1 : 9);
  const samples: Sample[] = [];
  const results = { samples, startUp, machine: await describeMachine(cli) };
  try {
    for (const [turn, round] of rounds.entries()) {
      const { contestant, size, quota } = round;
      const limit = quota === undefined ? "" : `, ${quota} a second allowed`;
      console.error(`${turn + 1} of ${rounds.length}: ${contestant}, ${size}${limit} …`);
      samples.push(...(await playRound(round)));
    }
  } finally {
    // Also when a round failed: half an hour of results may be there by then.
    console.log(report(results));
  }
  if (options.write) writeReport(results);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
