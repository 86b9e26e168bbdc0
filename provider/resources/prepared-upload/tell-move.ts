import type { Call } from "../../lifecycle/lifecycle";
import { placeText } from "../prepared-uploads/place";
import type { PreparedUploadState } from "./lifecycle";

type Where = Pick<PreparedUploadState, "bucketName" | "physicalBucketName" | "endpoint">;

/** Says from where to where, when the answer is another place: without `--diff`, Pulumi shows only that it changed. */
export function tellMove(before: Where, now: Where, { shown, tell }: Pick<Call, "shown" | "tell">): void {
  const from = placeText(before);
  const to = placeText(now);
  if (from === to) return;
  const { bucketName, physicalBucketName, endpoint } = before;
  const isSecret = [bucketName, physicalBucketName, endpoint].some((text) => shown(text) !== text);
  tell(`${shown(now.bucketName)}: moved ${isSecret ? "to another place" : `from ${from} to ${to}`}`);
}
