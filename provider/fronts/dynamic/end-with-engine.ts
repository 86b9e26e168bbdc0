import { fstatSync } from "node:fs";

/**
 * Ends this process when Pulumi's engine is gone. An engine that is killed cannot end its provider processes, and that
 * of dynamic resources would stay for ever (measured with 3.259, https://github.com/pulumi/pulumi/issues/8696); those
 * written in Go end by themselves. The engine holds the other end of our stdin, so that its death closes it, however it came and whatever shell is in between.
 */
export function endWithEngine(): void {
  // Otherwise started by hand, by a debugger or by a test, where the end of the input says nothing.
  if (!isPipe()) return;
  process.stdin.once("close", () => process.exit(1));
  process.stdin.resume();
}

function isPipe(): boolean {
  try {
    return fstatSync(0).isFIFO();
  } catch (error) {
    // It may have been started without any input.
    if (error instanceof Error && Reflect.get(error, "code") === "EBADF") return false;
    throw error;
  }
}
