import { createRequire } from "node:module";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../lifecycle/lifecycle";
import { isModuleNotFound } from "../../lifecycle/session";

/**
 * A partial failure as Pulumi's provider process knows it when `create` or `update` throws it, by its `id`: the engine
 * then keeps `properties` as the resource's outputs, shows the reasons, and updates the resource at the next `up`.
 */
export class InitializationFailed extends Error {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];

  /** @param properties - All of the outputs, the provider's text included: here nobody adds it. */
  constructor(id: string, properties: Properties, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.id = id;
    this.properties = properties;
    this.reasons = reasons;
    this.stack = this.message;
  }
}

/**
 * The same for `read`, which may fail in part as well. Pulumi's provider process packs what such an error holds for
 * `create` and `update` alone (3.216 to 3.270, https://github.com/pulumi/pulumi/issues/18009), but hands the metadata of
 * any error on; so it is packed here, with that process's own libraries. Outside that process nobody reads it.
 */
export class PartialRead extends InitializationFailed {
  readonly metadata: unknown;

  constructor(id: string, properties: Properties, reasons: readonly string[]) {
    super(id, properties, reasons);
    this.metadata = pack(this);
    // The engine shows the reasons; this is shown besides.
    if (this.metadata !== undefined) {
      this.message = `${id} could not be read in full.`;
      this.stack = this.message;
    }
  }
}

function pack(failure: InitializationFailed): unknown {
  const libraries = librariesOfProcess();
  if (libraries === undefined) return undefined;
  const { Metadata, Any, Struct, Status, ErrorResourceInitFailed } = libraries;
  const detail = new ErrorResourceInitFailed();
  detail.setId(failure.id);
  // What state holds came from JSON or goes there.
  detail.setProperties(Struct.fromJavaScript(failure.properties as Record<string, JavaScriptValue>));
  detail.setReasonsList([...failure.reasons]);
  const details = new Any();
  details.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(2);
  status.setMessage(failure.message);
  status.addDetails(details);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return metadata;
}

/** What Pulumi's provider process speaks gRPC with; `undefined` where this is another process. */
function librariesOfProcess() {
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
