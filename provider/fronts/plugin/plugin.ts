import { setMaxListeners } from "node:events";
import { ProgramError } from "../../ens/errors";
import { printable } from "../../ens/text/printable";
import type { AnyLifecycle } from "../../lifecycle/any-lifecycle";
import type { Call } from "../../lifecycle/lifecycle";
import type { SessionOptions } from "../../lifecycle/session";
import { Session } from "../../lifecycle/session";
import { resources } from "../../resources/registry";
import type { CallOptions } from "../call-for";
import { callFor } from "../call-for";
import { deploymentCancelled } from "../deployment-cancelled";
import type { Engine } from "./engine";
import { typeOf } from "./urn";
import type { Arrived } from "./wire";

/** The module of all types: `alicloud-ens:index:Bucket`. */
export const moduleToken = "alicloud-ens:index:";

/** What to do about a resource or a function that the program has and the plugin has not. */
export const otherVersion =
  "The program's SDK is of another version than the plugin: install the same of both.";

/** What a plugin's process has: it serves one provider, and a provider lasts as long as a deployment. */
export class Plugin {
  readonly engine: Engine;
  /** By URN, what `read` found moved, for the `diff` that follows; see {@link takeDrift}. */
  readonly #drift = new Map<string, readonly string[]>();
  readonly #cancel = new AbortController();
  readonly #lifecycles = new Map<string, AnyLifecycle>();
  #session: Session | undefined;

  constructor(engine: Engine) {
    this.engine = engine;
    // Every call under way listens, and Node would warn of more than ten listeners.
    setMaxListeners(0, this.#cancel.signal);
  }

  configure(options: Pick<SessionOptions, "config" | "places">): void {
    this.#session = this.sessionWith(options);
  }

  /** A session that is not kept: to see whether settings can be used. */
  sessionWith(options: Pick<SessionOptions, "config" | "places">): Session {
    const tell = (line: string) => this.engine.info(line);
    return new Session({ ...options, env: process.env, tell, signal: this.#cancel.signal });
  }

  get session(): Session {
    this.#session ??= this.sessionWith({ config: () => undefined });
    return this.#session;
  }

  cancel(): void {
    this.#cancel.abort(deploymentCancelled());
  }

  /** The lifecycle of a resource, which is loaded when it is first asked for. */
  lifecycleOf(urn: string): AnyLifecycle {
    const type = typeOf(urn);
    const known = this.#lifecycles.get(type);
    if (known !== undefined) return known;
    const resource = Object.values(resources).find(({ className }) => type === `${moduleToken}${className}`);
    if (resource === undefined)
      throw new ProgramError({
        what: `alicloud-ens has no resource ${printable(type, 100)}.`,
        remedy: otherVersion,
      });
    const lifecycle = resource.lifecycle();
    this.#lifecycles.set(type, lifecycle);
    return lifecycle;
  }

  /**
   * What a lifecycle gets to work with a resource's properties.
   *
   * @param options - For an update: what was there before, and what is left to others.
   */
  callFor(urn: string, arrived: Arrived, options: Pick<CallOptions, "before" | "ignored"> = {}): Call {
    const tell = (line: string) => this.engine.info(line, urn);
    return callFor(this.session, arrived, { tell, ...options });
  }

  rememberDrift(urn: string, moved: readonly string[]): void {
    if (moved.length > 0) this.#drift.set(urn, moved);
  }

  /**
   * What has moved, and no `diff` has reported yet. Right after a read, the engine calls `diff` with the new outputs and
   * the old inputs, and shows drift only where that says "changes".
   */
  takeDrift(urn: string): readonly string[] {
    const moved = this.#drift.get(urn) ?? [];
    this.#drift.delete(urn);
    return moved;
  }
}
