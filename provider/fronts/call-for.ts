import type { Action } from "../ens/action";
import { shownParts } from "../ens/call-errors";
import { describeWait } from "../ens/describe-wait";
import type { CallSoFar } from "../ens/retry/call-so-far";
import { newCall } from "../ens/retry/call-so-far";
import { concealed, shownValue } from "../ens/text/concealed";
import { shownUrl } from "../ens/text/shown-url";
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
export interface CallOptions {
  /** What was there before, whose secrets may be told too. */
  readonly before?: GivenProperties;
  /** Says a line to the user. Default: as the session does. */
  readonly tell?: (line: string) => void;
  /** What the program leaves to others, for an update. Default: nothing. */
  readonly ignored?: ReadonlySet<string>;
}

/** What a lifecycle gets to work with these properties. */
export function callFor(
  session: Session,
  given: GivenProperties,
  { before, tell = session.options.tell, ignored = new Set() }: CallOptions = {},
): Call {
  const all = before === undefined ? [given] : [given, before];
  const texts = new Set(all.flatMap(({ properties, hidden }) => [...secretTexts(properties, hidden)]));
  const work = session.waits.begin(tell);
  /** Makes a call, and says what it waits for where that takes long. */
  const telling = <R, A>(action: Action<R, A>, request: R, make: (soFar: CallSoFar) => Promise<A>) => {
    const soFar = newCall();
    const { origin } = session.settings.credentials;
    const what = () =>
      `${action.subject(shownParts({ action, request, secrets: texts }).request)}: ${describeWait(action, soFar, origin)}`;
    return work.waitingFor(what, () => make(soFar));
  };
  return {
    get settings() {
      return session.settings;
    },
    get ens() {
      const { ens } = session;
      return {
        call: <R, A>(action: Action<R, A>, request: R) =>
          telling(action, request, (soFar) => ens.call(action, request, texts, soFar)),
      };
    },
    get objects() {
      const { objects } = session;
      return {
        call: <R extends BucketPlace, A>(action: StorageAction<R, A>, request: R) =>
          telling(action, request, (soFar) => objects.call(action, request, texts, soFar)),
        tryOnce: objects.tryOnce.bind(objects),
      };
    },
    secrets: given.secrets,
    shown: (value) => shownValue(value, texts),
    ...work,
    signal: session.options.signal,
    timing: session.timing,
    deployment: session.deployment,
    ignored,
    download: (url, path) =>
      work.waitingFor(
        () => `reading ${texts.has(url) ? concealed : shownUrl(url)}`,
        () => session.download(url, path, texts),
      ),
  };
}
