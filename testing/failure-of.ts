import type { AsyncLocalStorage } from "node:async_hooks";
import { ProgramError } from "../provider/ens/errors";
import { serializedPlaceholder } from "../provider/resource/ens-resource";
import { promiseOf } from "./promise-of";

/** By a name that a second copy of this module knows too, since runners can load modules again for a test. */
const failed: unique symbol = Symbol.for("pulumi-alicloud-ens.failed");

/** The part of what Pulumi keeps of a program that concerns this file. */
interface ProgramState {
  /** Ends when all registrations have ended that have begun so far. */
  readonly settings: { readonly rpcDone: Promise<unknown> };
  readonly leakCandidates: ReadonlySet<unknown>;
  readonly [failed]?: (error: Error) => void;
}

/** Where every copy of Pulumi's SDK keeps it. */
const globals = globalThis as unknown as {
  readonly globalStore: ProgramState | undefined;
  readonly asyncLocalStorage: AsyncLocalStorage<ProgramState>;
};

/**
 * What fails where a program makes resources, for a test that expects it: the error of the first resource that
 * {@link ensMocks} refuse, or what `make` throws. Await it in any test runner: nothing is left that rejects, as the
 * outputs of a resource that failed otherwise do, and tests that follow are not touched. In these mocks what failed
 * never ends, nor what depends on it.
 *
 * @param make - Makes the resources, or imports the program that does. It may be asynchronous.
 * @returns The error, in the provider's words.
 * @throws Error when nothing fails.
 * @throws ProgramError when `make` is not a function, or no mocks are set.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import * as ens from "pulumi-alicloud-ens";
 * import { failureOf } from "pulumi-alicloud-ens/testing";
 *
 * export async function isRefused(bucketName: string) {
 *   const { message } = await failureOf(() => new ens.PreparedUpload("media", { bucketName }));
 *   assert.match(message, /NoSuchBucket/);
 * }
 * ```
 */
export async function failureOf(make: () => unknown): Promise<Error> {
  if (typeof make !== "function") {
    throw new ProgramError(
      "failureOf takes a function that makes what is to fail: `failureOf(() => new Media(…))`.",
    );
  }
  const outer = current();
  if (outer === undefined) {
    throw new ProgramError("failureOf needs mocks: call `pulumi.runtime.setMocks(ensMocks(…))` before it.");
  }
  return new Promise((resolve, reject) => {
    // A state of its own, so that Pulumi does not wait for what never ends, nor call it a leak when the tests end.
    const state = {
      ...outer,
      settings: { ...outer.settings, rpcDone: Promise.resolve() },
      leakCandidates: new Set(),
      [failed]: resolve,
    };
    const made = globals.asyncLocalStorage.run(state, async () => {
      await promiseOf(await make());
      await registrations(state);
    });
    made.then(
      () => reject(new Error(nothingFailed)),
      async (error) => {
        await promiseOf(serializedPlaceholder());
        resolve(error);
      },
    );
  });
}

const nothingFailed =
  "Nothing failed: all resources were made. An upload fails for a bucket that `buckets` of ensMocks does not have.";

/** What mocks answer; never, if it is a failure that {@link failureOf} waits for. */
export async function unlessExpected<T>(answer: Promise<T>): Promise<T> {
  const fail = current()?.[failed];
  if (fail === undefined) return answer;
  return answer.catch((error) => {
    fail(error);
    return new Promise(() => {});
  });
}

function current(): ProgramState | undefined {
  return globals.asyncLocalStorage.getStore() ?? globals.globalStore;
}

/** Waits for all that a program registers, also for what it registers meanwhile. */
async function registrations({ settings }: ProgramState): Promise<void> {
  for (let seen: unknown; seen !== settings.rpcDone; ) {
    seen = settings.rpcDone;
    await seen;
  }
}
