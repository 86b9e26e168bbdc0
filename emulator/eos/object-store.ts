import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../replace-file";
import { Bytes } from "./bytes";

/** What is known of an object besides its bytes. */
export interface ObjectInfo {
  readonly key: string;
  readonly size: number;
  /** In quotes, as on the wire. */
  readonly etag: string;
  /** ISO 8601 */
  readonly lastModified: string;
  /** Headers that were given with it: content type, `x-oss-meta-*` and their like. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Objects by bucket and key, for as long as the emulator is there, or in a folder where they outlive it. */
export class ObjectStore {
  readonly #folder: string | undefined;
  readonly #infos = new Map<string, Map<string, ObjectInfo>>();
  readonly #bodies = new Map<string, Bytes>();
  /** What {@link list} gave, for as long as it holds: a listing of many pages asks for it each time. */
  readonly #sorted = new Map<string, readonly ObjectInfo[]>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
    if (folder === undefined || !existsSync(folder)) return;
    // Other files in the folder are not ours.
    const buckets = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name: bucket } of buckets) {
      for (const file of readdirSync(join(folder, bucket)).filter((name) => name.endsWith(".json"))) {
        const info = JSON.parse(readFileSync(join(folder, bucket, file), "utf8")) as ObjectInfo;
        this.#bucket(bucket).set(info.key, info);
      }
    }
  }

  put(bucket: string, info: ObjectInfo, body: Bytes): void {
    this.#sorted.delete(bucket);
    if (this.#folder === undefined) {
      this.#bodies.get(bodyName(bucket, info.key))?.letGo();
      this.#bodies.set(bodyName(bucket, info.key), body);
    } else {
      mkdirSync(join(this.#folder, bucket), { recursive: true });
      // The description last: an object is there when it is.
      const path = this.#path(bucket, info.key, "bin");
      body.writeTo(`${path}.new`);
      renameSync(`${path}.new`, path);
      body.letGo();
      replaceFile(this.#path(bucket, info.key, "json"), JSON.stringify(info));
    }
    this.#bucket(bucket).set(info.key, info);
  }

  find(bucket: string, key: string): ObjectInfo | undefined {
    return this.#bucket(bucket).get(key);
  }

  body(bucket: string, key: string): Bytes {
    if (this.#folder === undefined) return this.#bodies.get(bodyName(bucket, key)) ?? new Bytes([]);
    const length = this.find(bucket, key)?.size ?? 0;
    return new Bytes([{ path: this.#path(bucket, key, "bin"), length }]);
  }

  remove(bucket: string, key: string): void {
    if (!this.#bucket(bucket).delete(key)) return;
    this.#sorted.delete(bucket);
    this.#bodies.get(bodyName(bucket, key))?.letGo();
    this.#bodies.delete(bodyName(bucket, key));
    if (this.#folder === undefined) return;
    for (const kind of ["json", "bin"] as const) rmSync(this.#path(bucket, key, kind), { force: true });
  }

  /** The objects of a bucket, sorted by key. */
  list(bucket: string): readonly ObjectInfo[] {
    const sorted =
      this.#sorted.get(bucket) ?? [...this.#bucket(bucket).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
    this.#sorted.set(bucket, sorted);
    return sorted;
  }

  #bucket(name: string): Map<string, ObjectInfo> {
    const bucket = this.#infos.get(name) ?? new Map<string, ObjectInfo>();
    this.#infos.set(name, bucket);
    return bucket;
  }

  /** Keys can be longer than file names, and mean other files. */
  #path(bucket: string, key: string, kind: "json" | "bin"): string {
    return join(this.#folder ?? "", bucket, `${createHash("sha256").update(key).digest("hex")}.${kind}`);
  }
}

function bodyName(bucket: string, key: string): string {
  return `${bucket}/${key}`;
}
