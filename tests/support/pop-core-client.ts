import Rpc from "@alicloud/pop-core";
import type { ActionAnswer, ActionCall } from "./gateway-client";

interface PopError {
  readonly code: string;
  readonly data?: { readonly Code?: string };
  readonly entry?: { readonly response?: { readonly statusCode?: number } };
}

/** A call of ENS by the vendor's older Node client. */
export async function callByPopCore(call: ActionCall): Promise<ActionAnswer> {
  const { endpoint, securityToken, accessKeyId, accessKeySecret, action, parameters } = call;
  const client = new Rpc({
    accessKeyId,
    accessKeySecret,
    endpoint: `http://${endpoint}`,
    apiVersion: "2017-11-10",
    ...(securityToken !== undefined ? { securityToken } : {}),
  });
  try {
    const body = await client.request<Record<string, unknown>>(action, parameters, { method: "POST" });
    // Its objects have no prototype, which no other client's lack.
    return { body: JSON.parse(JSON.stringify(body)) };
  } catch (error) {
    const { code, data, entry } = error as PopError;
    const status = entry?.response?.statusCode;
    return { code: data?.Code ?? code, ...(status !== undefined ? { status } : {}) };
  }
}
