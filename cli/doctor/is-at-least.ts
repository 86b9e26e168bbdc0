/** Whether `version` (`v3.259.0`, also with a suffix) is `oldest` or newer. */
export function isAtLeast(version: string, oldest: string): boolean {
  const [major = 0, minor = 0, patch = 0] = numbers(version);
  const [least = 0, minorLeast = 0, patchLeast = 0] = numbers(oldest);
  return (major - least || minor - minorLeast || patch - patchLeast) >= 0;
}

function numbers(version: string): number[] {
  return version.replace(/^v/, "").split(/[-+]/)[0]?.split(".").map(Number) ?? [];
}
