import type { Output } from "@pulumi/pulumi";
import { type AnyLifecycle, anyLifecycle } from "../lifecycle/any-lifecycle";
import type { Lifecycle } from "../lifecycle/lifecycle";
import type * as one from "./prepared-upload/lifecycle";
import type { PreparedUpload } from "./prepared-upload/resource";
import type * as many from "./prepared-uploads/lifecycle";
import type { PreparedUploads } from "./prepared-uploads/resource";

/** A resource of this package: whatever has to know which there are reads it here. */
export interface RegisteredResource {
  readonly className: string;
  /** The subpath of the package that state names: it is in package.json's `exports`, and stays there for ever. */
  readonly subpath: string;
  /** Loaded when it is asked for: programs do without. */
  lifecycle(): AnyLifecycle;
}

/** Every resource there is, by the name of its class. */
export const resources = {
  PreparedUpload: register<PreparedUpload, one.PreparedUploadInputs, one.PreparedUploadState>({
    className: "PreparedUpload",
    subpath: "prepared-upload",
    lifecycle: () => (require("./prepared-upload/lifecycle") as typeof one).preparedUpload,
  }),
  PreparedUploads: register<
    PreparedUploads,
    many.PreparedUploadsInputs,
    many.PreparedUploadsState,
    "unconfirmed"
  >({
    className: "PreparedUploads",
    subpath: "prepared-uploads",
    lifecycle: () => (require("./prepared-uploads/lifecycle") as typeof many).preparedUploads,
  }),
};

/** What a resource's class has to declare for what its lifecycle keeps in state, but for what is not for programs. */
type OutputsOf<State, Internal extends keyof State> = {
  readonly [Name in Exclude<keyof State, Internal>]-?: Output<State[Name]>;
};

interface Row<Inputs extends object, State extends Inputs> {
  readonly className: string;
  readonly subpath: string;
  lifecycle(): Lifecycle<Inputs, State>;
}

/** Takes a row whose class declares every output that its lifecycle keeps in state: the compiler holds it to that. */
function register<
  _Class extends OutputsOf<State, Internal>,
  Inputs extends object,
  State extends Inputs,
  Internal extends keyof State = never,
>({ className, subpath, lifecycle }: Row<Inputs, State>): RegisteredResource {
  return { className, subpath, lifecycle: () => anyLifecycle(lifecycle()) };
}
