import type { BucketState } from "./bucket-state";
import type { Rules } from "./rules";

/** What an action sees of a bucket. `undefined`: there is no such bucket. `null`: one that has nothing left but its name. */
export type Seen = BucketState | null | undefined;

/** What a replica makes of a bucket as it is now. */
type View = (now: BucketState | undefined) => Seen;

/** A change that not every replica has noticed. */
interface Change {
  readonly until: number;
  /** Those of the replicas, which take turns. */
  readonly views: readonly View[];
  /** How often each action has asked since. */
  readonly asked: Map<string, number>;
}

/** The replicas that answer for EOS. For a while after a change they disagree; who answers is by count, not by chance. */
export class Replicas {
  readonly #changes = new Map<string, readonly Change[]>();
  readonly #now: () => Date;
  readonly #rules: Rules;

  constructor(now: () => Date, rules: Rules) {
    this.#now = now;
    this.#rules = rules;
  }

  created(name: string): void {
    this.#note(name, this.#rules.lag.createMs, [() => undefined, (now) => now]);
  }

  changed(name: string, { bucketAcl, comment, modifyTime }: BucketState): void {
    const before: View = (now) => now && { ...now, bucketAcl, comment, modifyTime };
    this.#note(name, this.#rules.lag.changeMs, [before, (now) => now]);
  }

  deleted(name: string, bucket: BucketState): void {
    const before = () => bucket;
    this.#note(name, this.#rules.lag.deleteMs, [() => null, before, () => undefined, before]);
  }

  forget(name: string): void {
    this.#changes.delete(name);
  }

  /** The buckets that the replicas disagree about. */
  get disputed(): readonly string[] {
    return [...this.#changes.keys()].filter((name) => this.#oldest(name) !== undefined);
  }

  /** What the next replica that answers for an action sees of a bucket. */
  see(name: string, now: BucketState | undefined, action: string): Seen {
    const change = this.#oldest(name);
    if (change === undefined) return now;
    const { views, asked } = change;
    const turn = asked.get(action) ?? 0;
    asked.set(action, turn + 1);
    return views[turn % views.length]?.(now);
  }

  #note(name: string, lagMs: number, views: readonly View[]): void {
    const until = this.#now().getTime() + lagMs;
    this.#changes.set(name, [...(this.#changes.get(name) ?? []), { until, views, asked: new Map() }]);
  }

  /** The oldest change of a bucket that not every replica has noticed. */
  #oldest(name: string): Change | undefined {
    const now = this.#now().getTime();
    const left = (this.#changes.get(name) ?? []).filter(({ until }) => until > now);
    if (left.length === 0) this.forget(name);
    else this.#changes.set(name, left);
    return left[0];
  }
}
