import { isDeepStrictEqual } from "node:util";
import { deleteBucketLifecycle } from "../../ens/actions/delete-bucket-lifecycle";
import type { StoredRule } from "../../ens/actions/get-bucket-lifecycle";
import { getBucketLifecycle } from "../../ens/actions/get-bucket-lifecycle";
import { putBucketLifecycle } from "../../ens/actions/put-bucket-lifecycle";
import { errorCodeOf } from "../../ens/error-codes";
import { ApiError, EnsError, hasReason } from "../../ens/errors";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { untilTwoAgree } from "../../lifecycle/until-two-agree";
import { mayHaveBeenDone } from "./may-have-been-done";
import type { BucketLifecycleRule } from "./properties";

/** The rules of a bucket as ENS has them. */
export async function rulesOf(bucketName: string, { ens }: Call): Promise<readonly StoredRule[]> {
  try {
    return (await ens.call(getBucketLifecycle, { bucketName })).rules;
  } catch (error) {
    if (hasReason(error, "noSuchRule")) return [];
    throw error;
  }
}

/** What became of the rules. */
export interface RulesReached {
  /** Those that are there now, in the order of the program. */
  readonly rules: readonly BucketLifecycleRule[];
  /** Why some are not as wanted, a line each. */
  readonly failures: readonly string[];
}

/** How often a rule is put whose answers are lost. */
const mostAttempts = 3;

/**
 * Gives a bucket the rules that are wanted. Each is known by its prefix, of which a bucket has one rule, so only rules
 * that differ are put or deleted. One after the other: ENS keeps the rules of a bucket together, and two writes at a time
 * could lose one.
 *
 * @throws EnsError when the rules that are there cannot be read
 */
export async function putRules(
  bucketName: string,
  wanted: readonly BucketLifecycleRule[],
  call: Call,
): Promise<RulesReached> {
  const there = new Map((await rulesOf(bucketName, call)).map((rule) => [rule.prefix, rule]));
  const failures: string[] = [];
  const work = [
    ...[...there.values()]
      .filter(({ prefix }) => !wanted.some((rule) => rule.prefix === prefix))
      .map((rule) => ({
        name: `The rule for prefix "${call.shown(rule.prefix)}"`,
        run: () => deleteRule(bucketName, rule, there, call),
      })),
    ...wanted.map((rule, index) => ({
      name: `lifecycleRules[${index}]`,
      run: () => putRule(bucketName, rule, there, call),
    })),
  ];
  for (const { name, run } of work) {
    try {
      await run();
    } catch (error) {
      if (!EnsError.isInstance(error)) throw error;
      failures.push(`${name}: ${error.message}`);
      if (!isOfOneRule(error)) break;
    }
  }
  return { rules: inOrder([...there.values()].map(withoutId), wanted), failures };
}

/** Rules in the order of others with the same prefixes; the rest follow. */
export function inOrder(
  rules: readonly BucketLifecycleRule[],
  others: readonly BucketLifecycleRule[],
): BucketLifecycleRule[] {
  const place = (rule: BucketLifecycleRule) => {
    const index = others.findIndex(({ prefix }) => prefix === rule.prefix);
    return index < 0 ? others.length : index;
  };
  return [...rules].sort((one, other) => place(one) - place(other));
}

type There = Map<string, StoredRule>;

async function putRule(
  bucketName: string,
  wanted: BucketLifecycleRule,
  there: There,
  call: Call,
): Promise<void> {
  const { prefix, expirationDays, status } = wanted;
  for (let attempt = 1; ; attempt += 1) {
    const before = there.get(prefix);
    if (isAsWanted(before, wanted)) return;
    if (expirationDays === undefined) return;
    const rule = { prefix, expirationDays, status };
    try {
      const request = { bucketName, ...rule, ...(before !== undefined ? { ruleId: before.id } : {}) };
      const { ruleId } = await call.ens.call(putBucketLifecycle, request);
      there.set(prefix, { id: ruleId, ...rule });
      return;
    } catch (error) {
      const isLost = mayHaveBeenDone(error) && attempt < mostAttempts;
      if (!isLost && attempt === 1) throw error;
      await lookAgain(bucketName, prefix, there, call, error);
      // A refusal after a lost answer may say that the rule is there.
      if (!isLost && !isAsWanted(there.get(prefix), wanted)) throw error;
    }
  }
}

async function deleteRule(
  bucketName: string,
  { id, prefix }: StoredRule,
  there: There,
  call: Call,
): Promise<void> {
  try {
    await call.ens.call(deleteBucketLifecycle, { bucketName, ruleId: id });
  } catch (error) {
    if (!hasReason(error, "noSuchRule")) throw error;
  }
  there.delete(prefix);
}

/**
 * What became of one rule. Those of other prefixes are known better than an old answer tells them.
 *
 * @throws the error of the write, where that cannot be read
 */
async function lookAgain(
  bucketName: string,
  prefix: string,
  there: There,
  call: Call,
  error: unknown,
): Promise<void> {
  const reading = { read: () => rulesOf(bucketName, call), subject: bucketSubject(bucketName, call) };
  const rules = await untilTwoAgree(reading, call).catch(() => {
    throw error;
  });
  const found = rules.find((rule) => rule.prefix === prefix);
  if (found === undefined) there.delete(prefix);
  else there.set(prefix, found);
}

function isAsWanted(rule: StoredRule | undefined, wanted: BucketLifecycleRule): boolean {
  return rule !== undefined && isDeepStrictEqual(withoutId(rule), wanted);
}

function withoutId({ id: _, ...rule }: StoredRule): BucketLifecycleRule {
  return rule;
}

/** Whether other rules may still succeed. */
function isOfOneRule(error: EnsError): boolean {
  return ApiError.isInstance(error) && errorCodeOf(error.code, error.statusCode).reach === "site";
}
