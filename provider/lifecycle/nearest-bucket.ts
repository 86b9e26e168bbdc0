import { bucketsPerPage, listBuckets } from "../ens/actions/list-buckets";
import { ApiError, explanationOf, hasReason } from "../ens/errors";
import { nearestWithin } from "../ens/text/nearest-name";
import type { Call } from "./lifecycle";

/** How long the names of the account's buckets are waited for, in milliseconds. The error is there already. */
const longest = 2000;

/** Of an account with more buckets, only so many pages are read. */
const mostPages = 3;

/**
 * Asks for a bucket that must be there. Where the account has none of its name and one that was probably meant, the error
 * names that. A name that is a secret is compared with none: the nearest would tell it.
 */
export async function namingNearest<T>(work: () => Promise<T>, call: Call): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!hasReason(error, "noSuchBucket")) throw error;
    const { bucketName } = error;
    if (bucketName === undefined || call.secrets.has("bucketName")) throw error;
    const nearest = nearestBucket(bucketName, await bucketNames(call));
    if (nearest === undefined) throw error;
    const { what, remedy } = explanationOf(error.message);
    throw new ApiError({ what, remedy: `Did you mean ${nearest}? ${remedy}` }, error);
  }
}

/** The bucket that was probably meant: a slip of the hand, or the physical name in place of the logical one. */
function nearestBucket(name: string, names: readonly string[]): string | undefined {
  const logical = names.find(
    (one) => name.startsWith(`${one}-`) && /^[a-z0-9]{4,12}$/.test(name.slice(one.length + 1)),
  );
  return logical ?? nearestWithin(name, names, name.length < 6 ? 1 : 2);
}

/** Those of the account, listed once in a deployment; none where that is refused, fails or takes long. */
async function bucketNames(call: Call): Promise<readonly string[]> {
  const { deployment, timing } = call;
  deployment.bucketNames ??= listNames(call).catch(() => []);
  const done = new AbortController();
  const tooLong = timing.sleep(longest, done.signal).then(() => []);
  return Promise.race([deployment.bucketNames, tooLong]).finally(() => done.abort());
}

async function listNames({ ens }: Call): Promise<readonly string[]> {
  const names: string[] = [];
  for (let pageNumber = 1; pageNumber <= mostPages; pageNumber += 1) {
    const { buckets, totalCount } = await ens.call(listBuckets, { prefix: "", pageNumber });
    names.push(...buckets.map(({ bucketName }) => bucketName));
    if (buckets.length === 0 || pageNumber * bucketsPerPage >= totalCount) break;
  }
  return names;
}
