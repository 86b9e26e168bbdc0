import { sep } from "node:path";

const ownFolder = __dirname + sep;

/**
 * Until `end` is called, Pulumi sees of the stack what the program did, from the line that makes the resource.
 *
 * Pulumi keeps every resource's stack in state, and the first frame of it as the resource's source position. By itself
 * that is a line of this package, and most of the stack is how Pulumi started the program: a third of what a resource
 * takes. There is no option for it, but what Pulumi reads is `Error.stack`, which is written by a hook of V8.
 */
export function showProgramFrames(): { readonly end: () => void } {
  const write = Error.prepareStackTrace;
  // Pulumi's host has a hook, which finds the source of compiled code; without any, Node does that inside.
  if (typeof write !== "function") return { end: () => {} };
  Error.prepareStackTrace = (error, frames) => write(error, programFrames(frames));
  return {
    end: () => {
      Error.prepareStackTrace = write;
    },
  };
}

/** Frames that Pulumi takes of a resource: its own, which it counts and leaves out, then the program's. */
function programFrames(frames: NodeJS.CallSite[]): NodeJS.CallSite[] {
  const ours = frames.findIndex(isOwn);
  if (ours < 0 || frames[0]?.getFunctionName() !== "callsites" || !isPulumi(frames[0])) return frames;
  const below = frames.slice(ours);
  const loader = below.findIndex(isNode);
  const program = loader < 0 ? below : below.slice(0, loader);
  return [...frames.slice(0, ours), ...program.filter((frame) => !isOwn(frame) && !isPulumi(frame))];
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
