import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { objectUrl } from "../../../provider";
import { oddKeys } from "../../support/storage-client";

function targetAt(endpoint: string, scheme = "https") {
  const names = { bucketName: "media-assets", physicalBucketName: "media-assets-3f9a1c" };
  return { ...names, endpoint, endpointUrl: `${scheme}://${endpoint}` };
}

const target = targetAt("eos.aliyuncs.com");

describe("objectUrl", () => {
  const places: Readonly<Record<string, string>> = {
    "eos.aliyuncs.com": "https://media-assets-3f9a1c.eos.aliyuncs.com/a/b.png",
    "eos.example.com:8443": "https://media-assets-3f9a1c.eos.example.com:8443/a/b.png",
    "203.0.113.7:8443": "https://203.0.113.7:8443/media-assets-3f9a1c/a/b.png",
    "[2001:db8::1]": "https://[2001:db8::1]/media-assets-3f9a1c/a/b.png",
    "localhost:4570": "http://localhost:4570/media-assets-3f9a1c/a/b.png",
  };
  for (const [endpoint, url] of Object.entries(places)) {
    it(`says where an object is at ${endpoint}`, () => {
      const scheme = url.startsWith("http:") ? "http" : "https";
      assert.equal(objectUrl(targetAt(endpoint, scheme), "a/b.png"), url);
    });
  }

  it("encodes what a URL takes for something else", () => {
    const url = objectUrl(target, "ü/a b+c%20d?e#f&g!'()*😀");
    const path = "%C3%BC/a%20b%2Bc%2520d%3Fe%23f%26g%21%27%28%29%2A%F0%9F%98%80";
    assert.equal(url, `https://media-assets-3f9a1c.eos.aliyuncs.com/${path}`);
    for (const key of oddKeys.filter((key) => !/^[/\\]/.test(key))) {
      const [, , , ...parts] = objectUrl(target, key).split("/");
      assert.equal(decodeURIComponent(parts.join("/")), key);
    }
  });

  it("has no value where the target has none yet", () => {
    assert.equal(objectUrl(undefined as never, "a"), undefined);
  });

  it("says what it takes", () => {
    const output = () => objectUrl(pulumi.output(target) as never, "a");
    assert.throws(
      output,
      /got an output.*`media\.target\.apply\(\(target\) => ens\.objectUrl\(target, "assets\/logo\.png"\)\)`/s,
    );
    assert.throws(() => objectUrl({} as never, "a"), /objectUrl takes an upload target, got something else/);
    for (const key of ["", "/a", "x".repeat(1024), "\ud800", 7 as never]) {
      assert.throws(() => objectUrl(target, key), {
        name: "ProgramError",
        message: /^objectUrl got .* as a key\.\nGive it a key that /,
      });
    }
  });
});
