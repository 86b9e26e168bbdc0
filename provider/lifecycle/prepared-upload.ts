/**
 * The lifecycle of `PreparedUpload`, run in Pulumi's provider process. State names this module
 * (`pulumi-alicloud-ens/prepared-upload`), and what it exports is the provider: it must stay here for ever.
 */
import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ApiError, ProgramError } from "../ens/errors";
import { atBoundary } from "./boundary";
import { type CheckFailure, checkBucketName, checkClientIp, checkSettings, checkTriggers } from "./checks";
import { rememberDrift, takeDrift } from "./drift";
import { concealFailures, concealing, isSecret, sameBucket, secretValue } from "./secrets";
import { ensClient } from "./session";

export { configure } from "./session";

/** What the program gave, with every output resolved. */
export interface PreparedUploadInputs {
  readonly bucketName: string;
  readonly clientIp?: string;
  readonly triggers?: readonly unknown[];
  /** Which of these are secrets, where any is. */
  readonly secretInputs?: readonly string[];
}

/** What state holds. */
export interface PreparedUploadState extends PreparedUploadInputs {
  readonly physicalBucketName: string;
  readonly endpoint: string;
  readonly requestId: string;
}

export async function check(
  _olds: Partial<PreparedUploadInputs>,
  news: PreparedUploadInputs,
): Promise<dynamic.CheckResult<PreparedUploadInputs>> {
  return atBoundary(() => {
    const failures = checkInputs(news);
    return failures.length > 0 ? { failures } : { inputs: news };
  });
}

/** All that is wrong, fit to be shown. */
function checkInputs(inputs: PreparedUploadInputs): CheckFailure[] {
  const failures = [
    ...checkBucketName(inputs.bucketName),
    ...checkClientIp(inputs.clientIp),
    ...checkTriggers(inputs.triggers),
    ...checkSettings(),
  ];
  return concealFailures(failures, inputs);
}

/** Compares what the program decides and nothing else: not the answer, and not the text that names this code. */
export async function diff(
  _id: string,
  olds: PreparedUploadState,
  news: PreparedUploadInputs,
): Promise<dynamic.DiffResult> {
  const replaces = sameBucket(olds, news) ? [] : ["bucketName"];
  const edited = !isDeepStrictEqual(optionalInputs(olds), optionalInputs(news));
  const drift = takeDrift(olds.requestId);
  return { changes: edited || drift || replaces.length > 0, replaces };
}

export async function create(
  inputs: PreparedUploadInputs,
): Promise<dynamic.CreateResult<PreparedUploadState>> {
  return atBoundary(async () => {
    const state = await resolve(inputs);
    // Pulumi shows ids, and stores them in clear.
    const id = isSecret(inputs, "bucketName") ? state.requestId : inputs.bucketName;
    return { id, outs: withSecrets(state) };
  }, concealing(inputs));
}

export async function update(
  _id: string,
  _olds: PreparedUploadState,
  news: PreparedUploadInputs,
): Promise<dynamic.UpdateResult<PreparedUploadState>> {
  return atBoundary(async () => ({ outs: withSecrets(await resolve(news)) }), concealing(news));
}

export async function read(
  id: string,
  props: PreparedUploadState,
): Promise<dynamic.ReadResult<PreparedUploadState>> {
  return atBoundary(async () => {
    if (props.physicalBucketName === undefined) {
      return { id, props: await lookUp({ ...props, bucketName: props.bucketName ?? id }) };
    }
    try {
      const now = await resolve(props);
      const unmoved = now.physicalBucketName === props.physicalBucketName && now.endpoint === props.endpoint;
      // The request id alone is no drift.
      if (unmoved) return { id, props };
      rememberDrift(now.requestId);
      return { id, props: withSecrets(now) };
    } catch (error) {
      if (ApiError.isInstance(error) && error.reason === "noSuchBucket") return { id: "" };
      throw error;
    }
  }, concealing(props));
}

/** Physical names mostly begin with the logical one, so of a secret one they are secrets too. */
function withSecrets(state: PreparedUploadState): PreparedUploadState {
  if (!isSecret(state, "bucketName")) return state;
  return { ...state, physicalBucketName: secretValue(state.physicalBucketName) };
}

/** What `get` asks: all there is are the program's inputs, which no `check` has seen, and no bucket is an error. */
async function lookUp(inputs: PreparedUploadInputs): Promise<PreparedUploadState> {
  const failures = checkInputs(inputs);
  if (failures.length === 0) return withSecrets(await resolve(inputs));
  const reasons = failures.map(({ property, reason }) =>
    property === "" ? reason : `${property}: ${reason}`,
  );
  throw new ProgramError(`PreparedUpload.get cannot ask. ${reasons.join("\n")}`);
}

async function resolve(inputs: PreparedUploadInputs): Promise<PreparedUploadState> {
  const { bucketName } = inputs;
  const { clientIp, triggers, secretInputs } = optionalInputs(inputs);
  const given = { bucketName, ...(clientIp !== undefined ? { clientIp } : {}) };
  const answer = await ensClient().prepareUpload(given);
  return {
    ...given,
    ...(triggers !== undefined ? { triggers } : {}),
    ...(secretInputs !== undefined ? { secretInputs } : {}),
    ...answer,
  };
}

/** What may be left out, which null does too. What becomes a secret is encrypted in state by an update. */
function optionalInputs({ clientIp, triggers, secretInputs }: PreparedUploadInputs) {
  return {
    clientIp: clientIp ?? undefined,
    triggers: triggers ?? undefined,
    secretInputs: secretInputs ?? undefined,
  };
}
