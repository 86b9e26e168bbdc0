import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { PulumiProject } from "../tests/support/pulumi-project";

/** What a stack keeps, in bytes. */
export interface StateSize {
  /** Inputs plus outputs of the resource that has most, as compact JSON. */
  readonly resource: number;
  /** The same of all resources together. */
  readonly all: number;
  /** The whole checkpoint, as the engine writes it at every step. */
  readonly checkpoint: number;
}

export async function stateSize(project: PulumiProject): Promise<StateSize> {
  const resources = (await project.resources()).filter(({ type }) =>
    /^(pulumi-nodejs:dynamic|alicloud-ens:)/.test(type),
  );
  const sizes = resources.map(({ inputs, outputs }) => json(inputs) + json(outputs));
  return {
    resource: Math.max(0, ...sizes),
    all: sizes.reduce((sum, one) => sum + one, 0),
    checkpoint: checkpointSize(project),
  };
}

function checkpointSize({ env }: PulumiProject): number {
  const folder = fileURLToPath(env.PULUMI_BACKEND_URL ?? "");
  return readFileSync(join(folder, ".pulumi", "stacks", "bench", "dev.json")).byteLength;
}

function json(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value ?? {}));
}
