import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../replace-file";

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

/** Objects by bucket and key: in memory, or in a folder where they outlive the emulator. */
export class ObjectStore {
  readonly #folder: string | undefined;
  readonly #infos = new Map<string, Map<string, ObjectInfo>>();
  readonly #bodies = new Map<string, Buffer>();

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

  put(bucket: string, info: ObjectInfo, body: Buffer): void {
    if (this.#folder === undefined) {
      this.#bodies.set(bodyName(bucket, info.key), body);
    } else {
      mkdirSync(join(this.#folder, bucket), { recursive: true });
      // The description last: an object is there when it is.
      replaceFile(this.#path(bucket, info.key, "bin"), body);
      replaceFile(this.#path(bucket, info.key, "json"), JSON.stringify(info));
    }
    this.#bucket(bucket).set(info.key, info);
  }

  find(bucket: string, key: string): ObjectInfo | undefined {
    return this.#bucket(bucket).get(key);
  }

  body(bucket: string, key: string): Buffer {
    return this.#folder === undefined
      ? (this.#bodies.get(bodyName(bucket, key)) ?? Buffer.alloc(0))
      : readFileSync(this.#path(bucket, key, "bin"));
  }

  remove(bucket: string, key: string): void {
    if (!this.#bucket(bucket).delete(key)) return;
    this.#bodies.delete(bodyName(bucket, key));
    if (this.#folder === undefined) return;
    for (const kind of ["json", "bin"] as const) rmSync(this.#path(bucket, key, kind), { force: true });
  }

  /** The objects of a bucket, sorted by key. */
  list(bucket: string): readonly ObjectInfo[] {
    return [...this.#bucket(bucket).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
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
