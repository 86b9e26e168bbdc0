import { InvalidArgumentError } from "commander";
import type {
  EmulatorAccount,
  EmulatorBucket,
  EmulatorFault,
  EmulatorLag,
  EmulatorPlacement,
  EmulatorRules,
} from "../../emulator";
import { readFault } from "../../emulator/control-api/read";
import { checkFault } from "../../emulator/gateway/check-fault";

/** An edge node, and whether it was purchased. */
export type EnsRegion = NonNullable<EmulatorRules["ensRegions"]>;

/** A place of a bucket for some clients. */
export interface Placement extends EmulatorPlacement {
  readonly bucketName: string;
}

/** For an option that may be repeated. */
export function collect<T>(
  parse: (text: string) => T,
): (text: string, earlier: readonly T[] | undefined) => readonly T[] {
  return (text, earlier = []) => [...earlier, parse(text)];
}

export function parseBucket(text: string): EmulatorBucket {
  const [, name, physicalBucketName, endpoint] = /^([^=@]+)(?:=([^@]+)(?:@(.+))?)?$/.exec(text) ?? [];
  if (name === undefined)
    throw new InvalidArgumentError("Expected name, name=physical or name=physical@endpoint.");
  return { name, ...placeOf(physicalBucketName, endpoint) };
}

export function parsePlacement(text: string): Placement {
  const [, bucketName, clientIps, physicalBucketName, endpoint] =
    /^([^:=]+):([^=]+)=([^@]+)(?:@(.+))?$/.exec(text) ?? [];
  if (bucketName === undefined || clientIps === undefined) {
    throw new InvalidArgumentError("Expected name:clients=physical or name:clients=physical@endpoint.");
  }
  return { bucketName, clientIps, ...placeOf(physicalBucketName, endpoint) };
}

function placeOf(physicalBucketName: string | undefined, endpoint: string | undefined) {
  return {
    ...(physicalBucketName !== undefined ? { physicalBucketName } : {}),
    ...(endpoint !== undefined ? { endpoint } : {}),
  };
}

export function parseAccount(text: string): EmulatorAccount {
  const [accessKeyId, accessKeySecret, accountId, ...rest] = text.split(":");
  if (!accessKeyId || !accessKeySecret || accountId === "" || rest.length > 0)
    throw new InvalidArgumentError("Expected id:secret or id:secret:account id.");
  return { accessKeyId, accessKeySecret, ...(accountId !== undefined ? { accountId } : {}) };
}

export function parseEnsRegion(text: string): EnsRegion {
  const [, id, notPurchased] = /^([^=]+)(=notPurchased)?$/.exec(text) ?? [];
  if (id === undefined) throw new InvalidArgumentError("Expected id or id=notPurchased.");
  return { [id]: notPurchased === undefined ? "purchased" : "notPurchased" };
}

export function parseLag(text: string): EmulatorLag {
  const [, kind, number] = /^(?:(create|change|delete|storage)=)?(\d{1,7})$/.exec(text) ?? [];
  if (number === undefined) {
    throw new InvalidArgumentError("Expected milliseconds, or those of create, change, delete or storage.");
  }
  const lagMs = Number(number);
  if (kind !== undefined) return { [`${kind}Ms`]: lagMs };
  return { createMs: lagMs, changeMs: lagMs, deleteMs: lagMs, storageMs: lagMs };
}

/** A fault as the running emulator takes it too. */
export function parseFault(text: string): EmulatorFault {
  try {
    const fault = readFault(JSON.parse(text));
    checkFault(fault);
    return fault;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new InvalidArgumentError(`Its ${(error as Error).message}`);
    throw new InvalidArgumentError(
      'Expected a fault as JSON, such as {"action":"PutBucket","kind":"lostAnswer"}.',
    );
  }
}

export function parsePort(text: string): number {
  const port = parseNumber(text);
  if (port > 65535) throw new InvalidArgumentError("Expected a port from 0 to 65535.");
  return port;
}

export function parseNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(text);
}
