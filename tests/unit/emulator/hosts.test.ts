import assert from "node:assert/strict";
import { apiHost, isAddress, isLoopback, objectHost, ownHosts } from "../../../emulator/hosts";

describe("the hosts of an emulator", () => {
  for (const [host, api, objects] of [
    ["127.0.0.1", "127.0.0.1:9000", "localhost:9000"],
    ["::1", "[::1]:9000", "localhost:9000"],
    ["localhost", "localhost:9000", "localhost:9000"],
    ["0.0.0.0", "127.0.0.1:9000", "localhost:9000"],
    ["::", "127.0.0.1:9000", "localhost:9000"],
    ["127.0.0.2", "127.0.0.2:9000", "127.0.0.2:9000"],
    ["192.0.2.7", "192.0.2.7:9000", "192.0.2.7:9000"],
  ] as const) {
    it(`are ${api} for the API and ${objects} for objects when it listens on ${host}`, () => {
      assert.equal(apiHost(host, 9000), api);
      assert.equal(objectHost(host, 9000), objects);
    });
  }

  it("have no port on port 80, which clients leave out", () => {
    assert.ok(ownHosts("127.0.0.1", 80).includes("localhost"));
    assert.ok(!ownHosts("127.0.0.1", 9000).includes("localhost"));
  });

  it("are loopback or not", () => {
    for (const host of ["localhost", "127.1.2.3", "::1"]) assert.ok(isLoopback(host), host);
    for (const host of ["0.0.0.0", "::", "192.0.2.7", "127.0.0.1.example.com"]) {
      assert.ok(!isLoopback(host), host);
    }
  });

  it("name a bucket unless they are addresses", () => {
    for (const host of ["192.0.2.7:9000", "192.0.2.7", "[2001:db8::1]:9000"])
      assert.ok(isAddress(host), host);
    for (const host of ["media-1.eos.example.com:9000", "localhost:9000", ""]) {
      assert.ok(!isAddress(host), host);
    }
  });
});
