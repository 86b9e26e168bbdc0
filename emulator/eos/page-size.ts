import { Refusal } from "../refusal";

/** How many entries a listing may have, from the query. */
export function pageSize(query: URLSearchParams, name: string, otherwise: number): number {
  const size = Number(query.get(name) || otherwise);
  if (Number.isInteger(size) && size >= 1 && size <= 1000) return size;
  throw new Refusal("InvalidArgument", 400, `Argument ${name} must be an integer between 1 and 1000.`);
}
