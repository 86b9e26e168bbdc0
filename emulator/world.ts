import { createHash } from "node:crypto";
import { BlockList, isIP } from "node:net";
import type {
  EmulatorAccount,
  EmulatorBucket,
  EmulatorFault,
  EmulatorOptions,
  EmulatorPlace,
  EmulatorRole,
} from "./options";
import { defaultAccount } from "./options";

/** Where a bucket is for one client. */
export interface Place {
  readonly physicalBucketName: string;
  readonly endpoint: string;
}

/** A bucket as it is now. */
export interface BucketState extends Place {
  readonly placements: readonly (Place & { readonly clientIps: string })[];
}

/** One request the emulator answered. */
export interface SeenRequest {
  readonly time: Date;
  /** ENS, STS, or the object storage. */
  readonly service: "ens" | "sts" | "oss";
  /** The API's action, or the object request's method. */
  readonly action: string;
  /** The logical bucket of PrepareUpload, the physical one of an object request. */
  readonly bucketName?: string;
  readonly clientIp?: string;
  readonly accessKeyId?: string;
  readonly userAgent?: string;
  /** How an API call was signed. */
  readonly signature?: string;
  readonly status: number;
  /** The code it was refused with. */
  readonly code?: string;
  readonly requestId: string;
}

/** All that an emulator knows: buckets, accounts, faults to come, requests seen. */
export class World {
  readonly buckets = new Map<string, BucketState>();
  readonly accounts = new Map<string, EmulatorAccount>();
  readonly roles: readonly EmulatorRole[];
  readonly requests: SeenRequest[] = [];
  readonly now: () => Date;
  readonly latencyMs: number;
  readonly quotaPerSecond: number;
  readonly quotaStatus: number;
  /** The object storage's own host; known, and needed by buckets, once the emulator listens. */
  objectEndpoint = "";
  #faults: { fault: EmulatorFault; ahead: number; left: number }[] = [];
  readonly #physical = new Set<string>();
  readonly #moves = new Map<string, number>();
  readonly #nonces = new Map<string, number>();
  #window = { second: 0, calls: 0 };

  constructor(options: EmulatorOptions) {
    this.now = options.clock ?? (() => new Date());
    this.latencyMs = options.latencyMs ?? 0;
    this.quotaPerSecond = options.quotaPerSecond ?? Number.POSITIVE_INFINITY;
    this.quotaStatus = options.quotaStatus ?? 400;
    this.roles = options.roles ?? [];
    for (const account of options.accounts ?? [defaultAccount])
      this.accounts.set(account.accessKeyId, account);
  }

  addBucket(bucket: string | EmulatorBucket): BucketState {
    const { name, placements = [], ...place } = typeof bucket === "string" ? { name: bucket } : bucket;
    requireBucketName("the bucket's name", name, 50);
    const state = {
      ...this.#place(name, place),
      placements: placements.map(({ clientIps, ...other }, index) => {
        blockList(clientIps);
        return { clientIps, ...this.#place(`${name}-at-${index + 1}`, other) };
      }),
    };
    this.buckets.set(name, state);
    return state;
  }

  /** Moves a bucket, by default to a new physical one. What was uploaded stays where it was. */
  move(name: string, to: EmulatorPlace = {}): BucketState {
    const bucket = this.buckets.get(name);
    if (bucket === undefined)
      throw new Error(`There is no bucket "${name}" to move; there is ${this.#names()}.`);
    const moves = (this.#moves.get(name) ?? 0) + 1;
    this.#moves.set(name, moves);
    const moved = { ...bucket, ...this.#place(`${name}-moved-${moves}`, to, name) };
    this.buckets.set(name, moved);
    return moved;
  }

  hasPhysicalBucket(name: string): boolean {
    return this.#physical.has(name);
  }

  placeFor(name: string, clientIp: string): Place | undefined {
    const bucket = this.buckets.get(name);
    return bucket?.placements.find(({ clientIps }) => contains(clientIps, clientIp)) ?? bucket;
  }

  fail(fault: EmulatorFault): void {
    this.#faults.push({ fault, ahead: fault.after ?? 0, left: fault.times ?? 1 });
  }

  clearFaults(): void {
    this.#faults = [];
  }

  /** The fault that hits a request; `method` is that of an object request. */
  takeFault(
    service: "ens" | "oss",
    bucketName: string | undefined,
    method?: string,
  ): EmulatorFault | undefined {
    const hit = this.#faults.find(
      ({ fault }) =>
        (fault.service ?? "ens") === service &&
        (fault.bucketName ?? bucketName) === bucketName &&
        (fault.method === undefined ? method !== "OPTIONS" : fault.method === method),
    );
    if (hit === undefined) return undefined;
    if (hit.ahead > 0) {
      hit.ahead -= 1;
      return undefined;
    }
    hit.left -= 1;
    if (hit.left <= 0) this.#faults = this.#faults.filter((one) => one !== hit);
    return hit.fault;
  }

  /** Whether a nonce is new; from then on it is not. */
  useNonce(accessKeyId: string, nonce: string): boolean {
    const now = this.now().getTime();
    for (const [old, seen] of this.#nonces) {
      if (seen > now - 1_800_000) break;
      this.#nonces.delete(old);
    }
    const key = `${accessKeyId}\n${nonce}`;
    if (this.#nonces.has(key)) return false;
    this.#nonces.set(key, now);
    return true;
  }

  /** Milliseconds until a call is within the quota; 0 when this one is. */
  takeQuota(): number {
    const now = this.now().getTime();
    const second = Math.floor(now / 1000);
    if (this.#window.second !== second) this.#window = { second, calls: 0 };
    if (this.#window.calls >= this.quotaPerSecond) return (second + 1) * 1000 - now;
    this.#window.calls += 1;
    return 0;
  }

  #place(seed: string, place: EmulatorPlace, name: string = seed): Place {
    const suffix = createHash("sha256").update(seed).digest("hex").slice(0, 6);
    const physicalBucketName = place.physicalBucketName ?? `${name}-${suffix}`;
    requireBucketName("physicalBucketName", physicalBucketName, 63);
    const endpoint = place.endpoint ?? this.objectEndpoint;
    requireHost("endpoint", endpoint);
    this.#physical.add(physicalBucketName);
    return { physicalBucketName, endpoint };
  }

  #names(): string {
    return [...this.buckets.keys()].map((name) => `"${name}"`).join(", ") || "none";
  }
}

function requireBucketName(what: string, name: unknown, longest: number): void {
  if (typeof name === "string" && name.length <= longest && /^[a-z0-9][a-z0-9-]+[a-z0-9]$/.test(name)) return;
  throw new Error(
    `${what} should be 3 to ${longest} lowercase letters, digits and hyphens, got ${JSON.stringify(name)}.`,
  );
}

function requireHost(what: string, host: string): void {
  if (/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host)) return;
  throw new Error(
    `${what} should be a host with an optional port such as eos.example.com, got ${JSON.stringify(host)}.`,
  );
}

function blockList(clientIps: string): BlockList {
  const [address = "", prefix] = clientIps.split("/");
  const family = isIP(address);
  const longest = family === 6 ? 128 : 32;
  const length = prefix === undefined ? longest : Number(prefix);
  if (family === 0 || !Number.isInteger(length) || length < 0 || length > longest) {
    throw new Error(
      `clientIps should be an address or a network such as 203.0.113.0/24, got "${clientIps}".`,
    );
  }
  const list = new BlockList();
  list.addSubnet(address, length, family === 6 ? "ipv6" : "ipv4");
  return list;
}

function contains(clientIps: string, address: string): boolean {
  return blockList(clientIps).check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
