import { spawnSync } from "node:child_process";

/**
 * Runs mocha twice: the files that must be alone, then the others side by side. In this order, since the first run also
 * gets what all share, such as the Pulumi CLI on a new machine. Arguments are mocha's and go to both runs, but for
 * `--everything`, which adds the repetitions that `npm test` leaves out.
 */
const mocha = require.resolve("mocha/bin/mocha.js");
const everything = "--everything";
const given = process.argv.slice(2);
if (given.includes(everything)) process.env.TEST_EVERYTHING = "true";

for (const run of ["alone", "side-by-side"]) {
  const args = ["--config", `tests/runs/${run}.cjs`, ...given.filter((arg) => arg !== everything)];
  const { status, signal } = spawnSync(process.execPath, [mocha, ...args], { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  if (status !== 0) process.exitCode = 1;
}
