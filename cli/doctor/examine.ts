import { packageVersion } from "../../provider/ens/package-version";
import { shellQuoted } from "../../provider/ens/text/shell-quoted";
import { connect } from "../../provider/lifecycle/connect";
import type { Settings } from "../../provider/lifecycle/settings/settings";
import { type Bucket, type BucketFindings, checkBucket } from "./checks/bucket";
import { checkCredentials } from "./checks/credentials";
import { checkEndpoint } from "./checks/endpoint";
import { checkCli, checkNode, checkPackage, checkSdk } from "./checks/installation";
import { checkManagement } from "./checks/management";
import { checkSettings, showSettings } from "./checks/settings";
import { checkStorage } from "./checks/storage";
import { checkWrite } from "./checks/write";
import { type CheckName, checkNames, type Finding, skipped } from "./finding";
import { projectFolder } from "./project";
import type { Report } from "./report";
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

  const unasked = write ? [] : [skipped("write", "only with --write: an object is put, read and deleted")];
  const found = [...local, ...unasked, ...network.findings].map((each) => ofStack(each, stack));
  const findings = new Map(found.map((each) => [each.name, each]));
  const reasons = [...findings.values()].filter(isProblem);
  const reached = (name: CheckName) => findings.get(name) ?? notReached(name, reasons);
  const { target } = network;
  return {
    version: packageVersion,
    ok: reasons.length === 0,
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
  const asked = await checkBucket(bucket, ens, settings);
  // A later finding of the same name says more.
  findings.push(...asked.findings);
  const mayAsk = !asked.findings.some((one) => isProblem(one) && one.name !== "bucket");
  if (bucket !== undefined && mayAsk) findings.push(await checkManagement(bucket.bucketName, ens));
  if (asked.target === undefined) return { findings };
  const isForOthers = bucket?.clientIp !== undefined;
  const storage = await checkStorage(asked.target, isForOthers, transport, oneAttempt.clientReadTimeout);
  findings.push(storage);
  if (write && !isProblem(storage)) findings.push(await checkWrite(asked.target, objects, timeout));
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

/** Checks that may fail without an effect on the doctor's own calls. */
const ofTheInstallation: readonly CheckName[] = ["node", "package", "pulumi", "sdk", "configuration"];

function notReached(name: CheckName, problems: readonly Finding[]): Finding {
  const [first] = problems.filter((problem) => !ofTheInstallation.includes(problem.name));
  return first === undefined
    ? skipped(name, "name a bucket to look at it: doctor <bucket>")
    : skipped(name, `not reached, because of ${first.name}`);
}
