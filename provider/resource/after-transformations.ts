import type { ResourceTransformation } from "@pulumi/pulumi";

/**
 * A transformation that runs `last` after all others: those of the resource's options, of its parents and of the stack.
 * Pulumi runs the resource's own first, from one list, which it keeps with the resource for its children
 * (`__transformations`, 3.216 to 3.270, https://github.com/pulumi/pulumi/pull/3174). So the first of them adds `last` to
 * the end of that list while Pulumi goes through it.
 */
export function afterTransformations(last: ResourceTransformation): ResourceTransformation {
  // Children inherit the list.
  let isDone = false;
  return (args) => {
    if (isDone) return undefined;
    isDone = true;
    const all: unknown = Reflect.get(args.resource, "__transformations");
    if (!Array.isArray(all)) return last(args);
    all.push((final: typeof args) => {
      all.pop();
      return last(final);
    });
    return undefined;
  };
}
