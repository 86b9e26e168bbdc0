/**
 * Answers by which `read` found a bucket moved, until Pulumi asks how much they matter: right after a read it calls
 * `diff` with the new outputs and the old inputs, and shows drift only where that says "changes".
 */
const found: string[] = [];

/** Remembers drift by what tells the new outputs from others. */
export function rememberDrift(answer: string): void {
  found.push(answer);
}

/** Whether the outputs are those of a drift that no `diff` has told yet; from then on they are not. */
export function takeDrift(answer: string): boolean {
  const index = found.indexOf(answer);
  if (index >= 0) found.splice(index, 1);
  return index >= 0;
}
