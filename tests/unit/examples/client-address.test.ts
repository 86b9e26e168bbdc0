import assert from "node:assert/strict";
import { clientAddress, contains, networkList } from "../../../examples/browser-upload/client-address";

describe("the address of a client of examples/browser-upload", () => {
  const proxies = networkList(["10.0.0.0/8", "2001:db8::1"]);

  for (const [what, peer, forwardedFor, expected] of [
    ["is the peer's", "198.51.100.1", undefined, "198.51.100.1"],
    ["is the peer's, whatever that claims", "198.51.100.1", "203.0.113.7", "198.51.100.1"],
    ["is the one a proxy saw", "10.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["is the last that proxies saw", "10.0.0.1", "192.0.2.1, 203.0.113.7, 10.2.3.4", "203.0.113.7"],
    ["is plain, when it came over an IPv6 socket", "::ffff:10.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
    ["may be IPv6", "2001:db8::1", "2001:db8::2", "2001:db8::2"],
    ["is the proxy's, if that says nothing", "10.0.0.1", "", "10.0.0.1"],
    ["is the proxy's, if that says what is no address", "10.0.0.1", "203.0.113.7, unknown", "10.0.0.1"],
    ["is a proxy's, where no other took part", "10.0.0.1", "10.0.0.2", "10.0.0.2"],
  ] as const) {
    it(what, () => assert.equal(clientAddress(peer, forwardedFor, proxies), expected));
  }

  it("belongs to a network that is given by one of its addresses", () => {
    const office = networkList(["203.0.113.7/24", " 2001:db8::7/64"]);
    for (const inside of ["203.0.113.255", "2001:db8::ffff"]) assert.ok(contains(office, inside), inside);
    for (const outside of ["203.0.114.7", "2001:db8:0:1::7", ""])
      assert.ok(!contains(office, outside), outside);
  });

  for (const wrong of ["office", "203.0.113.7/33", "203.0.113.7/-1", "203.0.113.7/", "2001:db8::/129"]) {
    it(`belongs to no network such as "${wrong}"`, () => {
      assert.throws(
        () => networkList([wrong]),
        /Expected an address or a network such as 203\.0\.113\.7\/24/,
      );
    });
  }
});
