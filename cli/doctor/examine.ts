import { packageVersion } from "../../provider/ens/package-version";
import { shellQuoted } from "../../provider/ens/text/shell-quoted";
import { connect } from "../../provider/lifecycle/connect";
import type { Settings } from "../../provider/lifecycle/settings/settings";
import { type Bucket, type BucketFindings, checkBucket } from "./checks/bucket";
import { checkCredentials } from "./checks/credentials";
import { checkEndpoint } from "./checks/endpoint";
import { checkCli, checkNode, checkPackage, checkSdk } from "./checks/installation";
import { checkManagement } from "./checks/management";
import { checkSettings } from "./checks/settings";
import { checkStorage } from "./checks/storage";
import { checkWrite } from "./checks/write";
import { type CheckName, checkNames, type Finding, skipped } from "./finding";
import { projectFolder } from "./project";
import type { Report } from "./report";
import { showSettings } from "./shown-settings";
import { readStackConfiguration } from "./stack-configuration";

/** What the user asks the doctor. */
export interface Question {
  readonly bucket?: Bucket;
  /** A stack's name, `false` for none; `undefined` for the one that is selected. */
  readonly stack: string | false | undefined;
  /** Whether an object may be put into the bucket, and deleted again. */
  readonly write: boolean;
  /** How long one step may take, in milliseconds. */
  readonly timeout: number;
}

/** Looks at everything; what is wrong may hide what comes after it. Importing this file loads the vendor's SDK. */
export async function examine({ bucket, stack, write, timeout }: Question): Promise<Report> {
  const project = projectFolder(process.cwd());
  const [cli, configuration] = await Promise.all([
    checkCli(project, timeout),
    readStackConfiguration({ project, stack, timeout }),
  ]);
  const { finding, settings } = checkSettings(configuration);
  const local = [checkNode(), checkPackage(project), cli, checkSdk(project), configuration.finding, finding];
  const network =
    settings === undefined ? { findings: [] } : await examineNetwork(settings, bucket, { write, timeout });

  const unasked = write
    ? []
    : [skipped("write", "only with --write, which puts an object, reads it and deletes it")];
  const found = [...local, ...unasked, ...network.findings].map((each) => ofStack(each, stack));
  const findings = new Map(found.map((each) => [each.name, each]));
  const problems = new Set([...findings.values()].filter(isProblem).map(({ name }) => name));
  const reached = (name: CheckName) => findings.get(name) ?? notReached(name, problems);
  const { target } = network;
  return {
    version: packageVersion,
    ok: problems.size === 0,
    checks: checkNames.map(reached),
    settings: showSettings(configuration, settings),
    ...(target !== undefined ? { target } : {}),
  };
}

async function examineNetwork(
  settings: Settings,
  bucket: Bucket | undefined,
  { write, timeout }: Pick<Question, "write" | "timeout">,
): Promise<BucketFindings> {
  // One attempt: the doctor must say what is wrong now, and not wait until it is over.
  const oneAttempt = {
    ...settings,
    clientReadTimeout: Math.min(settings.clientReadTimeout, timeout),
    maxRetryTimeout: 0,
  };
  const { ens, objects, keys, transport } = connect(oneAttempt, {
    tell: () => {},
    signal: new AbortController().signal,
  });
  const [credentials, connection] = await Promise.all([
    checkCredentials(settings, keys),
    checkEndpoint(oneAttempt, transport),
  ]);
  const findings = [credentials, ...connection];
  if (findings.some(isProblem)) return { findings };
  const asked = await checkBucket(bucket, { ens, keys, settings });
  // A later finding of the same name says more.
  findings.push(...asked.findings);
  const mayAsk = !asked.findings.some((one) => isProblem(one) && one.name !== "bucket");
  if (bucket !== undefined && mayAsk) findings.push(await checkManagement(bucket.bucketName, { ens, keys }));
  if (asked.target === undefined) return { findings };
  const isForOthers = bucket?.clientIp !== undefined;
  const storage = await checkStorage(asked.target, isForOthers, transport, oneAttempt.clientReadTimeout);
  findings.push(storage);
  if (write && !isProblem(storage)) findings.push(await checkWrite(asked.target, { objects, keys }, timeout));
  return { ...asked, findings };
}

/** A finding whose commands are about the stack that was asked for. By themselves, they are about the selected one. */
function ofStack(finding: Finding, stack: Question["stack"]): Finding {
  if (typeof stack !== "string" || !("remedy" in finding)) return finding;
  const command = `\`pulumi config --stack ${shellQuoted(stack, "<name>")} `;
  return { ...finding, remedy: finding.remedy.replace(/`pulumi config (?=set |rm )/g, () => command) };
}

function isProblem({ status }: Finding): boolean {
  return status === "problem";
}

/** What must be right for a check to be tried, besides the settings. */
const needs: Partial<Record<CheckName, readonly CheckName[]>> = {
  endpoint: ["proxy"],
  clock: ["proxy", "endpoint"],
};
const needsOfCalls: readonly CheckName[] = [
  "credentials",
  "proxy",
  "endpoint",
  "clock",
  "permission",
  "bucket",
  "storage",
];

function notReached(name: CheckName, problems: ReadonlySet<CheckName>): Finding {
  const reasons = ["settings" as const, ...(needs[name] ?? needsOfCalls)].filter((one) => problems.has(one));
  if (reasons.length === 0) return skipped(name, "not asked for: name a bucket, doctor <bucket>");
  const noun = reasons.length === 1 ? "problem" : "problems";
  return skipped(name, `not tried, because of the ${noun} with ${reasons.join(" and ")}`);
}
