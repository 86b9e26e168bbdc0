import { putBucketAcl } from "../../ens/actions/put-bucket-acl";
import { updateBucketInfo } from "../../ens/actions/update-bucket-info";
import { CancelledError, EnsError, withDocsLink } from "../../ens/errors";
import { bucketSubject } from "../../lifecycle/bucket-subject";
import type { Call } from "../../lifecycle/lifecycle";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { NotSettled, untilTwoAgree } from "../../lifecycle/until-two-agree";
import { isLeftToOthers } from "./left-to-others";
import { look } from "./look";
import { nodeOf } from "./node-of";
import type { BucketState } from "./properties";
import { putRules } from "./rules";
import { whileRefused } from "./while-refused";

/** A bucket that is there, and what it shall be. */
export interface Bringing {
  readonly id: string;
  /** What it is now; ENS may not show it yet. */
  readonly there: BucketState;
  /** Whether it was just made. */
  readonly isNew: boolean;
  readonly wanted: BucketState;
}

/**
 * Changes what can be changed of a bucket, and waits until ENS shows it. One thing that fails does not keep the others
 * from being done.
 *
 * @throws PartialFailure with the state reached
 */
export async function bring({ id, there, isNew, wanted }: Bringing, call: Call): Promise<BucketState> {
  let reached = there;
  const reasons: string[] = [];
  const ofAll = ofAllReplicas(wanted.bucketName, call);
  const steps = [
    async () => {
      if (reached.bucketAcl === wanted.bucketAcl) return;
      await ofAll.ens.call(putBucketAcl, { bucketName: wanted.bucketName, bucketAcl: wanted.bucketAcl });
      reached = { ...reached, bucketAcl: wanted.bucketAcl };
    },
    async () => {
      if (reached.comment === wanted.comment) return;
      const comment = wanted.comment ?? "";
      await ofAll.ens.call(updateBucketInfo, { bucketName: wanted.bucketName, comment });
      reached = withComment(reached, wanted.comment);
    },
    async () => {
      if (isNew || reached !== there) await untilShown(reached, isNew, call);
    },
    async () => {
      if (wanted.lifecycleRules === undefined || isLeftToOthers("lifecycleRules", call)) return;
      const { rules, failures } = await putRules(wanted.bucketName, wanted.lifecycleRules, ofAll);
      reached = { ...reached, lifecycleRules: rules };
      reasons.push(...failures);
    },
    async () => {
      if (isNew && reached.ensRegionId === undefined)
        reached = { ...reached, ...(await nodeOf(wanted.bucketName, call)) };
    },
  ];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      if (!EnsError.isInstance(error)) throw error;
      const isCancelled = CancelledError.isInstance(error);
      reasons.push(isCancelled ? cancelled(isNew, wanted, call) : error.message);
      // What ENS does not show yet would be refused, as if there were no such bucket.
      if (isCancelled || (isNew && error instanceof NotSettled)) break;
    }
  }
  if (reasons.length > 0) throw new PartialFailure(id, reached, reasons);
  return reached;
}

function withComment({ comment: _, ...others }: BucketState, comment: string | undefined): BucketState {
  return comment === undefined ? others : { ...others, comment };
}

/**
 * Calls ENS for a bucket that is there. A replica may not know it yet, also when others have shown it twice, so it is asked
 * again where it says that there is none.
 */
function ofAllReplicas(bucketName: string, call: Call): Call {
  const refused = { reason: "noSuchBucket", bucketName, goal: "knows it everywhere" } as const;
  return {
    ...call,
    ens: { call: (...asked) => whileRefused(refused, () => call.ens.call(...asked), call) },
  };
}

function cancelled(isNew: boolean, { bucketName }: BucketState, { shown }: Call): string {
  const what = `The deployment was cancelled. Bucket "${shown(bucketName)}" was ${isNew ? "made" : "changed"} as far as state says.`;
  return withDocsLink({ what, remedy: "Run the command again to go on." }, "CancelledError");
}

async function untilShown(reached: BucketState, isNew: boolean, call: Call): Promise<void> {
  const { bucketName, bucketAcl, comment = "" } = reached;
  const { settings, shown } = call;
  const what = isNew ? "the new bucket" : "what was changed";
  const reading = {
    read: () => look(bucketName, call),
    isExpected: (info: Awaited<ReturnType<typeof look>>) =>
      info?.bucketAcl === bucketAcl && info.comment === comment,
    subject: bucketSubject(bucketName, call),
    goal: `shows ${what}`,
  };
  try {
    await untilTwoAgree(reading, call);
  } catch (error) {
    if (!(error instanceof NotSettled)) throw error;
    throw new NotSettled({
      what:
        `Bucket "${shown(bucketName)}" was ${isNew ? "made" : "changed"}, but after ${settings.consistencyTimeout} s ENS does ` +
        `not show ${what} in two answers in a row. It is in state.`,
      remedy: `Run \`pulumi up\` again to go on, or allow more time: ${settings.howToSet({ consistencyTimeout: 600 })}.`,
    });
  }
}
