import type { ChildProcess, ChildProcessByStdio } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { codeOf } from "../../../ens/code-of";
import { printable } from "../../../ens/text/printable";

/** How a command ended that gave nothing, in words that hold nothing of what it is or printed. */
export class CommandFailure extends Error {}

const windows = process.platform === "win32";

/** More than keys have. */
const mostCharacters = 1024 * 1024;

/**
 * Becomes the command, with a watcher beside it in its process group: when our end of its stdin closes, however this
 * process ends, it ends the group.
 */
const leash = 'exec 3<&0; (cat <&3; kill -9 0) >/dev/null 2>&1 & exec "$@" </dev/null 3<&-';

/**
 * What a command prints on stdout. It has no stdin, and what it prints on stderr is dropped. When it ends, when `signal`
 * aborts or when this process ends, everything that it started in its process group is ended with it.
 *
 * @throws CommandFailure
 */
export function outputOf(command: string, signal: AbortSignal): Promise<string> {
  const words = splitCommand(command);
  return new Promise((resolve, reject) => {
    const child = start(words);
    const end = () => endGroup(child);
    const fail = (how: string) => {
      reject(new CommandFailure(how));
      end();
      child.stdout.destroy();
    };
    const abort = () => fail("was ended");
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (output.length > mostCharacters) fail("printed more than 1 MB");
    });
    child.once("error", (error) => reject(couldNotStart(error)));
    child.once("exit", (status, killedBy) => {
      if (killedBy !== null) fail(`was ended by ${killedBy}`);
      else if (status !== 0) fail(`ended with status ${status}${meanings.get(status) ?? ""}`);
      // What it has started may hold its stdout open.
      end();
    });
    child.once("close", () => {
      signal.removeEventListener("abort", abort);
      process.off("exit", end);
      resolve(output);
    });
    signal.addEventListener("abort", abort, { once: true });
    if (windows) process.once("exit", end);
  });
}

/** The statuses by which a shell says that it could not start a program. */
const meanings: ReadonlyMap<number | null, string> = new Map([
  [126, ": it may not be run"],
  [127, ": there is no such program"],
]);

function start([program = "", ...args]: readonly string[]): ChildProcessByStdio<
  Writable | null,
  Readable,
  null
> {
  try {
    if (windows) return spawn(program, args, { stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
    return spawn("/bin/sh", ["-c", leash, "sh", program, ...args], {
      stdio: ["pipe", "pipe", "ignore"],
      detached: true,
    });
  } catch (error) {
    // The error's message may repeat the command.
    throw couldNotStart(error);
  }
}

function couldNotStart(error: unknown): CommandFailure {
  return new CommandFailure(`could not be started (${printable(codeOf(error), 60) || "no reason given"})`);
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (windows) {
    spawnSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore", windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // There is nobody left in it; macOS says EPERM where the last have ended and nobody has looked at how.
    if (codeOf(error) !== "ESRCH" && codeOf(error) !== "EPERM") throw error;
  }
}

/** A piece of a word: in double quotes, in single quotes, behind a backslash, or a character. */
const posixPiece = /"(?:\\[\s\S]|[^"\\])*"|'[^']*'|\\[\s\S]|[^\s"'\\]/;
/** On Windows a backslash stands in paths; only `\"` within double quotes is another character. */
const windowsPiece = /"(?:\\"|[^"])*"|'[^']*'|[^\s"']/;

/**
 * The words of a command, taken apart as aliyun does it, which uses no shell.
 *
 * @throws CommandFailure where a quote has no end
 */
export function splitCommand(command: string, onWindows = windows): readonly string[] {
  const { source } = onWindows ? windowsPiece : posixPiece;
  const word = new RegExp(`(?:${source})+`, "g");
  if (command.replace(word, "").trim() !== "") throw new CommandFailure("has a quote without an end");
  const piece = new RegExp(source, "g");
  return (command.match(word) ?? []).map((one) => one.replace(piece, (text) => unquoted(text, onWindows)));
}

function unquoted(piece: string, onWindows: boolean): string {
  const inside = piece.slice(1, -1);
  if (piece.startsWith("'")) return inside;
  if (piece.startsWith('"')) {
    if (onWindows) return inside.replaceAll('\\"', '"');
    return inside.replaceAll("\\\n", "").replace(/\\(["\\$`])/g, "$1");
  }
  if (onWindows || !piece.startsWith("\\")) return piece;
  return piece === "\\\n" ? "" : piece.slice(1);
}
