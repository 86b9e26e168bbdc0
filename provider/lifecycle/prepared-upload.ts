/**
 * The lifecycle of `PreparedUpload`, run in Pulumi's provider process. State names this module
 * (`pulumi-alicloud-ens/prepared-upload`), and what it exports is the provider: it must stay here for ever.
 */
import { isDeepStrictEqual } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { ApiError } from "../ens/errors";
import { atBoundary } from "./boundary";
import { checkBucketName, checkClientIp, checkSettings, checkTriggers } from "./checks";
import { rememberDrift, takeDrift } from "./drift";
import { concealFailures, concealing, isSecret, secretValue } from "./secrets";
import { configureSession, ensClient } from "./session";

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

export async function configure({ config }: dynamic.ConfigureRequest): Promise<void> {
  configureSession((key) => config.get(key));
}

export async function check(
  _olds: Partial<PreparedUploadInputs>,
  news: PreparedUploadInputs,
): Promise<dynamic.CheckResult<PreparedUploadInputs>> {
  return atBoundary(() => {
    const failures = [
      ...checkBucketName(news.bucketName),
      ...checkClientIp(news.clientIp),
      ...checkTriggers(news.triggers),
      ...checkSettings(),
    ];
    return failures.length > 0 ? { failures: concealFailures(failures, news) } : { inputs: news };
  });
}

/** Compares what the program decides and nothing else: not the answer, and not the text that names this code. */
export async function diff(
  _id: string,
  olds: PreparedUploadState,
  news: PreparedUploadInputs,
): Promise<dynamic.DiffResult> {
  const sameBucket =
    olds.bucketName === news.bucketName && isSecret(olds, "bucketName") === isSecret(news, "bucketName");
  const replaces = sameBucket ? [] : ["bucketName"];
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
    try {
      // A resource that is only looked up by its id has no state yet.
      const now = await resolve({ ...props, bucketName: props.bucketName ?? id });
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
