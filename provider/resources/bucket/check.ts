import { bucketAcls, dispatchScopes, logicalBucketTypes, ruleStatuses } from "../../ens/bucket-words";
import { isRecord } from "../../ens/is-record";
import { didYouMean } from "../../ens/text/nearest-name";
import { quoted } from "../../ens/text/quoted";
import {
  checkBucketName,
  checkMembers,
  ended,
  failure,
  failureSaying,
  inWords,
  wrongKind,
} from "../../lifecycle/checks";
import { claim } from "../../lifecycle/claim";
import { defined } from "../../lifecycle/defined";
import type { CheckCall, Checked, CheckFailure, Properties } from "../../lifecycle/lifecycle";
import { unknownValue } from "../../lifecycle/unknown-value";
import { defaults } from "./properties";

const longestComment = 128;
const mostRules = 1000;
const longestPrefix = 1023;
const ruleExample = '{ prefix: "tmp/", expirationDays: 7 }';
const ruleMembers = ["prefix", "expirationDays", "status"];

type BucketCheckCall = Pick<CheckCall, "olds" | "autoName" | "deployment" | "claimant">;

/** Fills in what the program left out, and looks at everything once. */
export function check(given: Properties, call: BucketCheckCall): Checked {
  const { olds, autoName } = call;
  const { bucketAcl, logicalBucketType, ensRegionId, dispatchScope, comment, lifecycleRules } = given;
  const inputs = {
    // A bucket keeps the name that was made for it, also where the resource is renamed with an alias.
    bucketName: given.bucketName ?? olds.bucketName ?? autoName,
    bucketAcl: bucketAcl ?? defaults.bucketAcl,
    logicalBucketType: logicalBucketType ?? defaults.logicalBucketType,
    ensRegionId: ensRegionId ?? undefined,
    dispatchScope: dispatchScope ?? undefined,
    comment: comment || undefined,
    lifecycleRules: Array.isArray(lifecycleRules)
      ? lifecycleRules.map(withDefaults)
      : (lifecycleRules ?? undefined),
    forceDestroy: given.forceDestroy ?? defaults.forceDestroy,
    adopt: given.adopt ?? defaults.adopt,
  };
  return {
    inputs: defined(inputs),
    failures: [
      ...checkBucketName(inputs.bucketName),
      ...checkClaim(inputs.bucketName, call),
      ...checkWord("bucketAcl", inputs.bucketAcl, bucketAcls),
      ...checkWord("logicalBucketType", inputs.logicalBucketType, logicalBucketTypes),
      ...checkNode(inputs),
      ...(inputs.dispatchScope === undefined
        ? []
        : checkWord("dispatchScope", inputs.dispatchScope, dispatchScopes)),
      ...checkComment(comment),
      ...checkRules(lifecycleRules),
      ...checkFlag("forceDestroy", inputs.forceDestroy),
      ...checkFlag("adopt", inputs.adopt),
    ],
  };
}

/** No two resources of a program may have the same bucket: each would change it, and delete that of the other. */
function checkClaim(bucketName: unknown, { deployment, claimant }: BucketCheckCall): CheckFailure[] {
  if (typeof bucketName !== "string") return [];
  const other = claim(deployment, bucketName, claimant);
  if (other === undefined) return [];
  return [
    failure("bucketName", bucketName, (came) => [
      `${other} has bucket ${came} too.`,
      "Give one of the two another bucketName, or take it out of the program.",
    ]),
  ];
}

function withDefaults(rule: unknown): unknown {
  if (!isRecord(rule)) return rule;
  return { ...rule, prefix: rule.prefix ?? "", status: rule.status ?? "Enabled" };
}

function checkWord(property: string, value: unknown, words: readonly string[]): CheckFailure[] {
  if (value === unknownValue || words.some((word) => word === value)) return [];
  const meant = typeof value === "string" ? didYouMean(value, words) : "";
  return [
    failureSaying(property, `${quoted(value)}${meant}`, (came) => [
      ended(`expected ${inWords(words)}, got ${came}`),
    ]),
  ];
}

