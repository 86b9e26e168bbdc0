import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

/** A resource by what its URN is made of. */
export interface NamedResource {
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/** What a name may be. */
export interface NameRule {
  /** In characters. */
  readonly longest: number;
  /** Stands for a resource's name that has none of the characters. */
  readonly otherwise: string;
}

const digits = 7;

/**
 * A name of lowercase letters, digits and hyphens: the resource's name and seven digits of a hash. The hash is that of
 * organization, project, stack, parents and name, so that previews show the name that the update uses, and no two stacks
 * share one. A program can be run again and again, and has the same name each time.
 */
export function autoName({ name, parent }: NamedResource, { longest, otherwise }: NameRule): string {
  const parts = [organization(), pulumi.getProject(), pulumi.getStack(), ...typesOf(parent), name];
  const hash = createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, digits);
  const readable = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-/, "")
    .slice(0, longest - digits - 1)
    .replace(/-$/, "");
  return `${readable || otherwise}-${hash}`;
}

/** Pulumi throws where there is none, as with most mocks; where state is in a folder or a bucket, it says this word. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}

/** The types of a resource's parents, which are a part of its URN. */
function typesOf(parent: pulumi.Resource | undefined): string[] {
  if (!pulumi.Resource.isInstance(parent)) return [];
  const type: unknown = Reflect.get(parent, "__pulumiType");
  return [...typesOf(Reflect.get(parent, "__parentResource")), String(type)];
}
