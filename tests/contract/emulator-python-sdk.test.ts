import { describeBuckets } from "../support/bucket-matrix";
import { type ActionAnswer, type ActionCall, prepareUpload } from "../support/gateway-client";
import { describeGateway } from "../support/gateway-matrix";
import { type PythonClient, startPythonClient } from "../support/python-client";

describe("the emulator, asked by the vendor's Python SDK for ENS (ACS3)", () => {
  let client: PythonClient | undefined;

  before(async function () {
    this.timeout(300_000);
    const started = await startPythonClient();
    if (typeof started !== "string") {
      client = started;
      return;
    }
    console.log(`      skipped, this machine lacks ${started}`);
    this.skip();
  });
  after(() => client?.stop());

  function call(request: ActionCall): Promise<ActionAnswer> {
    if (client === undefined) throw new Error("The Python client has not been started.");
    return client.call(request);
  }

  describeGateway(() => (request) => prepareUpload(call, request));
  describeBuckets(() => call);

  describe("with parameters in the body, as the SDK sent them before 8.0.0", () => {
    describeBuckets(() => (request) => call({ ...request, inForm: true }));
  });
});
