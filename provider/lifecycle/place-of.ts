import { prepareUpload } from "../ens/actions/prepare-upload";
import type { BucketPlace } from "../eos/storage-action";
import type { Call } from "./lifecycle";

/** Where a bucket physically is. ENS is asked once in a deployment, and again after it failed. */
export function placeOf(bucketName: string, { ens, deployment: { places } }: Call): Promise<BucketPlace> {
  const known = places.get(bucketName);
  if (known !== undefined) return known;
  const place = ens
    .call(prepareUpload, { bucketName })
    .then(({ physicalBucketName, endpoint }) => ({ bucketName, physicalBucketName, endpoint }));
  places.set(bucketName, place);
  place.catch(() => places.delete(bucketName));
  return place;
}
