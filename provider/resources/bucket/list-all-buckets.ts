import type { BucketInfo } from "../../ens/actions/bucket-info";
import { bucketsPerPage, listBuckets } from "../../ens/actions/list-buckets";
import { failure } from "../../lifecycle/checks";
import type { LookUpFunction } from "../../lifecycle/look-up-function";

export const listAllBuckets: LookUpFunction = {
  check: ({ prefix }) =>
    (prefix ?? undefined) === undefined || typeof prefix === "string"
      ? []
      : [failure("prefix", prefix, (came) => [`expected the beginning of names, got ${came}.`])],

  async ask({ prefix }, { ens }) {
    const found = new Map<string, BucketInfo>();
    const beginning = typeof prefix === "string" ? prefix : "";
    for (let pageNumber = 1; ; pageNumber += 1) {
      const { buckets, totalCount } = await ens.call(listBuckets, { prefix: beginning, pageNumber });
      for (const bucket of buckets) found.set(bucket.bucketName, bucket);
      if (buckets.length === 0 || pageNumber * bucketsPerPage >= totalCount) break;
    }
    const names = [...found.keys()].sort();
    return { buckets: names.map((name) => shown(found.get(name))) };
  },
};

function shown(bucket: BucketInfo | undefined): object {
  const { comment = "", ...rest } = bucket ?? {};
  return comment === "" ? rest : { ...rest, comment };
}
