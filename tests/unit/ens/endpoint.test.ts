import assert from "node:assert/strict";
import {
  endpointOf,
  endpointUrl,
  ensEndpoint,
  isHost,
  isLoopback,
  parseEndpoint,
} from "../../../provider/ens/endpoint";

describe("endpoints", () => {
  for (const host of [
    "eos.aliyuncs.com",
    "localhost:8080",
    "127.0.0.1",
    "[::1]:80",
    "a-b.example",
    "xn--bcher-kva.example",
  ]) {
    it(`takes ${host} as a host`, () => assert.equal(isHost(host), true));
  }

  for (const text of [
    "",
    "https://eos.aliyuncs.com",
    "eos.aliyuncs.com/path",
    "user@eos.aliyuncs.com",
    "eos aliyuncs.com",
    "eos.aliyuncs.com\r\nHost: x",
    "eos.aliyuncs.com\n",
    "eos..com",
    "-eos.com",
    "eos.com:0",
    "eos.com:65536",
    "eos.com:",
    "::1",
    "[::1%eth0]",
    "[zz]",
    "eos.com.",
    "b\u00fccher.example",
    // What a URL takes for an address, another one than is written there, or for none at all.
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "256.1.1.1",
    "eos.1",
    "xn--a.example",
    "eos.com:080",
  ]) {
    it(`refuses ${JSON.stringify(text)} as a host`, () => assert.equal(isHost(text), false));
  }

  it("uses https, and http for this machine only", () => {
    assert.equal(endpointUrl(endpointOf("eos.aliyuncs.com")), "https://eos.aliyuncs.com");
    assert.equal(endpointUrl(endpointOf("localhost:8080")), "http://localhost:8080");
    assert.equal(endpointUrl(endpointOf("127.1.2.3:80")), "http://127.1.2.3:80");
    assert.equal(endpointUrl(endpointOf("[::1]:80")), "http://[::1]:80");
  });

  it("is not fooled by hosts that only look like this machine", () => {
    for (const host of ["localhost.example.com", "127.0.0.1.example.com", "notlocalhost"]) {
      assert.equal(isLoopback(host), false, host);
    }
  });

  it("reads a setting with or without scheme", () => {
    assert.deepEqual(parseEndpoint("ens.aliyuncs.com"), { protocol: "https", host: "ens.aliyuncs.com" });
    assert.deepEqual(parseEndpoint("https://ens.aliyuncs.com/"), {
      protocol: "https",
      host: "ens.aliyuncs.com",
    });
    assert.deepEqual(parseEndpoint("http://127.0.0.1:9000"), { protocol: "http", host: "127.0.0.1:9000" });
    assert.deepEqual(parseEndpoint("https://localhost:9000"), { protocol: "https", host: "localhost:9000" });
  });

  it("refuses a setting that would send signed requests in the clear, or that is more than a host", () => {
    for (const text of [
      "http://ens.aliyuncs.com",
      "ftp://ens.aliyuncs.com",
      "https://u:p@ens.aliyuncs.com",
      "a/b",
      "",
    ]) {
      assert.equal(parseEndpoint(text), undefined, text);
    }
  });

  it("knows the regions with an endpoint of their own", () => {
    assert.equal(ensEndpoint("ap-southeast-1").host, "ens.ap-southeast-1.aliyuncs.com");
    assert.equal(ensEndpoint("cn-hangzhou").host, "ens.aliyuncs.com");
    assert.equal(ensEndpoint(undefined).host, "ens.aliyuncs.com");
    assert.equal(ensEndpoint("constructor").host, "ens.aliyuncs.com");
  });
});
