/** What is wrong with a clock that is `skew` seconds ahead of the service's, where that is known. */
export function clockMeaning(skew: number | undefined, service: string): string {
  if (skew === undefined)
    return `This machine's clock says ${new Date().toISOString()}; ${service} allows 15 minutes.`;
  const direction = skew < 0 ? "behind" : "ahead of";
  return `This machine's clock is ${Math.abs(skew)} s ${direction} that of ${service}, which allows 900 s.`;
}

export const clockRemedy =
  "Set this machine's clock (for example by turning NTP on) and run the command again.";
