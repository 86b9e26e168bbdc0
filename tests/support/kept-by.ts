import assert from "node:assert/strict";
import type { Metadata } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

/** What the engine would keep of a call, about a resource of this module, that failed in part. */
export async function keptBy(call: Promise<unknown>, module = "prepared-uploads") {
  const error: unknown = await call.then(
    () => assert.fail("it should fail"),
    (reason: unknown) => reason,
  );
  const { metadata } = error as { metadata: Metadata };
  const [packed] = metadata.get("grpc-status-details-bin");
  assert.ok(packed !== undefined, `nothing is kept: ${error}`);
  const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
  const failed = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() ?? new Uint8Array());
  const { __provider, ...state } = failed.getProperties()?.toJavaScript() ?? {};
  assert.equal(__provider, `exports.handler=()=>require('pulumi-alicloud-ens/${module}')`);
  return { id: failed.getId(), state, reasons: failed.getReasonsList() };
}
