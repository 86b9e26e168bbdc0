import { isIP } from "node:net";
import type { EmulatorAccount } from "../options";
import { Refusal } from "../refusal";
import type { World } from "../world/world";
import type { Call } from "./call";
import { missing } from "./missing";

/** PrepareUpload: where a bucket is for the client that will upload. */
export function prepareUpload(
  call: Pick<Call, "parameter" | "peer">,
  account: EmulatorAccount,
  world: World,
): Record<string, string> {
  const wait = world.quota.take();
  if (wait > 0) {
    throw new Refusal("Throttling.User", world.quotaStatus, "Request was denied due to user flow control.", {
      "x-acs-retry-after": String(wait),
    });
  }
  const bucketName = call.parameter("BucketName");
  const clientIp = call.parameter("ClientIp");
  if (!bucketName) throw missing("BucketName");
  checkAccount(account);
  if (!/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(bucketName)) {
    throw new Refusal("InvalidBucketName", 400, "Specified parameter BucketName is not valid");
  }
  if (clientIp !== undefined && isIP(clientIp) === 0) {
    throw new Refusal("InvalidClientIp", 400, "Specified parameter ClientIp is not valid");
  }
  const place = world.buckets.placeFor(bucketName, clientIp ?? call.peer);
  if (place === undefined) throw new Refusal("NoSuchBucket", 404, "The specified bucket does not exist.");
  return { BucketName: place.physicalBucketName, Endpoint: place.endpoint };
}

function checkAccount({ status }: EmulatorAccount): void {
  switch (status) {
    case "noPermission":
      throw new Refusal("NoPermission", 400, "Permission denied.");
    case "accessDenied":
      throw new Refusal(
        "AccessDenied",
        403,
        "Auth is not valid. This account does not have access permissions.",
      );
    case "arrears":
      throw new Refusal("UserDisable", 403, "The user has been disabled due to arrears.");
  }
}
