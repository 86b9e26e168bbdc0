import { type Action, ensService } from "../../provider/ens/action";
import { prepareUpload } from "../../provider/ens/actions/prepare-upload";
import { Client } from "../../provider/ens/client";
import { parseEndpoint } from "../../provider/ens/endpoint";
import { ApiError } from "../../provider/ens/errors";
import type { Keys } from "../../provider/ens/keys";
import { Slots } from "../../provider/ens/retry/slots";
import { systemTiming } from "../../provider/ens/retry/timing";
import { Agents } from "../../provider/ens/transport/agents";
import { Lookup } from "../../provider/lifecycle/settings/lookup";
import { describeBuckets } from "../support/bucket-matrix";
import type { ActionAnswer, ActionCall, GatewayAnswer, GatewayCall } from "../support/gateway-client";
import { describeGateway } from "../support/gateway-matrix";

const agents = new Agents({ except: "" });
const cancelled = new AbortController().signal;

function clientFor(host: string, keys: Keys): Client {
  const endpoint = parseEndpoint(host);
  if (endpoint === undefined) throw new Error(`${host} is no endpoint`);
  return new Client({
    service: ensService,
    endpoint,
    timeoutMs: 5000,
    // What is refused here is to be seen, not tried again.
    retry: { budgetMs: 0, slots: new Slots(1), timing: systemTiming, tell: () => undefined, cancelled },
    transport: { agents, cancelled },
    keys: { origin: "the test", getKeys: async () => keys },
    howToSet: new Lookup(() => undefined, {}).howToSet,
  });
}

async function callPrepareUpload(request: GatewayCall): Promise<GatewayAnswer> {
  const { endpoint, bucketName, clientIp, ...keys } = request;
  try {
    return await clientFor(endpoint, keys).call(prepareUpload, {
      bucketName: bucketName as string,
      ...(clientIp !== undefined ? { clientIp } : {}),
    });
  } catch (error) {
    if (!ApiError.isInstance(error)) throw error;
    return { code: error.code, status: error.statusCode };
  }
}

/** A call of any action, also of those that the provider does not have. */
async function callAction(request: ActionCall): Promise<ActionAnswer> {
  const { endpoint, action, parameters, ...keys } = request;
  const described: Action<ActionCall["parameters"], unknown> = {
    name: action,
    service: ensService,
    readOnly: false,
    repeatable: false,
    ramAction: `ens:${action}`,
    ramResource: () => "*",
    subject: () => "",
    inputs: () => ({}),
    parameters: (given) =>
      Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)])),
    readAnswer: () => undefined,
  };
  const { result } = await clientFor(endpoint, keys).ask(described, parameters);
  return result.kind === "answer"
    ? { body: result.body as Readonly<Record<string, unknown>> }
    : { code: result.code, status: result.statusCode };
}

describe("our client, answered by the emulator", () => {
  describeGateway(() => callPrepareUpload);
  describeBuckets(() => callAction);
});
