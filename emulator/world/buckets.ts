import { createHash } from "node:crypto";
import { defined } from "../defined";
import type { EmulatorBucket, EmulatorPlace } from "../options";
import { BucketFile } from "./bucket-file";
import type { BucketState, LifecycleRule, Place } from "./bucket-state";
import { includesClient, requireClientIps } from "./client-ips";
import type { Seen } from "./replicas";
import { Replicas } from "./replicas";
import type { Rules } from "./rules";

/** The logical buckets, and where they physically are. */
export class Buckets {
  readonly #byName = new Map<string, BucketState>();
  /** By physical bucket: the logical ones that are or were there, and since when the object storage knows it. */
  readonly #physical = new Map<string, { readonly logical: Set<string>; readonly since: number }>();
  readonly #moves = new Map<string, number>();
  readonly #defaultEndpoint: string;
  readonly #now: () => Date;
  readonly #rules: Rules;
  readonly #replicas: Replicas;
  /** Those that PutBucket made. */
  readonly #made = new Set<string>();
  readonly #file: BucketFile;

  constructor(
    defaultEndpoint: string,
    now: () => Date,
    rules: Rules,
    file: BucketFile = new BucketFile(undefined),
  ) {
    this.#defaultEndpoint = defaultEndpoint;
    this.#now = now;
    this.#rules = rules;
    this.#replicas = new Replicas(now, rules);
    this.#file = file;
    for (const { name, state, isHere, physical } of file.found) {
      this.#made.add(name);
      this.#byName.set(name, isHere ? { ...state, endpoint: defaultEndpoint } : state);
      for (const one of physical) this.#notePhysical(one, name, 0);
    }
  }

  /** All of them, as they are now. */
  get byName(): ReadonlyMap<string, BucketState> {
    return this.#byName;
  }

  /** Adds a bucket that was there for long. */
  add(bucket: string | EmulatorBucket): BucketState {
    const added = typeof bucket === "string" ? { name: bucket } : bucket;
    const state = this.#stateOf(added, 0);
    this.remove(added.name);
    this.#byName.set(added.name, state);
    return state;
  }

  /** Adds a bucket that replicas and object storage have yet to notice. */
  create(bucket: EmulatorBucket): void {
    const state = this.#stateOf(bucket, this.#now().getTime() + this.#rules.lag.storageMs);
    this.#made.add(bucket.name);
    this.#set(bucket.name, state);
    this.#replicas.created(bucket.name);
  }

  /** Whether no new bucket may have a name: one that was deleted is free only when every replica has noticed. */
  isTaken(name: string): boolean {
    return this.#byName.has(name) || this.#replicas.disputed.includes(name);
  }

  /** What an action sees of a bucket. */
  see(name: string, action: string): Seen {
    return this.#replicas.see(name, this.#byName.get(name), action);
  }

