import assert from "node:assert/strict";
import { ossV1Signature } from "../../../emulator/signatures/oss-v1";
import { ossV4Signature } from "../../../emulator/signatures/oss-v4";

/** The query of the OSS V4 vectors, which the vendor's SDKs share. */
const parameters = {
  param1: "value1",
  "+param1": "value3",
  "|param1": "value4",
  "+param2": "",
  "|param2": "",
  param2: "",
};

describe("OSS signatures agree with the vendor's published vectors", () => {
  describe("OSS V1", () => {
    const secret = "OtxrzxIsfpFjA7SwPzILwy8Bw21TLhquhboDYROV";

    it("in headers: PUT of the documentation", () => {
      const request = {
        method: "PUT",
        bucket: "oss-example",
        key: "nelson",
        query: [],
        headers: {
          "content-md5": "ODBGOERFMDMzQTczRUY3NUE3NzA5QzdFNUYzMDQxNEM=",
          "content-type": "text/html",
          "x-oss-meta-author": "foo@bar.com",
          "x-oss-magic": "abracadabra",
        },
        date: "Thu, 17 Nov 2005 18:49:58 GMT",
      };
      assert.equal(ossV1Signature(request, secret), "26NBxoKdsyly4EDv6inkoDft/yA=");
    });

    it("in a URL: GET of the documentation", () => {
      const request = {
        method: "GET",
        bucket: "oss-example",
        key: "oss-api.pdf",
        query: [["Expires", "1141889120"]] as const,
        headers: {},
        date: "1141889120",
      };
      assert.equal(ossV1Signature(request, secret), "EwaNTn1erJGkimiJ9WmXgwnANLc=");
    });
  });

  // Stated alike in the tests of the vendor's SDKs for Go, PHP and Swift.
  describe("OSS V4", () => {
    const headers = {
      "x-oss-head1": "value",
      abc: "value",
      zabc: "value",
      xyz: "value",
      "content-type": "text/plain",
      "x-oss-content-sha256": "UNSIGNED-PAYLOAD",
    };
    function sign(date: string, more: Record<string, string> = {}, additionalHeaders: string[] = []): string {
      const request = {
        method: "PUT",
        bucket: "bucket",
        key: "1234+-/123/1.txt",
        query: Object.entries(parameters),
        headers: { ...headers, "x-oss-date": date, ...more },
        additionalHeaders,
        date,
        scope: `${date.slice(0, 8)}/cn-hangzhou/oss/aliyun_v4_request`,
      };
      return ossV4Signature(request, "sk");
    }

    it("in headers", () => {
      assert.equal(
        sign("20231216T162057Z"),
        "e21d18daa82167720f9b1047ae7e7f1ce7cb77a31e8203a7d5f4624fa0284afe",
      );
    });

    it("with a security token", () => {
      assert.equal(
        sign("20231217T034736Z", { "x-oss-security-token": "token" }),
        "b94a3f999cf85bcdc00d332fbd3734ba03e48382c36fa4d5af5df817395bd9ea",
      );
    });

    it("with additional headers", () => {
      assert.equal(
        sign("20231216T172512Z", {}, ["abc", "zabc"]),
        "4a4183c187c07c8947db7620deb0a6b38d9fbdd34187b6dbaccb316fa251212f",
      );
    });
  });
});

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
      ...parameters,
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
