import { join, sep } from "node:path";

/** The folders of all code of this package that programs run. */
const ownFolders = [join(__dirname, ".."), join(__dirname, "..", "..", "sdk")].map((folder) => folder + sep);

/**
 * Until `end` is called, Pulumi sees only the program's part of the stack, from the line that makes the resource.
 *
 * Pulumi keeps every resource's stack in state (https://github.com/pulumi/pulumi/pull/20430), and its first frame as the
 * resource's source position (https://github.com/pulumi/pulumi/pull/13449). Without this,
 * that frame is a line of this package, and most of the stack is how Pulumi started the program: a third of what a
 * resource takes in state. Pulumi also takes a stack with every promise, to tell where a promise that never ends was
 * made. Finding the source of each frame costs a program more than everything else about a resource, and nobody sees
 * it. Pulumi has no option for either, but it reads `Error.stack`, which a hook of V8 writes.
 */
export function showProgramFrames(): { readonly end: () => void } {
  const write = Error.prepareStackTrace;
  // Pulumi's host sets a hook, which finds the source of compiled code. Without a hook, Node does that itself.
  if (typeof write !== "function") return { end: () => {} };
  Error.prepareStackTrace = (error, frames) => write(error, shorten(frames));
  return {
    end: () => {
      Error.prepareStackTrace = write;
    },
  };
}

/** Pulumi removes its own frames and that of a resource's class by their number, so these must stay. */
const removedByPulumi = 5;

/** Shortens the stacks that Pulumi takes for a resource, and leaves all others as they are. */
function shorten(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const [caller] = frames;
  const ours = frames.findIndex(isOwn);
  if (caller === undefined || ours < 0 || !isPulumi(caller)) return frames;
  switch (caller.getFunctionName()) {
    case "callsites":
      return [...frames.slice(0, Math.max(ours, removedByPulumi)), ...programFrames(frames.slice(ours))];
    case "debuggablePromise":
      return process.env.PULUMI_DEBUG_PROMISE_LEAKS ? frames : [];
    default:
      return frames;
  }
}

/** The program's frames, up to where Node started the program or called it back. */
function programFrames(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const node = frames.findIndex(isNode);
  const above = node < 0 ? frames : frames.slice(0, node);
  return above.filter((frame) => !isOwn(frame) && !isPulumi(frame));
}

function isOwn(frame: NodeJS.CallSite): boolean {
  const file = fileOf(frame);
  return ownFolders.some((folder) => file.startsWith(folder));
}

function isPulumi(frame: NodeJS.CallSite): boolean {
  return /[\\/]@pulumi[\\/]pulumi[\\/]/.test(fileOf(frame));
}

function isNode(frame: NodeJS.CallSite): boolean {
  return fileOf(frame).startsWith("node:");
}

function fileOf(frame: NodeJS.CallSite): string {
  return frame.getFileName() ?? "";
}
