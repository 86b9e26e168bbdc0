import type { IncomingHttpHeaders } from "node:http";

/** The longest wait that a service may ask for, in milliseconds. */
const longest = 60_000;

/** How long a service asks to wait: `x-acs-retry-after` in milliseconds, `Retry-After` in seconds or a date. */
export function readRetryAfter(headers: IncomingHttpHeaders): number | undefined {
  const acs = Number(headers["x-acs-retry-after"] ?? Number.NaN);
  const standard = headers["retry-after"] ?? "";
  const seconds = Number(standard === "" ? Number.NaN : standard);
  const milliseconds = [acs, seconds * 1000, Date.parse(standard) - Date.now()].find(
    (wait) => !Number.isNaN(wait),
  );
  return milliseconds === undefined ? undefined : Math.min(longest, Math.max(0, milliseconds));
}
