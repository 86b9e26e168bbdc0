import { type AnyLifecycle, anyLifecycle } from "../lifecycle/any-lifecycle";
import type * as one from "./prepared-upload/lifecycle";
import type * as many from "./prepared-uploads/lifecycle";

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
  PreparedUpload: {
    className: "PreparedUpload",
    subpath: "prepared-upload",
    lifecycle: () => anyLifecycle((require("./prepared-upload/lifecycle") as typeof one).preparedUpload),
  },
  PreparedUploads: {
    className: "PreparedUploads",
    subpath: "prepared-uploads",
    lifecycle: () => anyLifecycle((require("./prepared-uploads/lifecycle") as typeof many).preparedUploads),
  },
} satisfies Readonly<Record<string, RegisteredResource>>;
