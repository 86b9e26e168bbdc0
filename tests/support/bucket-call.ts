import { setMaxListeners } from "node:events";
import type { Emulator } from "../../emulator";
import type { Download } from "../../provider/ens/download";
import { CancelledError } from "../../provider/ens/errors";
import { systemTiming } from "../../provider/ens/retry/timing";
import { connect } from "../../provider/lifecycle/connect";
import { Deployment } from "../../provider/lifecycle/deployment";
import type { Call } from "../../provider/lifecycle/lifecycle";
import { readSettings } from "../../provider/lifecycle/settings/settings";

/** What a lifecycle gets from a front, and what a test does with it. */
export interface BucketCall extends Call {
  /** What was told. */
  readonly lines: readonly string[];
  readonly download: Download;
  /** As Ctrl-C does. */
  cancel(): void;
}

/** Asks as the provider does, and quickly gives up: three seconds an attempt, and as many for all of a call. */
export function bucketCall(
  { environment }: Pick<Emulator, "environment">,
  settings: Readonly<Record<string, string>> = {},
): BucketCall {
  const values: Readonly<Record<string, string>> = {
    clientReadTimeout: "3000",
    maxRetryTimeout: "3",
    ...settings,
  };
  const lines: string[] = [];
  const cancellation = new AbortController();
  const { signal } = cancellation;
  // As the front does, since every call under way listens.
  setMaxListeners(0, signal);
  const tell = (line: string) => lines.push(line);
  const read = readSettings((key) => values[key.replace("alicloud-ens:", "")], environment);
  const { ens, objects, download } = connect(read, { tell, signal });
  return {
    settings: read,
    ens,
    objects,
    secrets: new Set(),
    ignored: new Set(),
    shown: (value) => value,
    tell,
    waitingFor: (_what, work) => work(),
    signal,
    timing: systemTiming,
    deployment: new Deployment(),
    download,
    lines,
    cancel: () => cancellation.abort(new CancelledError("Cancelled by the test.")),
  };
}
