import assert from "node:assert/strict";
import { isPlainAddress, isPublicAddress } from "../../../provider/ens/ip-address";

describe("addresses", () => {
  for (const text of ["203.0.113.7", "2001:db8::7", "::1"]) {
    it(`takes ${text} as a plain address`, () => assert.equal(isPlainAddress(text), true));
  }

  for (const text of [
    "",
    "203.0.113",
    "203.0.113.7:80",
    "203.0.113.0/24",
    "fe80::1%eth0",
    "[::1]",
    "host",
    " 1.1.1.1",
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(isPlainAddress(text), false));
  }

  for (const text of [
    "10.1.2.3",
    "172.31.0.1",
    "192.168.0.1",
    "127.0.0.1",
    "100.64.0.1",
    "169.254.1.1",
    "224.0.0.1",
    "::1",
    "fd00::1",
    "fe80::1",
  ]) {
    it(`says that ${text} is not public`, () => assert.equal(isPublicAddress(text), false));
  }

  for (const text of ["203.0.113.7", "47.88.1.1", "172.32.0.1", "2400:3200::1"]) {
    it(`says that ${text} is public`, () => assert.equal(isPublicAddress(text), true));
  }
});
