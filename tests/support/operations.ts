import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PulumiProject } from "./pulumi-project";

interface EngineEvent {
  readonly resourcePreEvent?: { readonly metadata: { readonly op: string; readonly urn: string } };
}

/** The name in a URN. */
export function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

/** What Pulumi did to each resource, in order, by the events that the CLI wrote into `events.json`. */
export function operationsIn({ folder }: Pick<PulumiProject, "folder">): ReadonlyMap<string, string> {
  const done = new Map<string, string>();
  for (const line of readFileSync(join(folder, "events.json"), "utf8").trim().split("\n")) {
    const { resourcePreEvent: event }: EngineEvent = JSON.parse(line);
    if (event === undefined) continue;
    const { op, urn } = event.metadata;
    done.set(nameOf(urn), [...(done.get(nameOf(urn))?.split(", ") ?? []), op].join(", "));
  }
  return done;
}
