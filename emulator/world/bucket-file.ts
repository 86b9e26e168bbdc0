import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../replace-file";
import type { BucketState } from "./bucket-state";

/** A bucket that PutBucket made. */
export interface KeptBucket {
  readonly name: string;
  readonly state: BucketState;
  /** Whether it is on the emulator's own storage, whose port may be another one next time. */
  readonly isHere: boolean;
  /** All physical buckets that it is or was in. */
  readonly physical: readonly string[];
}

/** Keeps the buckets that PutBucket made beside their objects, so that they too outlive the emulator. */
export class BucketFile {
  readonly #path: string | undefined;
  /** Those of the last emulator that had the folder. */
  readonly found: readonly KeptBucket[];

  /** Without a folder nothing is kept. */
  constructor(folder: string | undefined) {
    this.#path = folder === undefined ? undefined : join(folder, "buckets.json");
    this.found = this.#path !== undefined && existsSync(this.#path) ? read(this.#path) : [];
  }

  keep(buckets: readonly KeptBucket[]): void {
    if (this.#path !== undefined) replaceFile(this.#path, `${JSON.stringify({ buckets }, undefined, 2)}\n`);
  }
}

function read(path: string): readonly KeptBucket[] {
  try {
    const { buckets } = JSON.parse(readFileSync(path, "utf8")) as { readonly buckets: readonly KeptBucket[] };
    return buckets.map(({ state, ...others }) => {
      const { createTime, modifyTime } = state;
      return {
        ...others,
        state: { ...state, createTime: new Date(createTime), modifyTime: new Date(modifyTime) },
      };
    });
  } catch (error) {
    throw new Error(`${path} is not what an emulator wrote; remove it`, { cause: error });
  }
}
