import { ApiError } from "../../ens/errors";
import type { ListedUpload, UploadId } from "../../eos/actions/list-uploads";
import { listUploads } from "../../eos/actions/list-uploads";
import type { Page } from "../../eos/listing";
import type { BucketPlace } from "../../eos/storage-action";
import type { Call } from "../../lifecycle/lifecycle";

/** A page of a bucket's unfinished uploads. Whether EOS can list them is not documented; if not, there are none to see. */
export async function listAnyUploads(
  place: BucketPlace,
  { objects }: Pick<Call, "objects">,
  marker?: UploadId,
): Promise<Page<ListedUpload, UploadId>> {
  try {
    return await objects.call(listUploads, { ...place, ...(marker !== undefined ? { marker } : {}) });
  } catch (error) {
    if (!ApiError.isInstance(error) || error.reason !== "noSuchAction") throw error;
    return { items: [], listedAt: 0 };
  }
}
