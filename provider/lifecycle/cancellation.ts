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
 * Begins to listen for the engine's `Cancel`. Pulumi's provider process answers it and does nothing (3.216 to 3.270),
 * so that Ctrl-C would wait for every call under way; and it starts its server before it loads any provider, so that
 * the one place left to hear of it is where its server looks a request's handler up. Where there is no such place,
 * Ctrl-C waits as it does for other dynamic providers.
 */
export function listenForCancel(server = serverOfProcess()): void {
  const find = server?._retrieveHandler;
  if (server === undefined || find === undefined) return;
  server._retrieveHandler = function (path) {
    if (path === cancelPath) cancel.abort(new CancelledError(explanation));
    return find.call(this, path);
  };
}

const explanation =
  "The deployment was cancelled before ENS had answered. Nothing was changed; run the command again to go on.";

/** What every gRPC server of this process is made of, if it is Pulumi's provider process. */
function serverOfProcess(): Dispatcher | undefined {
  try {
    const pulumi = createRequire(require.main?.filename ?? __filename);
    return (pulumi("@grpc/grpc-js") as { Server: { prototype: Dispatcher } }).Server.prototype;
  } catch {
    return undefined;
  }
}
