import type { CallParameters } from "../gateway/call-parameters";
import type { BucketState, LifecycleRule } from "../world/bucket-state";
import { noSuchLifecycle } from "./no-such-lifecycle";

/** The lifecycle rules that a call names: one by its id, or all. None is refused. */
export function rulesOf(
  { lifecycleRules }: BucketState,
  parameters: CallParameters,
): readonly LifecycleRule[] {
  const ruleId = parameters.optionalText("RuleId");
  const named = ruleId ? lifecycleRules.filter(({ id }) => id === ruleId) : lifecycleRules;
  if (named.length === 0) throw noSuchLifecycle();
  return named;
}
