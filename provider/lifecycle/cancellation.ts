import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";
import { CancelledError } from "../ens/errors";

const cancel = new AbortController();
// Every call under way listens; Node would warn the user of more than ten.
setMaxListeners(0, cancel.signal);

/** Aborts, with a {@link CancelledError}, when Pulumi calls the deployment off. */
export function cancellation(): AbortSignal {
  return cancel.signal;
}

/** The part of `@grpc/grpc-js` that finds what answers a request. */
interface Dispatcher {
  _retrieveHandler?: (path: string) => unknown;
}

const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

/**
 * Listens for the engine's `Cancel`. Pulumi's provider process answers it and does nothing (3.216 to 3.270), so that
 * Ctrl-C would wait for every call under way; and it starts its server before it loads any provider, so that the one
 * place left to hear of it is where its server looks a request's handler up. Where there is no such place, Ctrl-C
 * waits as it does for other dynamic providers.
 */
function listen(): void {
  try {
    const pulumi = createRequire(require.main?.filename ?? __filename);
    const { prototype } = (pulumi("@grpc/grpc-js") as { Server: { prototype: Dispatcher } }).Server;
    const find = prototype._retrieveHandler;
    if (find === undefined) return;
    prototype._retrieveHandler = function (path) {
      if (path === cancelPath) cancel.abort(new CancelledError(explanation));
      return find.call(this, path);
    };
  } catch {
    // Outside the provider process there is nobody to listen to.
  }
}

const explanation =
  "The deployment was cancelled before ENS had answered. Nothing was changed; run the command again to go on.";

listen();
