import assert from "node:assert/strict";
import { EnsError } from "../../../provider/ens/errors";
import type { ListObjectsRequest } from "../../../provider/eos/actions/list-objects";
import { pageSize } from "../../../provider/eos/listing";
import { Deployment } from "../../../provider/lifecycle/deployment";
import type { Call } from "../../../provider/lifecycle/lifecycle";
import { emptyBucket } from "../../../provider/resources/bucket/empty-bucket";
import { failing } from "../../support/failing";
import { VirtualTime } from "../../support/virtual-time";

/** Milliseconds a request takes. */
const takes = 40;

/** A storage in virtual time. Keys are in the order in which they are put. */
class FakeStorage {
  readonly time = new VirtualTime();
  readonly lines: string[] = [];
  /** How often each action was called. */
  readonly calls: Record<string, number> = {};
  readonly #objects = new Map<string, { readonly since: number; deletedAt?: number }>();
  readonly #lag: number;
  /** Called before each request. */
  onRequest = () => {};
  #put = 0;

  /** @param lag - For how many milliseconds a listing still shows what was deleted. */
  constructor(lag = 0) {
    this.#lag = lag;
  }

  put(count: number): void {
    for (let n = 0; n < count; n += 1) {
      this.#put += 1;
      this.#objects.set(String(this.#put).padStart(9, "0"), { since: this.time.now() });
    }
  }

  get left(): number {
    return [...this.#objects.values()].filter(({ deletedAt }) => deletedAt === undefined).length;
  }

  /** Empties it, for a program whose bucket is a secret where `shown` says so. */
  async empty(shown = (value: string) => value): Promise<void> {
    const call = {
      ens: { call: async () => ({ physicalBucketName: "media-1", endpoint: "eos.example.test" }) },
      objects: { call: (action: { name: string }, request: object) => this.#answer(action.name, request) },
      shown,
      tell: (line: string) => this.lines.push(line),
      signal: new AbortController().signal,
      timing: this.time,
      deployment: new Deployment(),
    } as unknown as Call;
    await this.time.run(emptyBucket("media", call));
  }

  async #answer(name: string, request: object): Promise<unknown> {
    this.calls[name] = (this.calls[name] ?? 0) + 1;
    this.onRequest();
    await this.time.sleep(takes);
    switch (name) {
      case "ListObjects":
        return this.#list(request as ListObjectsRequest);
      case "ListMultipartUploads":
        return { items: [], listedAt: this.time.now() };
      case "DeleteMultipleObjects":
        for (const key of (request as { readonly keys: readonly string[] }).keys) {
          const found = this.#objects.get(key);
          if (found !== undefined) found.deletedAt ??= this.time.now();
          if (this.#lag === 0) this.#objects.delete(key);
        }
        return undefined;
      default:
        throw new Error(`${name} is not known here`);
    }
  }

  #list({ marker = "" }: ListObjectsRequest) {
    const now = this.time.now();
    const all = [...this.#objects]
      .filter(([key, { deletedAt = now }]) => key > marker && deletedAt + this.#lag >= now)
      .map(([key, { since }]) => ({ key, since }));
    const items = all.slice(0, pageSize);
    const next = items.at(-1)?.key;
    return { items, listedAt: now, ...(all.length > pageSize && next !== undefined ? { next } : {}) };
  }
}

describe("a bucket that is emptied", () => {
  it("tells every three seconds how much was deleted", async () => {
    const storage = new FakeStorage();
    storage.put(70_000);
    await storage.empty();
    assert.equal(storage.left, 0);
    // 80 ms for a thousand.
    assert.deepEqual(storage.lines, ["media: 37000 objects deleted"]);
    assert.deepEqual(storage.calls, {
      ListObjects: 71,
      DeleteMultipleObjects: 70,
      ListMultipartUploads: 2,
    });
  });

  it("is not named in a line or an error where its name is a secret", async () => {
    const storage = new FakeStorage();
    storage.put(50_000);
    storage.onRequest = () => storage.put(1);
    const error = await failing(storage.empty((value) => (value === "media" ? "[secret]" : value)));
    assert.match(error.message, /^\[secret\] is not empty/);
    assert.match(storage.lines[0] ?? "", /^\[secret\]: \d+ objects deleted$/);
    assert.doesNotMatch([error.message, ...storage.lines].join("\n"), /media\b(?!-)/);
  });

  it("ends after five rounds where somebody writes all the time", async () => {
    const storage = new FakeStorage();
    storage.put(2500);
    storage.onRequest = () => storage.put(3);
    const error = await failing(storage.empty());
    assert.equal(error.constructor, EnsError);
    assert.match(
      error.message,
      /^media is not empty, since others still write to it: 25\d\d objects were deleted in 5 rounds, and the last listing still showed \d+ objects\.\sStop what writes to the bucket, then run the command again\./,
    );
    assert.ok(storage.time.now() < 10_000);
  });

  it("ends also where somebody writes faster than it deletes, behind all that is there", async () => {
    const storage = new FakeStorage();
    storage.put(10_000);
    storage.onRequest = () => storage.put(600);
    const error = await failing(storage.empty());
    assert.match(error.message, /the last listing still showed at least 1000 objects\./);
    const [, deleted = ""] = /(\d+) objects were deleted/.exec(error.message) ?? [];
    assert.ok(Number(deleted) >= 10_000, "what was there before is deleted");
    assert.ok(storage.time.now() < 60_000, `${storage.time.now()} ms`);
  });

  it("is empty where somebody stops writing", async () => {
    const storage = new FakeStorage();
    storage.put(2500);
    storage.onRequest = () => {
      if (storage.time.now() < 1500) storage.put(3);
    };
    await storage.empty();
    assert.equal(storage.left, 0);
  });

  it("is empty although listings still show for a while what was deleted", async () => {
    const storage = new FakeStorage(2000);
    storage.put(1500);
    await storage.empty();
    assert.equal(storage.left, 0);
  });
});
