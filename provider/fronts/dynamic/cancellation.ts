import { setMaxListeners } from "node:events";
import { createRequire } from "node:module";
import { isModuleNotFound } from "../../ens/load-vendor";
import { deploymentCancelled } from "../deployment-cancelled";

/** The part of `@grpc/grpc-js` that finds the handler of a request. */
interface Dispatcher {
  _retrieveHandler?: (path: string) => unknown;
}

const cancelPath = "/pulumirpc.ResourceProvider/Cancel";

/**
 * Aborts, with a `CancelledError`, when the engine cancels the deployment. Pulumi's provider process answers
 * `Cancel` and does nothing (3.216 to 3.270), so Ctrl-C would wait for every call under way. The process starts its
 * server before it loads any provider. One place is left to notice `Cancel`: where the server looks up a request's
 * handler. If that place is missing, Ctrl-C waits as it does for other dynamic providers. Pulumi's base class of
 * providers has a hook since https://github.com/pulumi/pulumi/pull/22516, but dynamic providers do not have it yet.
 */
export function cancellation(server = serverOfProcess()): AbortSignal {
  const cancel = new AbortController();
  // Every call under way listens, and Node would warn the user about more than ten listeners.
  setMaxListeners(0, cancel.signal);
  const find = server?._retrieveHandler;
  if (server !== undefined && find !== undefined) {
    server._retrieveHandler = function (path) {
      if (path === cancelPath) cancel.abort(deploymentCancelled());
      return find.call(this, path);
    };
  }
  return cancel.signal;
}

/** The prototype of every gRPC server in this process, if it is Pulumi's provider process. */
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
