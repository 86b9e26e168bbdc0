import assert from "node:assert/strict";
import { ossV1Signature } from "../../../emulator/signatures/oss-v1";
import { ossV4Signature } from "../../../emulator/signatures/oss-v4";

// Inputs and results as stated in aliyun/alibabacloud-oss-go-sdk-v2, oss/signer/signer_test.go; key "ak", secret "sk".
describe("OSS V1 agrees with the vectors of the vendor's Go SDK", () => {
  const date = "Wed, 28 Dec 2022 10:27:41 GMT";
  const put = {
    method: "PUT",
    bucket: "examplebucket",
    key: "nelson",
    headers: {
      "content-md5": "eB5eJF1ptWaXm4bijSPyxw==",
      "content-type": "text/html",
      "x-oss-date": date,
      "x-oss-meta-author": "alice",
      "x-oss-meta-magic": "abracadabra",
    },
    date,
  };
  const get = {
    method: "GET",
    bucket: "examplebucket",
    key: "",
    headers: { "x-oss-date": date },
    date,
  };

  for (const [what, request, signature] of [
    ["x-oss-date and x-oss-meta-*", { ...put, query: [] }, "kSHKmLxlyEAKtZPkJhG9bZb5k7M="],
    ["a subresource", { ...put, query: [["acl", ""]] }, "/afkugFbmWDQ967j1vr6zygBLQk="],
    [
      "a parameter that is no subresource",
      {
        ...get,
        query: [
          ["resourceGroup", ""],
          ["non-resousce", "null"],
        ],
      },
      "vkQmfuUDyi1uDi3bKt67oemssIs=",
    ],
    [
      "subresources in another order",
      {
        ...get,
        query: [
          ["resourceGroup", ""],
          ["acl", ""],
        ],
      },
      "x3E5TgOvl/i7PN618s5mEvpJDYk=",
    ],
  ] as const) {
    it(`in headers, with ${what}`, () => {
      assert.equal(ossV1Signature(request, "sk"), signature);
    });
  }

  it("in a URL", () => {
    const query = [
      ["Expires", "1699807420"],
      ["OSSAccessKeyId", "ak"],
      ["Signature", "dcLTea+Yh9ApirQ8o8dOPqtvJXQ="],
      ["versionId", "versionId"],
    ] as const;
    const request = { method: "GET", bucket: "bucket", key: "key", query, headers: {}, date: "1699807420" };
    assert.equal(ossV1Signature(request, "sk"), "dcLTea+Yh9ApirQ8o8dOPqtvJXQ=");
  });

  it("in a URL with a security token and a plus in the key", () => {
    const query = [
      ["Expires", "1699808204"],
      ["OSSAccessKeyId", "ak"],
      ["Signature", "jzKYRrM5y6Br0dRFPaTGOsbrDhY="],
      ["security-token", "token"],
      ["versionId", "versionId"],
    ] as const;
    const request = {
      method: "GET",
      bucket: "bucket",
      key: "key+123",
      query,
      headers: {},
      date: "1699808204",
    };
    assert.equal(ossV1Signature(request, "sk"), "jzKYRrM5y6Br0dRFPaTGOsbrDhY=");
  });
});

describe("OSS V4 agrees with the vectors of the vendor's Go SDK", () => {
  function presigned(date: string, more: Record<string, string> = {}, additionalHeaders: string[] = []) {
    const scope = `${date.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`;
    const query = Object.entries({
      param1: "value1",
      "+param1": "value3",
      "|param1": "value4",
      "+param2": "",
      "|param2": "",
      param2: "",
      "x-oss-signature-version": "OSS4-HMAC-SHA256",
      "x-oss-date": date,
      "x-oss-expires": "599",
      "x-oss-credential": `ak/${scope}`,
      ...more,
    });
    const headers = {
      "x-oss-head1": "value",
      abc: "value",
      zabc: "value",
      xyz: "value",
      "content-type": "application/octet-stream",
    };
    const key = "1234+-/123/1.txt";
    return ossV4Signature(
      { method: "PUT", bucket: "bucket", key, query, headers, additionalHeaders, date, scope },
      "sk",
    );
  }

  it("in a URL", () => {
    assert.equal(
      presigned("20231217T025437Z"),
      "a39966c61718be0d5b14e668088b3fa07601033f6518ac7b523100014269c0fe",
    );
  });

  it("in a URL with a security token", () => {
    assert.equal(
      presigned("20231217T035628Z", { "x-oss-security-token": "token" }),
      "3817ac9d206cd6dfc90f1c09c00be45005602e55898f26f5ddb06d7892e1f8b5",
    );
  });

  it("in a URL with additional headers", () => {
    assert.equal(
      presigned("20231217T033009Z", { "x-oss-additional-headers": "abc;zabc" }, ["abc", "zabc"]),
      "6bd984bfe531afb6db1f7550983a741b103a8c58e5e14f83ea474c2322dfa2b7",
    );
  });
});
