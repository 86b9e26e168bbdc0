import type { dynamic } from "@pulumi/pulumi";
import { Session } from "../../lifecycle/session";
import { endWithEngine } from "../end-with-engine";
import { cancellation } from "./cancellation";
import { configurationKeys } from "./configuration-keys";

/** What dynamic providers run in: Pulumi's provider process, or mocks in its place. */
export interface Host {
  readonly session: Session;
  configure(request: dynamic.ConfigureRequest): Promise<void>;
}

/** Pulumi's provider process. All of this package's providers in it share one session. */
class ProviderProcess implements Host {
  #session: Session | undefined;

  /**
   * Takes the stack's configuration, once for the process. It reads nothing yet and awaits nothing: Pulumi lets
   * concurrent calls use the provider before it has awaited `configure`, so nothing here may happen later (3.216 to
   * 3.270; since https://github.com/pulumi/pulumi/pull/17697). From here on the process ends with the engine.
   */
  async configure({ config }: dynamic.ConfigureRequest): Promise<void> {
    if (this.#session !== undefined) return;
    this.#session = sessionFor((key) => config.get(key), configurationKeys(config), cancellation());
    endWithEngine();
  }

  get session(): Session {
    // Where an SDK does not configure dynamic providers, they have only the environment.
    this.#session ??= sessionFor(() => undefined, [], cancellation());
    return this.#session;
  }
}

function sessionFor(
  config: (key: string) => string | undefined,
  keys: readonly string[],
  signal: AbortSignal,
): Session {
  // Pulumi shows what the provider process writes on stdout as information on the stack.
  return new Session({ config, keys, env: process.env, tell: (line) => console.log(line), signal });
}

export const providerProcess: Host = new ProviderProcess();
