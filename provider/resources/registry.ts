import { anyLifecycle } from "../lifecycle/any-lifecycle";
import type { RegisteredResource } from "../lifecycle/registered-resource";
import type * as one from "./prepared-upload/lifecycle";
import type * as many from "./prepared-uploads/lifecycle";

/** Every resource there is, by the name of its class: whatever has to know reads it here. */
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
