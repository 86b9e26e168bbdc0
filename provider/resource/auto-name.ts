import * as pulumi from "@pulumi/pulumi";
import type { NameRule } from "../lifecycle/name-for";
import { nameFor } from "../lifecycle/name-for";
import { parentTypes } from "./parent-types";

/** A resource by what its URN is made of. */
export interface ResourceInProgram {
  readonly name: string;
  readonly parent: pulumi.Resource | undefined;
}

/** A name for what a resource makes, where the program gives none. */
export function autoName({ name, parent }: ResourceInProgram, rule: NameRule): string {
  const stack = { organization: organization(), project: pulumi.getProject(), stack: pulumi.getStack() };
  return nameFor({ ...stack, parents: parentTypes(parent), name }, rule);
}

/** Pulumi throws where there is none, as with most mocks; where state is in a folder or a bucket, it says this word. */
function organization(): string {
  try {
    return pulumi.getOrganization();
  } catch {
    return "organization";
  }
}
