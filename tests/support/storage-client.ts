import { defaultAccount } from "../../emulator";
import type { KeySource, Keys } from "../../provider/ens/keys";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { StorageClient } from "../../provider/eos/storage-client";
import { Lookup } from "../../provider/lifecycle/settings/lookup";

/** What a test of the client changes. */
interface Change {
  readonly keys?: KeySource;
  readonly timeoutMs?: number;
  readonly budgetMs?: number;
  readonly slots?: Slots;
  readonly cancelled?: AbortSignal;
  readonly tell?: (line: string) => void;
}

export const neverCancelled = new AbortController().signal;

/** A client of the object storage, with times that fit a test. */
export function storageClient({
  keys = fixedKeys(defaultAccount),
  timeoutMs = 3000,
  budgetMs = 5000,
  slots = new Slots(8),
  cancelled = neverCancelled,
  tell = () => {},
}: Change = {}): StorageClient {
  return new StorageClient({
    keys,
    timeoutMs,
    transport: { agents: new Agents({ except: "" }), cancelled },
    retry: { budgetMs, slots, timing: systemTiming, tell, cancelled },
    howToSet: new Lookup(() => undefined, {}).howToSet,
  });
}

export function fixedKeys(keys: Keys): KeySource {
  return { origin: "the test", getKeys: async () => keys };
}

/** Keys with what URLs, XML and paths take for something else. XML cannot carry the last one. */
export const oddKeys = [
  "a b",
  "a+b",
  "a%20b",
  "%",
  "a&b<c>\"'",
  "&amp;",
  " begins and ends ",
  "😀/ü/編",
  "e\u0301",
  "tab\tnew\nline\rreturn",
  "a?b#c",
  "a/../b",
  "..",
  "../leading",
  "/slash",
  "\u0001\u001f",
];
