import { writeFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import type { EmulatorBucket } from "../emulator";
import { World } from "../emulator/world/world";
import type { Download } from "../provider/ens/download";
import type { Timing } from "../provider/ens/retry/timing";
import type { DynamicProvider } from "../provider/fronts/dynamic/dynamic-provider";
import { dynamicProvider } from "../provider/fronts/dynamic/dynamic-provider";
import type { RegisteredResource } from "../provider/lifecycle/registered-resource";
import { Session } from "../provider/lifecycle/session";
import { serializedPlaceholder } from "../provider/resource/ens-resource";
import { knownArguments } from "../provider/resource/known-arguments";
import { resourceType } from "../provider/resource/resource-type";
import { resources } from "../provider/resources/registry";
import { callerIn } from "./emulated-ens";
import { objectsIn } from "./emulated-objects";
import { unlessExpected } from "./failure-of";
import { promiseOf } from "./promise-of";
import { asProviderSeesIt, secretsOf, withSecrets } from "./wire-values";

/** What {@link ensMocks} answer with. */
export interface EnsMocksOptions {
  /**
   * The logical buckets there are before the program makes any, as an emulator takes them: names, or objects with a place
   * of their own, by the client's address where wanted. Default: none. A place that is not given is made from the name,
   * at `eos.aliyuncs.com`. A `Bucket` of the program that has the name of one needs `adopt: true`, as with ENS.
   */
  readonly buckets?: readonly (string | EmulatorBucket)[];
  /**
   * Mocks for all that is not of this package. Default: a resource's outputs are its inputs and its id `<name>-id`, and
   * a call returns its arguments.
   */
  readonly otherwise?: Partial<pulumi.runtime.Mocks>;
}

/** The resources of this package, by their types. */
const registered: ReadonlyMap<string, RegisteredResource> = new Map(
  Object.values(resources).map((resource) => [resourceType(resource), resource]),
);

/** What a URL names is not known without a network, so the URL stands in its place. */
const noNetwork: Download = (url, path) => writeFile(path, url);

const neverAborted = new AbortController().signal;

/** Nothing lags in mocks, so nothing is waited for; but files are read while a line of progress waits for its time. */
const atOnce: Timing = { now: () => 0, sleep: () => setImmediate(), random: () => 0 };

const explicitProvider = "pulumi:providers:pulumi-nodejs";

/**
 * Mocks for `pulumi.runtime.setMocks` that answer for this package's resources as the provider would, and the same in
 * every run: with the same outputs, and the same errors for bad inputs and missing buckets. A `Bucket` that the program
 * makes is there afterwards, for its uploads, files and look-ups; each call of `ensMocks` begins with `buckets` alone. There
 * may be any number of buckets. Mocks do not use the network or environment variables: an object made of a `RemoteAsset`
 * holds its URL. Await outputs with `promiseOf`, and expect failures with `failureOf`.
 *
 * @example A bucket, and mocks of your own for the rest
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ensMocks } from "pulumi-alicloud-ens/testing";
 *
 * pulumi.runtime.setMocks(
 *   ensMocks({
 *     buckets: ["media-assets"],
 *     otherwise: { newResource: ({ name, inputs }) => ({ id: name, state: { ...inputs, arn: `arn:${name}` } }) },
 *   }),
 * );
 * ```
 *
 * @example A bucket that the program makes
 * ```ts
 * import assert from "node:assert/strict";
 * import * as pulumi from "@pulumi/pulumi";
 * import * as ens from "pulumi-alicloud-ens";
 * import { ensMocks, promiseOf } from "pulumi-alicloud-ens/testing";
 *
 * export async function findsItsPlace() {
 *   pulumi.runtime.setMocks(ensMocks());
 *   const bucket = new ens.Bucket("media");
 *   const media = new ens.PreparedUpload("media", { bucketName: bucket.bucketName });
 *   assert.equal((await promiseOf(media.target)).bucketName, await promiseOf(bucket.bucketName));
 * }
 * ```
 *
 * @example Places that depend on the client
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ensMocks } from "pulumi-alicloud-ens/testing";
 *
 * const berlin = { clientIps: "203.0.113.0/24", physicalBucketName: "media-berlin", endpoint: "eos-berlin.aliyuncs.com" };
 *
 * pulumi.runtime.setMocks(ensMocks({ buckets: [{ name: "media-assets", placements: [berlin] }] }));
 * ```
 */
export function ensMocks(options: EnsMocksOptions = {}): pulumi.runtime.Mocks {
  const given = knownArguments("ensMocks", options, { buckets: true, otherwise: true });
  const { buckets = [], otherwise = {} } = given;
  const world = new World(
    { buckets, bucketQuota: Number.POSITIVE_INFINITY },
    { objectEndpoint: "eos.aliyuncs.com" },
  );
  const settingsOf = new Map<string, ReadonlyMap<string, string>>();

  async function newResource(
    args: pulumi.runtime.MockResourceArgs,
  ): Promise<pulumi.runtime.MockResourceResult> {
    if (args.type === explicitProvider) {
      // Pulumi makes a secret without a value null.
      const inputs = Object.entries(await asProviderSeesIt(args.inputs)).filter(([, value]) => value != null);
      settingsOf.set(args.name, new Map(inputs.map(([key, value]) => [key, String(value)])));
      return { id: args.name, state: args.inputs };
    }
    const resource = registered.get(args.type);
    if (resource === undefined) return otherwise.newResource?.(args) ?? inputsAsOutputs(args);
    await promiseOf(serializedPlaceholder());
    // A reference to a provider ends with its id, which is its name here.
    const settings = settingsOf.get(args.provider?.split("::").at(-1) ?? "");
    const config = (key: string) => settings?.get(key);
    const options = { config, env: {}, tell: () => {}, signal: neverAborted, timing: atOnce };
    const session = new Session(options, ({ howToSet }) => ({
      ens: callerIn(world, howToSet),
      objects: objectsIn(world, howToSet),
      download: noNetwork,
    }));
    // The provider's own code, so that mocks cannot say anything else.
    return answer(dynamicProvider(resource, { session, configure: async () => {} }), args);
  }

  return {
    newResource: (args) => unlessExpected(newResource(args)),
    call: (args) => otherwise.call?.(args) ?? inputsAsAnswer(args),
  };
}

/** What the engine and the provider make of a resource. */
async function answer(
  provider: DynamicProvider,
  { id, inputs, name }: pulumi.runtime.MockResourceArgs,
): Promise<pulumi.runtime.MockResourceResult> {
  const secrets = secretsOf(inputs);
  const news = await asProviderSeesIt(inputs);
  if (id) {
    // A preview that does not know yet what to look up asks nothing.
    if (id === pulumi.runtime.unknownValue) return { id, state: withSecrets(news, secrets) };
    const found = await provider.read(id, news);
    if (!found.id) throw new Error(`resource '${id}' does not exist`);
    return { id, state: withSecrets(found.props, secrets) };
  }
  const { inputs: checked = {}, failures = [] } = await provider.check({}, news);
  if (failures.length > 0) {
    // In the engine's words.
    const lines = failures.map(({ property, reason }) =>
      property === ""
        ? `resource '${name}' has a problem: ${reason}`
        : `resource '${name}': property ${property} has a problem: ${reason}`,
    );
    throw new Error(lines.join("\n"));
  }
  // Only an update asks. A preview does not know the outputs.
  if (pulumi.runtime.isDryRun()) return { id: undefined, state: withSecrets(checked, secrets) };
  const created = await provider.create(checked);
  return { id: created.id, state: withSecrets(created.outs, secrets) };
}

function inputsAsOutputs({ name, inputs }: pulumi.runtime.MockResourceArgs) {
  return { id: `${name}-id`, state: inputs };
}

function inputsAsAnswer({ inputs }: pulumi.runtime.MockCallArgs) {
  return inputs;
}
