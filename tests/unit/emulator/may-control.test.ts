import assert from "node:assert/strict";
import { mayControl } from "../../../emulator/control-api/may-control";

const ownHosts = ["localhost:9000", "127.0.0.1:9000"];
const program = { peer: "127.0.0.1", host: "localhost:9000", origin: undefined };

describe("who may control an emulator", () => {
  for (const peer of ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"]) {
    it(`is a program of the same machine, at ${peer}`, () => {
      assert.equal(mayControl({ ...program, peer }, ownHosts), true);
    });
  }

  for (const [what, change] of [
    ["another machine that calls itself this one", { peer: "192.0.2.7" }],
    ["another machine by way of IPv6", { peer: "::ffff:192.0.2.7" }],
    ["a web page", { origin: "https://example.com" }],
    ["a web page under a name rebound to this machine", { host: "evil.example.com:9000" }],
    ["a request for no host", { host: undefined }],
    ["a peer that has gone", { peer: "" }],
  ] as const) {
    it(`is not ${what}`, () => {
      assert.equal(mayControl({ ...program, ...change }, ownHosts), false);
    });
  }
});
