/** The most names that are written out; the rest are only counted. */
const most = 50;

/** `berlin, hamburg, oslo`, in order; of many, the first and how many more. */
export function joinedNames(names: readonly string[]): string {
  const more = names.length > most ? ` and ${names.length - most} more` : "";
  return [...names].sort().slice(0, most).join(", ") + more;
}
