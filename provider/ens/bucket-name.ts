const edge = "[a-z0-9]";

const logical = new RegExp(`^${edge}[a-z0-9-]{1,48}${edge}$`);
const physical = new RegExp(`^${edge}[a-z0-9-]{1,61}${edge}$`);

/** The rule of EOS for logical buckets, in words. */
export const bucketNameRule =
  "3 to 50 characters, lowercase letters, digits and hyphens, not beginning or ending with a hyphen";

/** Whether `name` can be a logical EOS bucket. */
export function isBucketName(name: string): boolean {
  return logical.test(name);
}

/** Whether `name` can be a physical bucket. OSS's rule: a logical name with a suffix can be longer than EOS's 50. */
export function isPhysicalBucketName(name: string): boolean {
  return physical.test(name);
}
