/** A request about one logical bucket. */
export interface NamedBucket {
  readonly bucketName: string;
}

/** What the actions on a bucket have in common. RAM has no resource smaller than all buckets. */
export const onBucket = {
  ramResource: () => "*",
  subject: ({ bucketName }: NamedBucket) => `bucket "${bucketName}"`,
};

/** The parameter of the API. */
export function bucketParameter({ bucketName }: NamedBucket): { readonly BucketName: string } {
  return { BucketName: bucketName };
}
