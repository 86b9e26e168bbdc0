import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";
import { CancelledError } from "../../ens/errors";
import { isModuleNotFound } from "../../lifecycle/session";

/** The part of `@grpc/grpc-js` that finds what answers a request. */
interface Dispatcher {
  _retrieveHandler?: (path: string) => unknown;
}

const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

/**
 * Aborts, with a {@link CancelledError}, when the engine calls the deployment off. Pulumi's provider process answers
 * `Cancel` and does nothing (3.216 to 3.270), so that Ctrl-C would wait for every call under way; and it starts its
 * server before it loads any provider, so that the one place left to hear of it is where its server looks a request's
 * handler up. Where there is no such place, Ctrl-C waits as it does for other dynamic providers. Pulumi's base class
 * of providers has a hook since https://github.com/pulumi/pulumi/pull/22516; that of dynamic ones has none yet.
 */
export function cancellation(server = serverOfProcess()): AbortSignal {
  const cancel = new AbortController();
  // Every call under way listens; Node would warn the user of more than ten.
  setMaxListeners(0, cancel.signal);
  const find = server?._retrieveHandler;
  if (server !== undefined && find !== undefined) {
    server._retrieveHandler = function (path) {
      if (path === cancelPath) cancel.abort(new CancelledError(explanation));
      return find.call(this, path);
    };
  }
  return cancel.signal;
}

const explanation =
  "The deployment was cancelled before ENS had answered. Nothing was changed; run the command again to go on.";

/** What every gRPC server of this process is made of, if it is Pulumi's provider process. */
function serverOfProcess(): Dispatcher | undefined {
  const pulumi = createRequire(require.main?.filename ?? __filename);
  try {
    const { Server }: { readonly Server: { readonly prototype: Dispatcher } } = pulumi("@grpc/grpc-js");
    return Server.prototype;
  } catch (error) {
    if (isModuleNotFound(error)) return undefined;
    throw error;
  }
}
