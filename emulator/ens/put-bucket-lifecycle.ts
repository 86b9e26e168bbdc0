import { randomUUID } from "node:crypto";
import { defined } from "../defined";
import type { Action } from "../gateway/action";
import type { CallParameters } from "../gateway/call-parameters";
import { refuseInvalid } from "../gateway/refuse-invalid";
import { refuseMissing } from "../gateway/refuse-missing";
import { Refusal } from "../refusal";
import type { LifecycleRule } from "../world/bucket-state";
import { noSuchLifecycle } from "./no-such-lifecycle";
import { bucketNameOf, requireBucketToChange } from "./require-bucket";

/** PutBucketLifecycle: adds one rule, or changes the one of an id. What its refusals are is not documented. */
export const putBucketLifecycle: Action = {
  name: "PutBucketLifecycle",
  run(call) {
    const name = bucketNameOf(call.parameters);
    const { mayOverlap, ...rule } = readRule(call.parameters);
    const { lifecycleRules } = requireBucketToChange(call);
    const others = lifecycleRules.filter(({ id }) => id !== rule.id);
    const isNew = others.length === lifecycleRules.length;
    if (isNew && call.parameters.optionalText("RuleId")) throw noSuchLifecycle();
    if (others.some(({ prefix }) => prefix === rule.prefix)) {
      throw new Refusal("InvalidParameter.Prefix", 400, "The specified field Prefix invalid: a rule has it.");
    }
    if (!mayOverlap && others.some(({ prefix }) => overlap(prefix, rule.prefix))) {
      throw new Refusal(
        "InvalidParameter.Prefix",
        400,
        "The specified field Prefix invalid: a rule overlaps it.",
      );
    }
    if (others.length >= 1000) {
      throw new Refusal("InvalidParameter.Rule", 400, "A bucket has up to 1000 lifecycle rules.");
    }
    const rules = isNew ? [...others, rule] : lifecycleRules.map((one) => (one.id === rule.id ? rule : one));
    call.world.buckets.setLifecycleRules(name, rules);
    return { RuleId: rule.id };
  },
};

/** Whether there can be objects that both rules are for. */
function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function readRule(parameters: CallParameters): LifecycleRule & { readonly mayOverlap: boolean } {
  const status = parameters.word("Status", ["Enabled", "Disabled"]);
  const prefix = parameters.optionalText("Prefix") ?? "";
  if (Buffer.byteLength(prefix) > 1023) refuseInvalid("Prefix");
  const id = parameters.optionalText("RuleId") || randomUUID();
  if (Buffer.byteLength(id) > 255) refuseInvalid("RuleId");
  // The vendor's Python SDK sends `True`.
  const mayOverlap = parameters.optionalText("AllowSameActionOverlap")?.toLowerCase() ?? "false";
  if (!/^(true|false)$/.test(mayOverlap)) refuseInvalid("AllowSameActionOverlap");
  return { id, prefix, status, mayOverlap: mayOverlap === "true", ...readExpiration(parameters) };
}

function readExpiration(
  parameters: CallParameters,
): Pick<LifecycleRule, "expirationDays" | "createdBeforeDate"> {
  const expirationDays = parameters.optionalInteger("ExpirationDays", 1, 2 ** 31 - 1);
  const createdBeforeDate = parameters.optionalText("CreatedBeforeDate") || undefined;
  if (expirationDays === undefined && createdBeforeDate === undefined) refuseMissing("ExpirationDays");
  if (expirationDays !== undefined && createdBeforeDate !== undefined) refuseInvalid("CreatedBeforeDate");
  if (createdBeforeDate !== undefined && !isDate(createdBeforeDate)) refuseInvalid("CreatedBeforeDate");
  return defined({ expirationDays, createdBeforeDate });
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text) && !Number.isNaN(Date.parse(text));
}
