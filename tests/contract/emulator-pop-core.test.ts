import { describeBuckets } from "../support/bucket-matrix";
import { prepareUpload } from "../support/gateway-client";
import { describeGateway } from "../support/gateway-matrix";
import { callByPopCore } from "../support/pop-core-client";

describe("the emulator, asked by the vendor's older Node client (RPC 1.0)", () => {
  describeGateway(() => (request) => prepareUpload(callByPopCore, request));
  describeBuckets(() => callByPopCore);
});
