import { join, sep } from "node:path";

/** All of the package that programs run. */
const ownFolder = join(__dirname, "..") + sep;

/**
 * Until `end` is called, Pulumi sees of the stack what the program did, from the line that makes the resource.
 *
 * Pulumi keeps every resource's stack in state, and the first frame of it as the resource's source position. By itself
 * that is a line of this package, and most of the stack is how Pulumi started the program: a third of what a resource
 * takes. It also takes a stack with every promise, to tell where one was made that never ends. Finding the source of
 * each frame costs a program more than all else of a resource, and nobody sees it. There is no option for either, but
 * what Pulumi reads is `Error.stack`, which is written by a hook of V8.
 */
export function showProgramFrames(): { readonly end: () => void } {
  const write = Error.prepareStackTrace;
  // Pulumi's host has a hook, which finds the source of compiled code; without any, Node does that inside.
  if (typeof write !== "function") return { end: () => {} };
  Error.prepareStackTrace = (error, frames) => write(error, shorten(frames));
  return {
    end: () => {
      Error.prepareStackTrace = write;
    },
  };
}

/** What Pulumi is to see of the stacks that it takes of a resource; any other error's are left as they are. */
function shorten(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const [taker] = frames;
  const ours = frames.findIndex(isOwn);
  if (taker === undefined || ours < 0 || !isPulumi(taker)) return frames;
  switch (taker.getFunctionName()) {
    // Pulumi leaves out its own by their number.
    case "callsites":
      return [...frames.slice(0, ours), ...programFrames(frames.slice(ours))];
    case "debuggablePromise":
      return process.env.PULUMI_DEBUG_PROMISE_LEAKS ? frames : [];
    default:
      return frames;
  }
}

/** Up to where Node ran the program or called it back. */
function programFrames(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const node = frames.findIndex(isNode);
  const above = node < 0 ? frames : frames.slice(0, node);
  return above.filter((frame) => !isOwn(frame) && !isPulumi(frame));
}

function isOwn(frame: NodeJS.CallSite): boolean {
  return fileOf(frame).startsWith(ownFolder);
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
