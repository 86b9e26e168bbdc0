import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { processesOf } from "./processes";
import type { PulumiProject } from "./pulumi-project";

/**
 * Runs a command until `waits`, interrupts it, and expects it to end in time and whole.
 *
 * @param longest - How long it may take to end, in milliseconds.
 */
export async function interruptOf(
  project: PulumiProject,
  args: readonly string[],
  waits: (output: string) => boolean,
  expected: RegExp,
  longest = 5000,
): Promise<string> {
  const interruption = new AbortController();
  let cli = 0;
  let output = "";
  let ended = false;
  const run = project
    .attempt(args, {
      signal: interruption.signal,
      onStart: (pid) => {
        cli = pid;
      },
      onOutput: (text) => {
        output += text;
      },
    })
    .finally(() => {
      ended = true;
    });
  while (!waits(output) && !ended) await sleep(20);
  const began = Date.now();
  interruption.abort();
  const { exitCode, stdout } = await run;
  const took = Date.now() - began;
  assert.ok(took < longest, `${took} ms`);
  assert.notEqual(exitCode, 0, stdout);
  const messages = stdout.match(/error: .*/g) ?? [];
  assert.ok(messages.length > 1, stdout);
  assert.match(stdout, expected);
  for (const message of new Set(messages)) {
    assert.match(message, /(?:update|refresh|destroy) failed|cancell?ed|^error: 1 error occurred:$/);
  }
  assert.doesNotMatch(stdout, /\n\s+at .*\.[jt]s:\d+/, "no stack trace");
  assert.deepEqual(processesOf(cli), [], "nothing is left running");
  assert.equal((await project.state()).pending_operations, undefined);
  return stdout;
}
