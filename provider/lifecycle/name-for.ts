import { createHash } from "node:crypto";

/** What a name may be: lowercase letters, digits and hyphens. */
export interface NameRule {
  /** In characters. */
  readonly longest: number;
  /** Stands for a resource's name that has none of the characters. */
  readonly otherwise: string;
}

/** What tells a resource from all others. */
export interface NamedResource {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
  /** The types of its parents, without the stack. */
  readonly parents: readonly string[];
  readonly name: string;
}

const digits = 7;

/**
 * A name for what a resource makes: the resource's name and seven digits of a hash. The hash is that of organization,
 * project, stack, parents and name, so that previews show the name that the update uses, and no two stacks share one.
 * A program can be run again and again, and has the same name each time.
 */
export function nameFor(resource: NamedResource, rule: NameRule): string {
  const { organization, project, stack, parents, name } = resource;
  const parts = [organization, project, stack, ...parents, name];
  const hash = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, digits);
  return `${readable(name, { ...rule, longest: rule.longest - digits - 1 })}-${hash}`;
}

/** A text as a name may have it. */
export function readable(text: string, { longest, otherwise }: NameRule): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longest)
    .replace(/-$/, "");
  return name || otherwise;
}
