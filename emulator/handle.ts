import type { EmulatorAccount, EmulatorBucket, EmulatorFault, EmulatorPlace, EmulatorRules } from "./options";
import type { BucketState } from "./world/bucket-state";
import type { SeenRequest } from "./world/seen-request";

/** A running emulator. */
export interface Emulator {
  /** Where the API listens, e.g. `http://127.0.0.1:40123`; give it to the setting `alicloud-ens:endpoint`. */
  readonly url: string;
  /** The port of {@link url}. */
  readonly port: number;
  /** What PrepareUpload answers as endpoint, unless a bucket has its own, e.g. `localhost:40123`. */
  readonly objectEndpoint: string;
  /** The environment variables that point clients here: endpoint, access key and secret of the first account. */
  readonly environment: Readonly<Record<string, string>>;
  /** The logical buckets and where they are now, without any lag. */
  readonly buckets: ReadonlyMap<string, BucketState>;
  /** The requests answered so far, oldest first. */
  readonly requests: readonly SeenRequest[];
  /** How many connections were opened to it so far. */
  readonly connections: number;
  /** Forgets the requests answered so far. */
  clearRequests(): void;
  /** Adds a bucket, or replaces the one of the same name. */
  addBucket(bucket: string | EmulatorBucket): BucketState;
  /** Deletes a logical bucket: PrepareUpload answers `NoSuchBucket`. Objects stay. */
  removeBucket(name: string): void;
  /** Moves a bucket, by default to a new physical one on the emulator's own storage. Its placements stay. */
  move(name: string, to?: EmulatorPlace): BucketState;
  /** Changes the rules that are named, from now on: a lag counts for what is changed later. */
  setRules(changes: EmulatorRules): void;
  /** Adds an account, or changes the one with the same access key. */
  setAccount(account: EmulatorAccount): void;
  /**
   * Shows a fault in place of the next answer of a service, or of the next `times`.
   *
   * @throws When the service has no such action.
   */
  fail(fault: EmulatorFault): void;
  /** Forgets the faults not shown yet. */
  clearFaults(): void;
  /** Closes all connections and the port. */
  stop(): Promise<void>;
}
