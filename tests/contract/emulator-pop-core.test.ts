import Rpc from "@alicloud/pop-core";
import type { GatewayAnswer, GatewayCall } from "../support/gateway-client";
import { describeGateway } from "../support/gateway-matrix";

interface PopError {
  readonly code: string;
  readonly data?: { readonly Code?: string };
  readonly entry?: { readonly response?: { readonly statusCode?: number } };
}

async function call(request: GatewayCall): Promise<GatewayAnswer> {
  const { endpoint, bucketName, clientIp, securityToken, accessKeyId, accessKeySecret } = request;
  const client = new Rpc({
    accessKeyId,
    accessKeySecret,
    endpoint: `http://${endpoint}`,
    apiVersion: "2017-11-10",
    ...(securityToken !== undefined ? { securityToken } : {}),
  });
  const parameters = {
    ...(bucketName !== undefined ? { BucketName: bucketName } : {}),
    ...(clientIp !== undefined ? { ClientIp: clientIp } : {}),
  };
  try {
    const answer = await client.request<Record<string, string>>("PrepareUpload", parameters, {
      method: "POST",
    });
    return {
      physicalBucketName: answer.BucketName ?? "",
      endpoint: answer.Endpoint ?? "",
      requestId: answer.RequestId ?? "",
    };
  } catch (error) {
    const { code, data, entry } = error as PopError;
    const status = entry?.response?.statusCode;
    return { code: data?.Code ?? code, ...(status !== undefined ? { status } : {}) };
  }
}

describe("the emulator, asked by the vendor's older Node client (RPC 1.0)", () => {
  describeGateway(() => call);
});
