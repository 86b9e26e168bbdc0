import * as pulumi from "@pulumi/pulumi";
import { secretValue } from "../provider/fronts/secret-values";
import { wireAsset } from "./wire-asset";

type Properties = Readonly<Record<string, unknown>>;

const { isRpcSecret, unknownValue, unwrapRpcSecret } = pulumi.runtime;

/** Which of a resource's properties are secret, in whole or in part: Pulumi marks them at the top for mocks. */
export function secretsOf(properties: Properties): ReadonlySet<string> {
  return new Set(Object.keys(properties).filter((name) => isRpcSecret(properties[name])));
}

/** Properties as they reach a dynamic provider: secrets in clear, unknown values as Pulumi's text for them. */
export async function asProviderSeesIt(properties: Properties): Promise<Record<string, unknown>> {
  const entries = Object.entries(properties).map(async ([name, value]) => [name, await plain(value)]);
  return Object.fromEntries(await Promise.all(entries));
}

/** Outputs as the engine keeps them: an output with the name of a secret input is a secret. */
export function withSecrets(outputs: Properties, secrets: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, secrets.has(name) ? secretValue(value) : value]),
  );
}

async function plain(value: unknown): Promise<unknown> {
  if (pulumi.isUnknown(value)) return unknownValue;
  if (isRpcSecret(value)) return plain(unwrapRpcSecret(value));
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (isAsset(value)) return wireAsset(value);
  return isPlainObject(value) ? asProviderSeesIt(value) : value;
}

function isAsset(value: unknown): value is pulumi.asset.Asset | pulumi.asset.Archive {
  return pulumi.asset.Asset.isInstance(value) || pulumi.asset.Archive.isInstance(value);
}

function isPlainObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
