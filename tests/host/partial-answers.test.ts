import assert from "node:assert/strict";
import type { Metadata } from "@grpc/grpc-js";
import { keptBy } from "../support/kept-by";
import { clientIps, inputs, useManySites } from "../support/many-sites";

describe("the provider process, when some of many sites fail", () => {
  const { emulator, provider, asked, home, east } = useManySites();

  it("keeps the good answers of a create, and asks for the others only", async () => {
    emulator().fail({ kind: "error", code: "InvalidClientIp" });
    const { id, state, reasons } = await keptBy(provider().create(inputs));
    assert.equal(id, "media-assets");
    assert.deepEqual(state, { ...inputs, places: { hamburg: home(), oslo: home() } });
    assert.equal(reasons.length, 1);
    assert.match(reasons[0] ?? "", /^berlin: PrepareUpload .* failed with InvalidClientIp .*request id/);
    emulator().clearRequests();
    const { places } = await provider().update(state, inputs);
    assert.deepEqual(places, { berlin: east(), hamburg: home(), oslo: home() });
    assert.deepEqual(asked(), [clientIps.berlin]);
  });

  it("keeps the place of a site that could not be asked again, and asks until it could", async () => {
    const created = await provider().create(inputs);
    emulator().move("media-assets");
    emulator().fail({ kind: "error", code: "InvalidClientIp" });
    const news = { ...inputs, triggers: ["v2"] };
    const { state } = await keptBy(provider().update(created, news));
    const places = { berlin: east(), hamburg: home(), oslo: home() };
    assert.deepEqual(state, { ...news, places, unconfirmed: ["berlin"] });
    emulator().clearRequests();
    assert.deepEqual(await provider().update(state, news), { ...news, places });
    assert.deepEqual(asked(), [clientIps.berlin]);
  });

  it("drops the place of a site whose new address failed", async () => {
    const created = await provider().create(inputs);
    emulator().fail({ kind: "error", code: "InvalidClientIp" });
    const news = { ...inputs, clientIps: { ...clientIps, berlin: "192.0.2.1", rome: "192.0.2.2" } };
    const { state } = await keptBy(provider().update(created, news));
    assert.deepEqual(state.places, { hamburg: home(), oslo: home(), rome: home() });
    assert.equal(state.unconfirmed, undefined);
  });

  it("keeps the good news of a refresh, and the old places of sites that failed", async () => {
    const created = await provider().create(inputs);
    const before = home();
    emulator().move("media-assets");
    emulator().fail({ kind: "error", code: "InvalidClientIp", times: 1 });
    const { state, reasons } = await keptBy(provider().read(created));
    assert.deepEqual(state.places, { berlin: east(), hamburg: home(), oslo: home() });
    assert.notEqual(home(), before);
    assert.deepEqual(state.unconfirmed, ["berlin"]);
    assert.match(reasons.join(), /^berlin: /);
    assert.equal((await provider().diff(state, inputs)).changes, true, "the move is drift");
    assert.match(provider().stdout, /^media-assets: moved for hamburg, oslo$/m);
    assert.doesNotMatch(provider().stderr, /\n\s+at /);
  });

  it("keeps nothing, and asks no further, when what fails is not about a site", async () => {
    emulator().fail({ kind: "error", code: "NoPermission", times: 99 });
    await assert.rejects(provider().create(inputs), (error: Error & { metadata: Metadata }) => {
      assert.match(error.message, /berlin: .*NoPermission.*\n.* allows ens:PrepareUpload on \*/);
      assert.match(error.message, /2 sites \(hamburg, oslo\): not asked/);
      assert.deepEqual(error.metadata.get("grpc-status-details-bin"), []);
      return true;
    });
    assert.equal(emulator().requests.length, 1);
  });
});
