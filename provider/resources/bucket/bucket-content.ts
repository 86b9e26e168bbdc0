/** How much a bucket has. */
export interface BucketContent {
  readonly objects: number;
  /** Uploads in parts that are not finished. */
  readonly uploads: number;
}

/** `1500 objects and 1 unfinished upload`; of none, nothing is said, unless there is nothing else. */
export function contentInWords({ objects, uploads }: BucketContent): string {
  const ofUploads = uploads === 0 ? [] : [counted(uploads, "unfinished upload")];
  const ofObjects = objects === 0 && uploads > 0 ? [] : [counted(objects, "object")];
  return [...ofObjects, ...ofUploads].join(" and ");
}

export function counted(count: number, name: string): string {
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
