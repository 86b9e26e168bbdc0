import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../lifecycle/lifecycle";

/** What a resource is like although it could not be made, changed or read in full. */
export interface InitFailure {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
  readonly message: string;
}

/** The libraries that pack it: those of Pulumi's provider process, or those of the plugin. */
export interface PackingLibraries {
  readonly Metadata: typeof import("@grpc/grpc-js")["Metadata"];
  readonly Any: typeof import("google-protobuf/google/protobuf/any_pb")["Any"];
  readonly Struct: typeof import("google-protobuf/google/protobuf/struct_pb")["Struct"];
  readonly Status: typeof import("@pulumi/pulumi/proto/status_pb")["Status"];
  readonly ErrorResourceInitFailed: typeof import("@pulumi/pulumi/proto/provider_pb")["ErrorResourceInitFailed"];
}

/**
 * The metadata of an error that makes the engine keep what there is, show the reasons, and update the resource at the next
 * `up`.
 */
export function packInitFailure(failure: InitFailure, libraries: PackingLibraries) {
  const { Metadata, Any, Struct, Status, ErrorResourceInitFailed } = libraries;
  const detail = new ErrorResourceInitFailed();
  detail.setId(failure.id);
  // State is stored as JSON, so all its values fit into JSON.
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
