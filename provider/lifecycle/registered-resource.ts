import type { AnyLifecycle } from "./any-lifecycle";

/** A resource of this package, as `resources/registry.ts` lists it. */
export interface RegisteredResource {
  readonly className: string;
  /** The subpath of the package that state names: it is in package.json's `exports`, and stays there for ever. */
  readonly subpath: string;
  /** Loads the lifecycle when it is called: programs do not need it. */
  lifecycle(): AnyLifecycle;
}
