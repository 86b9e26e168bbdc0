import type { Log } from "./progress";
import { routes as allRoutes, type Route } from "./routes";
import { oldestVersion, wantedVersion } from "./versions";

/** A Pulumi CLI with all it needs for programs in Node. */
export interface PulumiCli {
  /** Holds the engine, the Node host and the launcher of dynamic providers. It must be first on PATH. */
  readonly folder: string;
  readonly source: Route["name"];
}

export interface EnsureOptions {
  readonly log: Log;
  readonly env?: NodeJS.ProcessEnv;
  /** Ends the work, and leaves nothing half done. */
  readonly signal?: AbortSignal;
  readonly routes?: readonly Route[];
}

/**
 * Finds a CLI or gets one: on PATH, in the cache, from the official release, from source. Every route that fails gives
 * one line to `log`.
 */
export async function ensurePulumi(options: EnsureOptions): Promise<PulumiCli> {
  const { log, env = process.env, signal, routes = allRoutes } = options;
  for (const { name, what, find } of routes) {
    signal?.throwIfAborted();
    try {
      return { folder: await find({ env, log, signal }), source: name };
    } catch (error) {
      signal?.throwIfAborted();
      log(`Pulumi CLI: not by ${what}: ${firstLine(error)}`);
    }
  }
  throw new Error(
    `There is no Pulumi CLI, and none could be installed. Any of these helps: install Pulumi ${oldestVersion} or ` +
      "newer so that `pulumi` is on PATH (https://www.pulumi.com/docs/iac/download-install/); let this machine reach " +
      `Pulumi's release host, so that ${wantedVersion} can be downloaded; or install Go 1.25 or newer, so that it can ` +
      "be built from a Go module proxy. Then run the command again.",
  );
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split("\n")[0]?.slice(0, 200) ?? "";
}