  /** What an action sees of all buckets, by name. */
  seeAll(action: string): readonly (readonly [string, BucketState])[] {
    return [...new Set([...this.#byName.keys(), ...this.#replicas.disputed])].sort().flatMap((name) => {
      const seen = this.see(name, action);
      return seen ? [[name, seen] as const] : [];
    });
  }

  /** Changes what replicas have yet to notice. */
  change(name: string, changes: Pick<BucketState, "bucketAcl"> | Pick<BucketState, "comment">): void {
    const before = this.#find(name);
    this.#set(name, { ...before, ...changes, modifyTime: this.#now() });
    this.#replicas.changed(name, before);
  }

  setLifecycleRules(name: string, lifecycleRules: readonly LifecycleRule[]): void {
    this.#set(name, { ...this.#find(name), lifecycleRules, modifyTime: this.#now() });
  }

  /** Deletes a bucket and the physical ones that it had to itself, which replicas have yet to notice. */
  delete(name: string): void {
    const bucket = this.#find(name);
    this.remove(name);
    this.#replicas.deleted(name, bucket);
    for (const physical of this.physicalOf(name)) {
      const { logical } = this.#physical.get(physical) ?? {};
      logical?.delete(name);
      if (logical?.size === 0) this.#physical.delete(physical);
    }
  }

  /** Takes a logical bucket away. What was uploaded stays where it was. */
  remove(name: string): void {
    this.#byName.delete(name);
    this.#replicas.forget(name);
    if (this.#made.delete(name)) this.#keep();
  }

  /** Moves a bucket, by default to a new physical one. What was uploaded stays where it was. */
  move(name: string, to: EmulatorPlace = {}): BucketState {
    const bucket = this.#find(name);
    const moves = (this.#moves.get(name) ?? 0) + 1;
    this.#moves.set(name, moves);
    const byDefault = physicalName(name, `${name}-moved-${moves}`);
    const moved = { ...bucket, ...this.#place(name, byDefault, to, 0) };
    this.#set(name, moved);
    return moved;
  }

  /** Whether the object storage knows a physical bucket. */
  hasPhysical(name: string): boolean {
    const { since = Number.POSITIVE_INFINITY } = this.#physical.get(name) ?? {};
    return since <= this.#now().getTime();
  }

  /** The buckets that are in a physical one, or were before they moved. */
  inPhysical(physical: string): readonly BucketState[] {
    const names = this.#physical.get(physical)?.logical ?? [];
    return [...names].flatMap((name) => this.#byName.get(name) ?? []);
  }

  /** The physical buckets that a bucket is in, or was in before it moved. */
  physicalOf(name: string): readonly string[] {
    return [...this.#physical].filter(([, { logical }]) => logical.has(name)).map(([physical]) => physical);
  }

  /** What a new bucket is like, which notes its places. */
  #stateOf({ name, placements = [], ...given }: EmulatorBucket, storageSince: number): BucketState {
    requireBucketName("the bucket's name", name, 50);
    const { physicalBucketName, endpoint, ...properties } = given;
    const createTime = this.#now();
    return {
      bucketAcl: "private",
      logicalBucketType: "standard",
      comment: "",
      ...defined(properties),
      createTime,
      modifyTime: createTime,
      lifecycleRules: [],
      ...this.#place(name, physicalName(name), given, storageSince),
      placements: placements.map(({ clientIps, ...other }, index) => {
        requireClientIps(clientIps);
        const byDefault = physicalName(`${name}-at-${index + 1}`);
        return { clientIps, ...this.#place(name, byDefault, other, storageSince) };
      }),
    };
  }

  #set(name: string, state: BucketState): void {
    this.#byName.set(name, state);
    if (this.#made.has(name)) this.#keep();
  }

  #keep(): void {
    const made = [...this.#made].map((name) => {
      const state = this.#find(name);
      const isHere = state.endpoint === this.#defaultEndpoint;
      return { name, state, isHere, physical: this.physicalOf(name) };
    });
    this.#file.keep(made);
  }

  /** Notes that a logical bucket is at a place. */
  #place(name: string, byDefault: string, place: EmulatorPlace, storageSince: number): Place {
    const { physicalBucketName = byDefault, endpoint = this.#defaultEndpoint } = place;
    requireBucketName("physicalBucketName", physicalBucketName, 63);
    requireHost("endpoint", endpoint);
    this.#notePhysical(physicalBucketName, name, storageSince);
    return { physicalBucketName, endpoint };
  }

  #notePhysical(physical: string, name: string, storageSince: number): void {
    const { logical = new Set<string>(), since = storageSince } = this.#physical.get(physical) ?? {};
    this.#physical.set(physical, { logical: logical.add(name), since });
  }

  #find(name: string): BucketState {
    const bucket = this.#byName.get(name);
    if (bucket !== undefined) return bucket;
    const names = [...this.#byName.keys()].map((one) => `"${one}"`).join(", ") || "none";
    throw new Error(`There is no bucket "${name}"; there is ${names}.`);
  }
}

/** Where a bucket is for a client. */
export function placeFor(bucket: BucketState, clientIp: string): Place {
  return bucket.placements.find(({ clientIps }) => includesClient(clientIps, clientIp)) ?? bucket;
}

/** A physical name: the same at every start, and another for every seed. */
function physicalName(base: string, seed = base): string {
  return `${base}-${createHash("sha256").update(seed).digest("hex").slice(0, 6)}`;
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
