import assert from "node:assert/strict";
import { cancellation, listenForCancel } from "../../../provider/lifecycle/cancellation";

describe("listening for Pulumi's Cancel", () => {
  it("leaves a server alone that looks handlers up in another way", () => {
    const server = {};
    listenForCancel(server);
    assert.deepEqual(server, {});
  });

  it("lets every other request find its handler", () => {
    const server = {
      handlers: new Map([["/pulumirpc.ResourceProvider/Create", "create"]]),
      _retrieveHandler(path: string) {
        return this.handlers.get(path);
      },
    };
    listenForCancel(server);
    assert.equal(server._retrieveHandler("/pulumirpc.ResourceProvider/Create"), "create");
    assert.equal(cancellation().aborted, false);
  });
});
