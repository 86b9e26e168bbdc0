import { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Properties } from "../../lifecycle/lifecycle";
import { PartialFailure } from "../../lifecycle/partial-failure";
import { packInitFailure } from "../resource-init-failed";
import { struct } from "./wire";

/** A partial failure as the engine takes it: it keeps the outputs, and shows the reasons. */
export class KeptPart extends Error {
  readonly metadata: Metadata;

  constructor({ id, reasons }: PartialFailure, outputs: Properties) {
    // The engine shows the reasons, and this message too.
    super("Only a part was done; what is done is kept, and the next `pulumi up` goes on.");
    const properties = struct(outputs).toJavaScript();
    this.metadata = packInitFailure(
      { id, properties, reasons, message: this.message },
      { Metadata, Any, Struct, Status, ErrorResourceInitFailed },
    );
  }
}

/**
 * Works, and gives a partial failure the form that makes the engine keep what is done.
 *
 * @param outputs - The outputs of a state.
 * @param moved - Is told what a read found moved, although it failed in part.
 */
export async function keepingPart<T>(
  work: () => Promise<T>,
  outputs: (state: object) => Properties,
  moved: (names: readonly string[]) => void = () => {},
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!PartialFailure.isInstance(error)) throw error;
    moved(error.moved);
    throw new KeptPart(error, outputs(error.state));
  }
}
