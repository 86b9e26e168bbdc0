import { createRequire } from "node:module";
import { isModuleNotFound } from "../../ens/load-vendor";
import type { Properties } from "../../lifecycle/lifecycle";
import type { PackingLibraries } from "../resource-init-failed";
import { packInitFailure } from "../resource-init-failed";

/**
 * A partial failure in the form that Pulumi's provider process recognises, by its `id`, when `create` or `update`
 * throws it. The engine then keeps `properties` as the resource's outputs, shows the reasons, and updates the resource
 * at the next `up`.
 */
export class InitializationFailed extends Error {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];

  /** @param properties - All outputs, with the text that names the provider: Pulumi does not add it here. */
  constructor(id: string, properties: Properties, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.id = id;
    this.properties = properties;
    this.reasons = reasons;
    this.stack = this.message;
  }
}

/**
 * The same for `read`. Pulumi's provider process packs what such an error holds for `create` and `update` only (3.216
 * to 3.270, https://github.com/pulumi/pulumi/issues/18009), but passes on the metadata of any error. So the error is
 * packed here, with that process's own libraries. Outside that process nobody reads the metadata.
 */
export class PartialRead extends InitializationFailed {
  readonly metadata: unknown;

  constructor(id: string, properties: Properties, reasons: readonly string[]) {
    super(id, properties, reasons);
    this.metadata = pack(this);
    // The engine shows the reasons, and this message too.
    if (this.metadata !== undefined) {
      this.message = `${id} could not be read in full.`;
      this.stack = this.message;
    }
  }
}

function pack(failure: InitializationFailed): unknown {
  const libraries = librariesOfProcess();
  return libraries && packInitFailure(failure, libraries);
}

/** The gRPC libraries of Pulumi's provider process; `undefined` in any other process. */
function librariesOfProcess(): PackingLibraries | undefined {
  const pulumi = createRequire(require.main?.filename ?? __filename);
  try {
    const grpc: typeof import("@grpc/grpc-js") = pulumi("@grpc/grpc-js");
    const any: typeof import("google-protobuf/google/protobuf/any_pb") = pulumi(
      "google-protobuf/google/protobuf/any_pb",
    );
    const struct: typeof import("google-protobuf/google/protobuf/struct_pb") = pulumi(
      "google-protobuf/google/protobuf/struct_pb",
    );
    const provider: typeof import("@pulumi/pulumi/proto/provider_pb") = pulumi("../../proto/provider_pb");
    const status: typeof import("@pulumi/pulumi/proto/status_pb") = pulumi("../../proto/status_pb");
    return {
      Metadata: grpc.Metadata,
      Any: any.Any,
      Struct: struct.Struct,
      Status: status.Status,
      ErrorResourceInitFailed: provider.ErrorResourceInitFailed,
    };
  } catch (error) {
    if (isModuleNotFound(error)) return undefined;
    throw error;
  }
}