function checkNode({ ensRegionId, logicalBucketType }: Properties): CheckFailure[] {
  if (ensRegionId === unknownValue) return [];
  if (ensRegionId === undefined) {
    if (logicalBucketType !== "sink") return [];
    return [
      failure("ensRegionId", undefined, () => [
        "expected the edge node of a sink bucket, such as cn-beijing-15, got nothing.",
        "`aliyun ens DescribeEnsRegions` lists the nodes.",
      ]),
    ];
  }
  if (typeof ensRegionId === "string" && /^[\w-]{1,100}$/.test(ensRegionId)) return [];
  return [
    failure("ensRegionId", ensRegionId, (came) => [
      `expected the id of an edge node, such as cn-beijing-15, got ${came}.`,
      "`aliyun ens DescribeEnsRegions` lists the nodes.",
    ]),
  ];
}

/** ENS counts characters, of which an emoji is one. */
function checkComment(comment: unknown): CheckFailure[] {
  if (comment === undefined || comment === null || comment === unknownValue) return [];
  const rule = `expected a text of at most ${longestComment} characters`;
  if (typeof comment !== "string") return [failure("comment", comment, (came) => [`${rule}, got ${came}.`])];
  const count = [...comment].length;
  return count <= longestComment
    ? []
    : [failureSaying("comment", String(count), (came) => [`${rule}, got ${came}.`])];
}

function checkFlag(property: string, value: unknown): CheckFailure[] {
  if (value === unknownValue || typeof value === "boolean") return [];
  return [failure(property, value, (came) => [`expected true or false, got ${came}.`])];
}

function checkRules(rules: unknown): CheckFailure[] {
  if (rules === undefined || rules === null || rules === unknownValue) return [];
  if (!Array.isArray(rules)) {
    return [wrongKind("lifecycleRules", rules, `a list of rules, such as [${ruleExample}]`)];
  }
  const tooMany =
    rules.length <= mostRules
      ? []
      : [
          failureSaying("lifecycleRules", String(rules.length), (came) => [
            `expected at most ${mostRules} rules, got ${came}.`,
          ]),
        ];
  const first = new Map<unknown, number>();
  return [
    ...tooMany,
    ...rules.flatMap((rule, index) => {
      const property = `lifecycleRules[${index}]`;
      if (rule === unknownValue) return [];
      if (!isRecord(rule)) {
        return [wrongKind(property, rule, `a rule, such as ${ruleExample}`)];
      }
      const prefix = rule.prefix ?? "";
      const same = first.get(prefix);
      if (same === undefined && typeof prefix === "string") first.set(prefix, index);
      return [...checkRule(property, rule, prefix), ...checkTwice(`${property}.prefix`, prefix, same)];
    }),
  ];
}

function checkRule(property: string, rule: Properties, prefix: unknown): CheckFailure[] {
  const { expirationDays, status } = rule;
  const isDays =
    typeof expirationDays === "number" && Number.isSafeInteger(expirationDays) && expirationDays > 0;
  return [
    ...checkMembers(property, rule, "a rule", ruleMembers),
    ...checkPrefix(`${property}.prefix`, prefix),
    ...(isDays || expirationDays === unknownValue
      ? []
      : [
          failure(`${property}.expirationDays`, expirationDays, (came) => [
            `expected a whole number of days from 1, got ${came}.`,
          ]),
        ]),
    ...checkWord(`${property}.status`, status ?? "Enabled", ruleStatuses),
  ];
}

function checkPrefix(property: string, prefix: unknown): CheckFailure[] {
  if (prefix === unknownValue) return [];
  const rule = `expected the beginning of names, of at most ${longestPrefix} bytes`;
  if (typeof prefix !== "string") return [failure(property, prefix, (came) => [`${rule}, got ${came}.`])];
  const bytes = Buffer.byteLength(prefix);
  return bytes <= longestPrefix
    ? []
    : [failureSaying(property, `${bytes} bytes`, (came) => [`${rule}, got ${came}.`])];
}

function checkTwice(property: string, prefix: unknown, same: number | undefined): CheckFailure[] {
  if (same === undefined) return [];
  return [
    failureSaying(property, `${quoted(prefix)}, which is that of lifecycleRules[${same}]`, (came) => [
      `expected a prefix that no other rule has, got ${came}.`,
    ]),
  ];
}
