import assert from "node:assert/strict";
import { request } from "node:http";
import { useEmulator } from "../support/emulator";

const form = { "content-type": "application/x-www-form-urlencoded" };

/** Where requests go that share one port. They are not signed: that is refused later, by whom they went to. */
describe("on its one port, the emulator takes", () => {
  const emulator = useEmulator();

  async function send(method: string, path: string, headers: Record<string, string>) {
    await new Promise((resolve, reject) => {
      request(emulator().url, { method, path, headers }, (response) => response.resume().on("end", resolve))
        .on("error", reject)
        .end();
    });
    const { service, bucketName } = emulator().requests.at(-1) ?? {};
    return { service, bucketName };
  }

  for (const [what, method, path, headers, expected] of [
    ["a header naming an action", "POST", "/", { "x-acs-action": "PrepareUpload" }, "ens"],
    [
      "a header naming an action, at another host",
      "POST",
      "/",
      { "x-acs-action": "A", host: "ens.lan" },
      "ens",
    ],
    ["a query naming an action", "GET", "/?Action=AssumeRole", {}, "sts"],
    ["a form", "POST", "/", form, "ens"],
    [
      "a form for one of many objects to delete",
      "POST",
      "/?delete",
      { ...form, host: "media-1.eos.lan" },
      "oss",
    ],
    ["a header naming an action, about an object", "GET", "/media-1/a", { "x-acs-action": "A" }, "oss"],
  ] as const) {
    it(`${what} as a request to ${expected}`, async () => {
      assert.equal((await send(method, path, headers)).service, expected);
    });
  }

  for (const [what, host, bucketName] of [
    ["its own name", undefined, "media-1"],
    ["an address, which it has when other machines are let in", "192.0.2.7:9000", "media-1"],
    ["an IPv6 address", "[2001:db8::7]:9000", "media-1"],
    ["another name", "media-2.eos.lan:9000", "media-2"],
  ] as const) {
    it(`the bucket of an object request from ${bucketName === "media-1" ? "the path" : "the host"} under ${what}`, async () => {
      const seen = await send("GET", "/media-1/a", host === undefined ? {} : { host });
      assert.deepEqual(seen, { service: "oss", bucketName });
    });
  }

  it("paths that are no URL without dropping the connection", async () => {
    emulator().clearRequests();
    for (const path of ["//", "/?%zz", "//?Action"]) await send("GET", path, {});
    assert.equal(emulator().requests.length, 3);
  });
});
