import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { NotSettled, untilTwoAgree } from "../../lifecycle/until-two-agree";
import { listed } from "./look";

/** The edge node of a bucket that is there; nothing where the list of buckets does not have it in time. */
export async function nodeOf(bucketName: string, call: Call): Promise<Awaited<ReturnType<typeof listed>>> {
  const value = await listed(bucketName, call);
  if (value !== undefined) return value;
  const reading = {
    read: () => listed(bucketName, call),
    isExpected: (node: typeof value) => node !== undefined,
    subject: bucketSubject(bucketName, call),
    goal: "lists the bucket",
  };
  return untilTwoAgree(reading, call, { value }).catch((error) => {
    if (!(error instanceof NotSettled)) throw error;
    return undefined;
  });
}
