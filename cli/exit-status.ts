/** The exit statuses of all commands, which their `--help` and docs/doctor.md tell alike. */
export const exitStatus = { done: 0, problem: 1, wrongUse: 2 } as const;

/** What each status means, for the end of a command's `--help`. */
export function exitStatusHelp(done: string, problem: string): string {
  return [
    "Exit status:",
    `  ${exitStatus.done}  ${done}`,
    `  ${exitStatus.problem}  ${problem}`,
    `  ${exitStatus.wrongUse}  the command, an argument or an option is wrong; nothing was done`,
  ].join("\n");
}
