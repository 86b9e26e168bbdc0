import { execFileSync } from "node:child_process";

/** A process that runs. */
export interface RunningProcess {
  readonly pid: number;
  readonly command: string;
}

/** What a CLI that was run as `pid` started, itself included: those that outlive it too. */
export function processesOf(pid: number): readonly RunningProcess[] {
  return execFileSync("ps", ["-eo", "pid=,sess=,stat=,args="], { encoding: "utf8" })
    .split("\n")
    .flatMap((line) => {
      const [, one, session, status, command] = /^ *(\d+) +(\d+) +(\S+) +(.*)$/.exec(line) ?? [];
      // What has ended may still wait to be noticed, as a zombie.
      if (command === undefined || Number(session) !== pid || status?.startsWith("Z")) return [];
      return [{ pid: Number(one), command }];
    });
}

/** Pulumi's process of dynamic resources, among others. */
export function isProvider({ command }: RunningProcess): boolean {
  return command.includes("cmd/dynamic-provider");
}
