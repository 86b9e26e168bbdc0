import { createHash } from "node:crypto";
import type { EmulatorBucket, EmulatorPlace } from "../options";
import { includesClient, requireClientIps } from "./client-ips";

/** Where a bucket is for one client. */
export interface Place {
  readonly physicalBucketName: string;
  readonly endpoint: string;
}

/** A bucket as it is now. */
export interface BucketState extends Place {
  readonly placements: readonly (Place & { readonly clientIps: string })[];
}

/** The logical buckets, and where they physically are. */
export class Buckets {
  readonly #byName = new Map<string, BucketState>();
  readonly #physical = new Set<string>();
  readonly #moves = new Map<string, number>();
  readonly #defaultEndpoint: string;

  constructor(defaultEndpoint: string) {
    this.#defaultEndpoint = defaultEndpoint;
  }

  get byName(): ReadonlyMap<string, BucketState> {
    return this.#byName;
  }

  add(bucket: string | EmulatorBucket): BucketState {
    const { name, placements = [], ...place } = typeof bucket === "string" ? { name: bucket } : bucket;
    requireBucketName("the bucket's name", name, 50);
    const state = {
      ...this.#place(name, place),
      placements: placements.map(({ clientIps, ...other }, index) => {
        requireClientIps(clientIps);
        return { clientIps, ...this.#place(`${name}-at-${index + 1}`, other) };
      }),
    };
    this.#byName.set(name, state);
    return state;
  }

  /** Deletes a logical bucket. What was uploaded stays where it was. */
  remove(name: string): void {
    this.#byName.delete(name);
  }

  /** Moves a bucket, by default to a new physical one. What was uploaded stays where it was. */
  move(name: string, to: EmulatorPlace = {}): BucketState {
    const bucket = this.#byName.get(name);
    if (bucket === undefined)
      throw new Error(`There is no bucket "${name}" to move; there is ${this.#names()}.`);
    const moves = (this.#moves.get(name) ?? 0) + 1;
    this.#moves.set(name, moves);
    const moved = { ...bucket, ...this.#place(`${name}-moved-${moves}`, to, name) };
    this.#byName.set(name, moved);
    return moved;
  }

  hasPhysical(name: string): boolean {
    return this.#physical.has(name);
  }

  placeFor(name: string, clientIp: string): Place | undefined {
    const bucket = this.#byName.get(name);
    return bucket?.placements.find(({ clientIps }) => includesClient(clientIps, clientIp)) ?? bucket;
  }

  #place(seed: string, place: EmulatorPlace, name: string = seed): Place {
    const suffix = createHash("sha256").update(seed).digest("hex").slice(0, 6);
    const physicalBucketName = place.physicalBucketName ?? `${name}-${suffix}`;
    requireBucketName("physicalBucketName", physicalBucketName, 63);
    const endpoint = place.endpoint ?? this.#defaultEndpoint;
    requireHost("endpoint", endpoint);
    this.#physical.add(physicalBucketName);
    return { physicalBucketName, endpoint };
  }

  #names(): string {
    return [...this.#byName.keys()].map((name) => `"${name}"`).join(", ") || "none";
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
