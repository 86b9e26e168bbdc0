import { fstatSync } from "node:fs";
import { codeOf } from "../ens/code-of";

/**
 * Ends this process when Pulumi's engine is gone. An engine that is killed cannot end its provider processes. The one
 * of dynamic resources would stay for ever (measured with 3.259, https://github.com/pulumi/pulumi/issues/8696);
 * providers written in Go end by themselves. The engine holds the other end of our stdin, so stdin closes when the
 * engine ends, for whatever reason, even with a shell in between.
 */
export function endWithEngine(): void {
  // Without a pipe it was started by hand, by a debugger or by a test; there the end of the input means nothing.
  if (!isPipe()) return;
  process.stdin.once("close", () => process.exit(1));
  process.stdin.resume();
}

function isPipe(): boolean {
  try {
    return fstatSync(0).isFIFO();
  } catch (error) {
    // It may have been started without any input.
    if (codeOf(error) === "EBADF") return false;
    throw error;
  }
}
