import { spawnSync } from "node:child_process";
import { languages } from "../tests/support/language-programs";
import { needsOf } from "../tests/support/language-project";

/**
 * Runs mocha twice: the files that want a core each, then all others, of which more run at once. Arguments are mocha's
 * and go to both runs, but for `--everything`, which adds the repetitions that `npm test` leaves out.
 */
const mocha = require.resolve("mocha/bin/mocha.js");
const everything = "--everything";
const given = process.argv.slice(2);
const forMocha = given.filter((arg) => arg !== everything);

async function main(): Promise<void> {
  if (given.includes(everything)) process.env.TEST_EVERYTHING = "true";
  if (forMocha.length === 0) await getWhatFilesShare();
  for (const run of ["a-core-each", "side-by-side"]) {
    const args = ["--config", `tests/runs/${run}.cjs`, ...forMocha];
    const { status, signal } = spawnSync(process.execPath, [mocha, ...args], { stdio: "inherit" });
    if (signal !== null) process.kill(process.pid, signal);
    if (status !== 0) process.exitCode = 1;
  }
}

/**
 * The Pulumi CLI, its language hosts, and what programs in these languages need. On a new machine this takes minutes,
 * and all cores, so files that run at once should not each begin with it. What is missing is said by the tests.
 */
async function getWhatFilesShare(): Promise<void> {
  try {
    for (const language of languages) await needsOf(language);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}

main();
