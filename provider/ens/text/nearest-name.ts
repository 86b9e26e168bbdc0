import { distance } from "fastest-levenshtein";

/** The known name that was probably meant; `undefined` where no name is near. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const given = name.toLowerCase();
  const [nearest] = known
    .map((candidate) => ({ candidate, far: distance(given, candidate.toLowerCase()) }))
    .sort((one, other) => one.far - other.far);
  if (nearest !== undefined && nearest.far <= Math.max(2, given.length / 3)) return nearest.candidate;
  return given === "" ? undefined : known.find((candidate) => candidate.toLowerCase().includes(given));
}

/** `; did you mean clientIp?`, or nothing where no known name is near. */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}
