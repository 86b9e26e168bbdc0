import type { Action } from "../ens/action";
import { shownValue } from "../ens/text/concealed";
import type { BucketPlace, StorageAction } from "../eos/storage-action";
import type { Call, Properties } from "../lifecycle/lifecycle";
import type { Session } from "../lifecycle/session";
import { secretTexts } from "./secret-values";

/** Properties that a front has taken apart. */
export interface GivenProperties {
  readonly properties: Properties;
  /** The inputs that are secrets as a whole. */
  readonly secrets: ReadonlySet<string>;
  /** Those, and the inputs that have a secret inside. Their values must not be shown. */
  readonly hidden: ReadonlySet<string>;
}

/** What else a call may need to know. */
interface CallOptions {
  /** What was there before, whose secrets may be told too. */
  readonly before?: GivenProperties;
  /** Says a line to the user. Default: as the session does. */
  readonly tell?: (line: string) => void;
}

/** What a lifecycle gets to work with these properties. */
export function callFor(
  session: Session,
  given: GivenProperties,
  { before, tell = session.options.tell }: CallOptions = {},
): Call {
  const all = before === undefined ? [given] : [given, before];
  const texts = new Set(all.flatMap(({ properties, hidden }) => [...secretTexts(properties, hidden)]));
  return {
    get settings() {
      return session.settings;
    },
    get ens() {
      const { ens } = session;
      return { call: <R, A>(action: Action<R, A>, request: R) => ens.call(action, request, texts) };
    },
    get objects() {
      const { objects } = session;
      return {
        call: <R extends BucketPlace, A>(action: StorageAction<R, A>, request: R) =>
          objects.call(action, request, texts),
        tryOnce: objects.tryOnce.bind(objects),
      };
    },
    secrets: given.secrets,
    shown: (value) => shownValue(value, texts),
    tell,
    signal: session.options.signal,
    timing: session.timing,
    deployment: session.deployment,
    download: (url, path) => session.download(url, path, texts),
  };
}
