import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { acs3Signature } from "../../../emulator/signatures/acs3";
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
});
