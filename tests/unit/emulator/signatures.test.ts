import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { acs3Signature } from "../../../emulator/signatures/acs3";
import { ossV1Signature } from "../../../emulator/signatures/oss-v1";
import { ossV4Signature } from "../../../emulator/signatures/oss-v4";
import { rpcV1Signature } from "../../../emulator/signatures/rpc-v1";

describe("signatures agree with the vendor's published vectors", () => {
  it("ACS3-HMAC-SHA256: RunInstances of the documentation", () => {
    const bodyHash = createHash("sha256").update("").digest("hex");
    const headers = {
      host: "ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action": "RunInstances",
      "x-acs-content-sha256": bodyHash,
      "x-acs-date": "2023-10-26T10:22:32Z",
      "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
      "x-acs-version": "2014-05-26",
    };
    const request = {
      method: "POST",
      path: "/",
      query: [
        ["RegionId", "cn-shanghai"],
        ["ImageId", "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"],
      ] as const,
      headers,
      signedHeaders: Object.keys(headers),
      bodyHash,
    };
    assert.equal(
      acs3Signature(request, "YourAccessKeySecret"),
      "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
    );
  });

  it("RPC 1.0: DescribeRegions of the documentation", () => {
    const parameters = Object.entries({
      AccessKeyId: "testid",
      Action: "DescribeRegions",
      Format: "XML",
      SignatureMethod: "HMAC-SHA1",
      SignatureNonce: "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
      SignatureVersion: "1.0",
      Timestamp: "2016-02-23T12:46:24Z",
      Version: "2014-05-26",
    });
    assert.equal(rpcV1Signature("GET", parameters, "testsecret"), "OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
  });

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
    const query = Object.entries({
      param1: "value1",
      "+param1": "value3",
      "|param1": "value4",
      "+param2": "",
      "|param2": "",
      param2: "",
    });

    function sign(date: string, more: Record<string, string> = {}, additionalHeaders: string[] = []): string {
      const request = {
        method: "PUT",
        bucket: "bucket",
        key: "1234+-/123/1.txt",
        query,
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
