import { randomBytes } from "node:crypto";
import { ApiError, EnsError } from "../../../provider/ens/errors";
import type { KeySource } from "../../../provider/ens/keys";
import { deleteObject } from "../../../provider/eos/actions/delete-object";
import { headObject } from "../../../provider/eos/actions/head-object";
import { putObject } from "../../../provider/eos/actions/put-object";
import { bytesContent } from "../../../provider/eos/content";
import type { ObjectStorage } from "../../../provider/eos/object-storage";
import type { BucketPlace } from "../../../provider/eos/storage-action";
import { ofError } from "../details";
import { type Finding, ok, problem } from "../finding";

/** Puts a small object of its own into the bucket, reads what is there, and deletes it. */
export async function checkWrite(
  place: BucketPlace,
  { objects, keys }: { readonly objects: ObjectStorage; readonly keys: KeySource },
  timeout: number,
): Promise<Finding> {
  const failed = (what: string, error: unknown) => failure(what, error, keys);
  const { bucketName, physicalBucketName, endpoint } = place;
  const key = `doctor-${randomBytes(12).toString("hex")}.txt`;
  const object = { bucketName, physicalBucketName, endpoint, key };
  const content = bytesContent(Buffer.from("Written by pulumi-alicloud-ens doctor --write.\n"));
  let etag: string;
  try {
    ({ etag } = await objects.call(putObject, { ...object, content, contentType: "text/plain" }));
  } catch (error) {
    // Only of what was refused is it sure that nothing was put.
    if (!ApiError.isInstance(error)) await objects.tryOnce(deleteObject, object, timeout);
    return failed("no object can be put", error);
  }
  const read = await attempt(async () => {
    const found = await objects.call(headObject, object);
    if (found?.etag === etag && found.size === content.size) return;
    const came = found === undefined ? "no object" : "another one";
    throw new EnsError(`${bucketName} has ${came} where ${key} was put. Run the command again.`);
  });
  const deleted = await attempt(() => objects.call(deleteObject, object));
  if (deleted.error !== undefined)
    return failed(`the object ${key} cannot be deleted, and stays`, deleted.error);
  if (read.error !== undefined) return failed("an object that was put cannot be read", read.error);
  return ok("write", `an object was put into ${bucketName}, read and deleted`);
}

async function attempt(work: () => Promise<void>): Promise<{ readonly error?: unknown }> {
  try {
    await work();
    return {};
  } catch (error) {
    return { error };
  }
}

function failure(what: string, error: unknown, keys: KeySource): Finding {
  if (!EnsError.isInstance(error)) throw error;
  // An error of the base class is the check's own, and says all in its message.
  const kind = error.kind === EnsError.kind ? "" : ` (${error.kind})`;
  const why = ApiError.isInstance(error) ? ` (${error.code})` : kind;
  return problem("write", `${what}${why}`, error.message, { details: ofError(error, keys) });
}
