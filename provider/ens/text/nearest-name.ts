import { distance } from "fastest-levenshtein";

/** The known name that was probably meant; `undefined` where no name is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const nearest = nearestWithin(name, known, Math.max(2, given.length / 3));
  if (nearest !== undefined) return nearest;
  return given === "" ? undefined : known.find((candidate) => candidate.toLowerCase().includes(given));
}

/** The nearest of the known names, where no more than so many characters differ. */
export function nearestWithin(name: string, known: readonly string[], most: number): string | undefined {
  const given = name.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, far: distance(given, candidate.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  return nearest !== undefined && nearest.far <= most ? nearest.candidate : undefined;
}

/** `; did you mean clientIp?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}
