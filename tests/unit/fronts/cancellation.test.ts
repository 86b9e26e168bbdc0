import assert from "node:assert/strict";
import { cancellation } from "../../../provider/fronts/dynamic/cancellation";

describe("listening for Pulumi's Cancel", () => {
  it("leaves a server alone that looks handlers up in another way", () => {
    const server = {};
    cancellation(server);
    assert.deepEqual(server, {});
  });

  it("lets every other request find its handler", () => {
    const server = {
      handlers: new Map([["/pulumirpc.ResourceProvider/Create", "create"]]),
      _retrieveHandler(path: string) {
        return this.handlers.get(path);
      },
    };
    const cancelled = cancellation(server);
    assert.equal(server._retrieveHandler("/pulumirpc.ResourceProvider/Create"), "create");
    assert.equal(cancelled.aborted, false);
  });
});
