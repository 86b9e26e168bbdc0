import { createRequire } from "node:module";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { EnsError } from "../ens/errors";

/**
 * Some of it failed, and what was done is worth keeping. Pulumi's provider process knows such an error by its `id`
 * when `create` or `update` throws it: the engine then keeps `properties` as the resource's outputs, shows the
 * reasons, and updates the resource at the next `up`.
 */
export class PartialFailure extends EnsError {
  static override readonly kind: string = "PartialFailure";
  readonly id: string;
  readonly properties: object;
  readonly reasons: readonly string[];

  /** @param properties - All of the outputs, the provider's text included: here nobody adds it. */
  constructor(id: string, properties: object, reasons: readonly string[]) {
    super(reasons.join("\n"));
    this.id = id;
    this.properties = properties;
    this.reasons = reasons;
  }
}

/**
 * Makes the engine understand a {@link PartialFailure} of `read` too. Pulumi's provider process packs what the error
 * holds for `create` and `update` alone (3.216 to 3.270), but hands the metadata of any error on; so it is packed
 * here, with that process's own libraries. Without them it stays a plain error, and state stays as it was.
 */
export function packed(failure: PartialFailure): PartialFailure {
  try {
    const pulumi = createRequire(require.main?.filename ?? __filename);
    const { Metadata } = pulumi("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
    const { Any } = pulumi(
      "google-protobuf/google/protobuf/any_pb",
    ) as typeof import("google-protobuf/google/protobuf/any_pb");
    const { Struct } = pulumi(
      "google-protobuf/google/protobuf/struct_pb",
    ) as typeof import("google-protobuf/google/protobuf/struct_pb");
    const provider = pulumi("../../proto/provider_pb") as typeof import("@pulumi/pulumi/proto/provider_pb");
    const { Status } = pulumi("../../proto/status_pb") as typeof import("@pulumi/pulumi/proto/status_pb");

    const detail = new provider.ErrorResourceInitFailed();
    detail.setId(failure.id);
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
    Object.defineProperty(failure, "metadata", { value: metadata });
    // The engine shows the reasons; this is shown besides.
    failure.message = `${failure.id} could not be read in full.`;
  } catch {
    // Outside the provider process nobody reads it.
  }
  return failure;
}
