import * as pulumi from "@pulumi/pulumi";

/**
 * The value of an output, for a test to await. Where the resource behind it failed, the promise rejects with that
 * failure; `apply` would never be called. To expect a failure, use {@link failureOf}: the other outputs of that resource
 * reject too.
 *
 * @param output - An output, or a value that has outputs within. A value not known in preview is `undefined`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as ens from "pulumi-alicloud-ens";
 * import { promiseOf } from "pulumi-alicloud-ens/testing";
 *
 * export async function resolvesTo(upload: ens.PreparedUpload, endpointUrl: string) {
 *   assert.equal(await promiseOf(upload.endpointUrl), endpointUrl);
 * }
 * ```
 */
export function promiseOf<T>(output: pulumi.Input<T>): Promise<pulumi.Unwrap<T>> {
  // All outputs have these, since Pulumi's first version; only Pulumi's types leave them out.
  const { isKnown, isSecret, promise } = pulumi.output(output) as unknown as {
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
    readonly promise: () => Promise<pulumi.Unwrap<T>>;
  };
  // They fail for the same reason, and test runners count what fails with nobody waiting.
  for (const other of [isKnown, isSecret]) other.catch(() => {});
  return promise();
}
