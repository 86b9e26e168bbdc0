/** What to do about a clock that is `skew` seconds ahead of the service's, where that is known. */
export function clockRemedy(skew: number | undefined, service: string): string {
  const fix = "Set this machine's clock (for example by turning NTP on) and run the command again.";
  if (skew === undefined)
    return `This machine's clock says ${new Date().toISOString()}; ${service} allows 15 minutes. ${fix}`;
  const direction = skew < 0 ? "behind" : "ahead of";
  return `This machine's clock is ${Math.abs(skew)} s ${direction} that of ${service}, which allows 900 s. ${fix}`;
}
