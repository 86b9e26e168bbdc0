import { printable } from "../../ens/text/printable";
import { claimantName } from "../../lifecycle/claim";
import type { NamedResource } from "../../lifecycle/name-for";

/** The type of a resource, without those of its parents: `alicloud-ens:index:Bucket`. */
export function typeOf(urn: string): string {
  return typesOf(urn).at(-1) ?? "";
}

/** What the program calls a resource. It may hold colons. */
export function nameOf(urn: string): string {
  return partsOf(urn).name;
}

/**
 * A resource as its name is made from it. No URN has an organization: this is what Pulumi calls it where state is in a
 * folder or a bucket, and what a program without a login is told.
 */
export function namedResource(urn: string): NamedResource {
  const { stack, project, name } = partsOf(urn);
  const parents = typesOf(urn).slice(0, -1);
  // A program sees the stack as the parent of what has no other.
  const seen = parents.length > 0 ? ["pulumi:pulumi:Stack", ...parents] : [];
  return { organization: "organization", project, stack, parents: seen, name };
}

/** A resource as no other of the program is called: `BucketFolder "site"`. */
export function claimantOf(urn: string): string {
  const { name, parents } = namedResource(urn);
  const [className = ""] = typeOf(urn).split(":").slice(-1);
  return claimantName(`${className} "${printable(name, 100)}"`, parents);
}

function typesOf(urn: string): string[] {
  return partsOf(urn).types.split("$");
}

/** `urn:pulumi:<stack>::<project>::<types, the parents' first, joined by $>::<name>` */
function partsOf(urn: string) {
  const [start = "", project = "", types = "", ...name] = urn.split("::");
  return { stack: start.replace(/^urn:pulumi:/, ""), project, types, name: name.join("::") };
}
