import { ensService } from "../../provider/ens/action";
import { prepareUpload } from "../../provider/ens/actions/prepare-upload";
import { Client } from "../../provider/ens/client";
import { parseEndpoint } from "../../provider/ens/endpoint";
import { ApiError } from "../../provider/ens/errors";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import type { GatewayAnswer, GatewayCall } from "../support/gateway-client";
import { describeGateway } from "../support/gateway-matrix";

const agents = new Agents({ except: "" });
const cancelled = new AbortController().signal;

async function call(request: GatewayCall): Promise<GatewayAnswer> {
  const { endpoint: host, bucketName, clientIp, ...keys } = request;
  const endpoint = parseEndpoint(host);
  if (endpoint === undefined) throw new Error(`${host} is no endpoint`);
  const client = new Client({
    service: ensService,
    endpoint,
    timeoutMs: 5000,
    // What is refused here is to be seen, not tried again.
    retry: { budgetMs: 0, slots: new Slots(1), timing: systemTiming, tell: () => undefined, cancelled },
    transport: { agents, cancelled },
    keys: { origin: "the test", getKeys: async () => keys },
    howToSet: new Lookup(() => undefined, {}).howToSet,
  });
  try {
    return await client.call(prepareUpload, {
      bucketName: bucketName as string,
      ...(clientIp !== undefined ? { clientIp } : {}),
    });
  } catch (error) {
    if (!ApiError.isInstance(error)) throw error;
    return { code: error.code, status: error.statusCode };
  }
}

describe("our client, answered by the emulator", () => {
  describeGateway(() => call);
});
