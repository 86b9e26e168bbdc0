import * as pulumi from "@pulumi/pulumi";
import { secretValue } from "../provider/fronts/dynamic/secret-values";

type Properties = Readonly<Record<string, unknown>>;

const { isRpcSecret, unknownValue, unwrapRpcSecret } = pulumi.runtime;

/** Which of a resource's properties are secret, in whole or in part: Pulumi marks them at the top for mocks. */
export function secretsOf(properties: Properties): ReadonlySet<string> {
  return new Set(Object.keys(properties).filter((name) => isRpcSecret(properties[name])));
}

/** Properties as they reach a dynamic provider: secrets in clear, unknown values as Pulumi's text for them. */
export function asProviderSeesIt(properties: Properties): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, plain(value)]));
}

/** Outputs as the engine keeps them: an output with the name of a secret input is a secret. */
export function withSecrets(outputs: Properties, secrets: ReadonlySet<string>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(outputs).map(([name, value]) => [name, secrets.has(name) ? secretValue(value) : value]),
  );
}

function plain(value: unknown): unknown {
  if (pulumi.isUnknown(value)) return unknownValue;
  if (isRpcSecret(value)) return plain(unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(plain);
  return isPlainObject(value) ? asProviderSeesIt(value) : value;
}

function isPlainObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
