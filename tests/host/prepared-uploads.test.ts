import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { keptBy } from "../support/kept-by";
import { clientIps, inputs, useManySites } from "../support/many-sites";
import { stopProviderProcesses } from "../support/provider-process";
import { startProvider } from "../support/start-provider";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("the provider process, for many sites", () => {
  const { emulator, provider, start, asked, home, east } = useManySites();

  it("returns every output, a short text for each site's place", async () => {
    const places = { berlin: east(), hamburg: home(), oslo: home() };
    assert.deepEqual(await provider().create(inputs), { ...inputs, places });
  });

  it("refuses bad sites all at once, each by its path", async () => {
    const failures = await provider().check({
      bucketName: "X",
      clientIps: {
        berlin: "203.0.113.0/24",
        "eu.west": "somewhere",
        "": "203.0.113.7",
        "new\nline": "203.0.113.7",
        oslo: "203.0.113.7",
        paris: 7,
      },
      triggers: "v1",
    });
    assert.deepEqual(
      failures.map(({ property, reason }) => property || reason.split(": ")[0]),
      [
        "bucketName",
        'clientIps[""]',
        "clientIps.berlin",
        'clientIps["eu.west"]',
        'clientIps["new\\nline"]',
        "clientIps.paris",
        "triggers",
      ],
    );
    const reasons = failures.map(({ reason }) => reason).join("\n");
    assert.match(reasons, /expected a plain IPv4 or IPv6 address .*got "203\.0\.113\.0\/24"/);
    assert.match(reasons, /expected a site's name of 1 to 100 printable characters, got "new\\nline"/);
  });

  it("refuses clientIps without a site", async () => {
    for (const value of [{}, ["203.0.113.7"], "203.0.113.7", null]) {
      const failures = await provider().check({ bucketName: "media-assets", clientIps: value });
      assert.deepEqual(
        failures.map(({ property }) => property),
        ["clientIps"],
      );
      assert.match(failures[0]?.reason ?? "", /(one site with its address|a map of sites).*berlin/);
    }
  });

  it("lets values pass that are not known yet", async () => {
    const bucketName = "media-assets";
    assert.deepEqual(await provider().check({ bucketName, clientIps: unknown }), []);
    assert.deepEqual(await provider().check({ bucketName, clientIps: { berlin: unknown } }), []);
    const state = { ...inputs, places: {} };
    assert.equal((await provider().diff(state, { bucketName, clientIps: unknown })).changes, true);
  });

  it("asks only for sites that are new or have another address, and forgets those that are gone", async () => {
    const state = await provider().create(inputs);
    emulator().clearRequests();
    const news = {
      ...inputs,
      clientIps: { berlin: "203.0.113.7", hamburg: "203.0.113.8", rome: "192.0.2.1" },
    };
    const places = { berlin: east(), hamburg: east(), rome: home() };
    assert.deepEqual(await provider().update(state, news), { ...news, places });
    assert.deepEqual(asked(), ["203.0.113.8", "192.0.2.1"]);
  });

  it("asks for no site when some are only gone", async () => {
    const state = await provider().create(inputs);
    emulator().clearRequests();
    const { places } = await provider().update(state, { ...inputs, clientIps: { oslo: clientIps.oslo } });
    assert.deepEqual([places, asked()], [{ oslo: home() }, []]);
  });

  it("asks for every site when a trigger changes", async () => {
    const state = await provider().create(inputs);
    emulator().clearRequests();
    emulator().move("media-assets");
    const now = await provider().update(state, { ...inputs, triggers: ["v2"] });
    assert.deepEqual(asked(), Object.values(clientIps));
    assert.deepEqual(now.places, { berlin: east(), hamburg: home(), oslo: home() });
    assert.match(provider().stdout, /^media-assets: moved for hamburg, oslo$/m);
  });

  it("compares what the program decides: another bucket replaces, the order of sites and places do not count", async () => {
    const state = { ...inputs, places: {} };
    const { oslo, hamburg, berlin } = clientIps;
    const unchanged = { changes: false, replaces: [] };
    assert.deepEqual(
      await provider().diff(state, { ...inputs, clientIps: { oslo, hamburg, berlin } }),
      unchanged,
    );
    assert.deepEqual(await provider().diff({ ...state, unconfirmed: ["oslo"] }, inputs), unchanged);
    const replaced = await provider().diff(state, { ...inputs, bucketName: "other-assets" });
    assert.deepEqual(replaced, { changes: true, replaces: ["bucketName"] });
  });

  it("shows nothing of secret sites and a secret bucket in failures of check, errors, reasons and lines, and marks what is made of them", async () => {
    const own = await start();
    // Not the address that the rule has for an example.
    const addresses = { ...clientIps, berlin: "203.0.113.8" };
    const secret = { ...inputs, clientIps: addresses, secretInputs: ["bucketName", "clientIps"] };
    const [bad] = await own.check({ ...secret, clientIps: { berlin: "canary" } });
    assert.equal(bad?.property, "");
    assert.match(bad?.reason ?? "", /^clientIps\.\[secret\]: expected a plain .* got \[secret\]\./);
    const created = (await own.create(secret)) as Record<string, unknown>;
    assert.deepEqual(created.places, {
      "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
      value: { berlin: east(), hamburg: home(), oslo: home() },
    });
    emulator().fail({ kind: "error", code: "InvalidClientIp", message: "203.0.113.8 of media-assets" });
    const { id, reasons } = await keptBy(own.create(secret));
    assert.match(id, /^[0-9a-f-]{36}$/);
    assert.match(String(reasons), /^1 site: .*\[secret\] of \[secret\]/);
    const other = { ...secret, clientIps: { ...addresses, oslo: "203.0.113.9" } };
    const state = { ...secret, places: { berlin: east(), hamburg: home(), oslo: home() } };
    assert.equal((await own.diff(state, other)).changes, true);
    // The line comes through a pipe, the answer through a socket.
    while (!own.stdout.includes("with another address")) await sleep(10);
    const said = `${JSON.stringify(bad)}${reasons}${own.stdout}${own.stderr}`;
    assert.match(own.stdout, /\[secret\]: with another address: 1 site/);
    own.stop();
    const nowhere = ["canary", "203.0.113.8", "203.0.113.9", "berlin", "hamburg", "oslo", "media-assets"];
    for (const value of nowhere) assert.ok(!said.includes(value), `${value} in ${said}`);
  });

  it("names the sites where their addresses alone are secrets, and leaves their places in clear", async () => {
    const addresses = { ...clientIps, berlin: "203.0.113.8" };
    const secret = { ...inputs, clientIps: addresses, secretInputs: ["clientIps.*"] };
    const [bad] = await provider().check({ ...secret, clientIps: { berlin: "canary" } });
    assert.doesNotMatch(`${bad?.property}${bad?.reason}`, /canary/);
    assert.deepEqual((await provider().create(secret)).places, {
      berlin: east(),
      hamburg: home(),
      oslo: home(),
    });
    emulator().fail({ kind: "error", code: "InvalidClientIp", message: "no 203.0.113.8" });
    const { reasons } = await keptBy(provider().create(secret));
    assert.match(String(reasons), /^berlin: .*\(no \[secret\]\)/);
  });

  it("takes state in which 0.1.0 did not tell secret sites from secret addresses for unchanged", async () => {
    const places = { berlin: east(), hamburg: home(), oslo: home() };
    const state = { ...inputs, secretInputs: ["clientIps"], places };
    const diff = await provider().diff(state, { ...inputs, secretInputs: ["clientIps.*"] });
    assert.deepEqual(diff, { changes: false, replaces: [] });
  });

  it("encrypts what becomes a secret by an update, and replaces where that is the bucket", async () => {
    const state = { ...inputs, places: { berlin: east(), hamburg: home(), oslo: home() } };
    const diff = (...secretInputs: string[]) => provider().diff(state, { ...inputs, secretInputs });
    assert.deepEqual(await diff("clientIps"), { changes: true, replaces: [] });
    assert.deepEqual(await diff("bucketName"), { changes: true, replaces: ["bucketName"] });
  });

  it("reports drift once, whatever order the engine hands places over in", async () => {
    const created = await provider().create(inputs);
    emulator().move("media-assets");
    const { state } = await provider().read(created);
    const places = Object.fromEntries(Object.entries(state.places as object).reverse());
    assert.equal((await provider().diff({ ...state, places }, inputs)).changes, true);
    assert.equal((await provider().diff({ ...state, places }, inputs)).changes, false);
  });

  it("gives an unmoved state back as it was, having asked for every site", async () => {
    const state = await provider().create(inputs);
    emulator().clearRequests();
    assert.deepEqual(await provider().read(state), { id: "media-assets", state });
    assert.deepEqual(asked(), Object.values(clientIps));
    assert.equal((await provider().diff(state, inputs)).changes, false);
  });

  it("leaves state when the bucket is gone, and says that no id looks it up", async () => {
    const state = { ...inputs, bucketName: "nowhere", places: {} };
    assert.equal((await provider().read(state)).id, "");
    assert.equal(emulator().requests.length, 1);
    for (const props of [{}, inputs]) {
      await assert.rejects(
        provider().read(props, "media-assets"),
        /cannot be looked up by the id "media-assets"/,
      );
    }
  });

  it("refuses a maxConcurrency that is none", async () => {
    const other = await start({ "alicloud-ens:maxConcurrency": "0" });
    const [failure] = await other.check(inputs);
    other.stop();
    assert.match(
      failure?.reason ?? "",
      /^alicloud-ens:maxConcurrency: expected a whole number from 1 to 256, got "0"/,
    );
  });
});

describe("the provider process, for many sites under a quota of 50 calls a second", () => {
  const emulator = useEmulator({ buckets: ["media-assets"], quotaPerSecond: 50 });
  stopProviderProcesses();

  it("resolves 150 sites, with few refused and one line for the user", async () => {
    const provider = await startProvider(emulator(), { module: "prepared-uploads" });
    const addresses = Array.from({ length: 150 }, (_, n) => [`site-${n}`, `198.51.100.${n}`]);
    const clientIps = Object.fromEntries(addresses);
    const { places } = await provider.create({ bucketName: "media-assets", clientIps });
    assert.equal(Object.keys(places as object).length, 150);
    const refused = emulator().requests.filter(({ code }) => code === "Throttling.User").length;
    assert.ok(refused > 0 && refused <= 30, `${refused} refused`);
    assert.equal(provider.stdout.match(/ENS is throttling/g)?.length, 1, provider.stdout);
  });
});
