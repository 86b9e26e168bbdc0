import type { Action } from "./action";
import type { AttemptResult } from "./attempt-result";
import type { CallSoFar } from "./retry/call-so-far";

/** What a call waits for, in words: `waiting for the answer of ENS to PrepareUpload`. */
export function describeWait(
  { name, service }: Pick<Action<never, unknown>, "name" | "service">,
  { waitsFor, last }: CallSoFar,
  /** Where the credentials come from. */
  origin: string,
): string {
  const before = last === undefined ? "" : ` again, after ${reasonOf(last)}`;
  switch (waitsFor) {
    case "keys":
      return `waiting for credentials (${origin})`;
    case "slot":
      return `waiting until fewer calls are under way (maxConcurrency), to call ${name}`;
    case "turn":
      return `waiting to call ${name}, since ${service.name} is throttling`;
    case "answer":
      return `waiting for the answer of ${service.name} to ${name}${before}`;
    case "again":
      return `waiting to call ${name}${before}`;
  }
}

function reasonOf(result: AttemptResult): string {
  switch (result.kind) {
    case "answer":
      return "an answer";
    case "noAnswer":
      return result.why;
    case "errorAnswer":
      return /^[A-Z][\w.]{1,60}$/.test(String(result.code))
        ? String(result.code)
        : `status ${result.statusCode}`;
  }
}
