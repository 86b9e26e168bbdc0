import assert from "node:assert/strict";

/** The error of a call that is expected to fail. */
export function failing(call: Promise<unknown>): Promise<Error> {
  return call.then(
    () => assert.fail("the call succeeded"),
    (reason: Error) => reason,
  );
}
