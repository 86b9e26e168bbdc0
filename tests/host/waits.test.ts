import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { useEmulator } from "../support/emulator";
import { Folder } from "../support/folder";
import { PluginProcess, urnOf } from "../support/plugin-process";
import { ProviderProcess } from "../support/provider-process";
import { useSilentServer } from "../support/silent-server";
import { startProvider } from "../support/start-provider";

const inputs = { bucketName: "media-assets" };
const keys = { ALICLOUD_ACCESS_KEY: "id", ALICLOUD_SECRET_KEY: "secret" };

/** All begin to wait at the same time. */
describe("what a process waits for is told in about four seconds", () => {
  const silent = useSilentServer();
  const emulator = useEmulator({ buckets: ["media-assets"] });
  const home = new Folder();
  const providers = new Map<string, ProviderProcess>();
  let plugin: PluginProcess;

  before(async function () {
    this.timeout(60_000);
    const ens = () => ({ "alicloud-ens:endpoint": silent().url });
    writeProfile(home.path);
    const start = async (name: string, provider: Promise<ProviderProcess>, properties: object = inputs) => {
      providers.set(name, await provider);
      return () =>
        void providers
          .get(name)
          ?.create({ ...properties })
          .catch(() => {});
    };
    const works = await Promise.all([
      start("an endpoint", ProviderProcess.start({ config: ens(), env: keys })),
      start(
        "credentials from a URI",
        ProviderProcess.start({ config: ens(), env: { ALICLOUD_CREDENTIALS_URI: `${silent().url}/keys` } }),
      ),
      start(
        "the command of a profile",
        ProviderProcess.start({ config: ens(), env: { HOME: home.path, ALICLOUD_PROFILE: "slow" } }),
      ),
      start(
        "STS",
        ProviderProcess.start({
          config: ens(),
          env: {
            ...keys,
            ALICLOUD_ASSUME_ROLE_ARN: "acs:ram::123456789012:role/uploader",
            ALICLOUD_ENDPOINT_STS: silent().url,
          },
        }),
      ),
      start("throttling", startProvider(emulator())),
      start("a source", startProvider(emulator(), { module: "bucket-object" }), {
        ...inputs,
        key: "logo.png",
        source: {
          "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17",
          hash: "5".repeat(64),
          uri: `${silent().url}/logo.png?token=hidden`,
        },
      }),
    ]);
    plugin = await PluginProcess.start({
      config: { endpoint: silent().url, maxConcurrency: "1" },
      env: keys,
    });
    emulator().fail({
      kind: "error",
      code: "Throttling.User",
      status: 429,
      headers: { "x-acs-retry-after": "20000" },
    });
    for (const work of works) work();
    for (const name of ["one", "two", "three"]) {
      plugin.create(urnOf("PreparedUpload", name), inputs).catch(() => {});
    }
    // A line has the seconds since its wait began, however long processes take to start here.
    const outputs = () => [
      ...[...providers.values()].map(({ stdout }) => stdout),
      plugin.lines[0]?.message ?? "",
    ];
    for (let tenths = 0; tenths < 300 && !outputs().every((text) => /so far/.test(text)); tenths += 1) {
      await sleep(100);
    }
  });
  after(() => {
    for (const provider of providers.values()) provider.stop();
    plugin?.stop();
    home.remove();
  });

  const told: Readonly<Record<string, RegExp>> = {
    "an endpoint":
      /^bucket "media-assets": waiting for the answer of ENS to PrepareUpload \([45] s so far\)\n/m,
    "credentials from a URI":
      /^bucket "media-assets": waiting for credentials \(.*ALICLOUD_CREDENTIALS_URI.*\) \([45] s so far\)\n/m,
    "the command of a profile":
      /^bucket "media-assets": waiting for credentials \(profile "slow"\) \([45] s so far\)\n/m,
    STS: /^bucket "media-assets": waiting for credentials \(.*\) \([45] s so far\)\n/m,
    throttling:
      /^ENS is throttling; 1 call waits, next try in [\d.]+ s\nbucket "media-assets": waiting to call PrepareUpload, since ENS is throttling \([45] s so far\)\n/m,
    "a source": /^reading http:\/\/127\.0\.0\.1:\d+\/logo\.png \([45] s so far\)\n/m,
  };
  for (const [name, expected] of Object.entries(told)) {
    it(`${name}, by a dynamic provider`, () => {
      assert.match(providers.get(name)?.stdout ?? "", expected);
    });
  }

  it("the only slot, by the plugin: one line for all, at the resource that waits longest", () => {
    const [line, ...others] = plugin.lines;
    assert.match(
      line?.message ?? "",
      /^bucket "media-assets": waiting for the answer of ENS to PrepareUpload \([45] s so far\); 2 other resources wait too$/,
    );
    assert.equal(line?.urn, urnOf("PreparedUpload", "one"));
    assert.deepEqual(others, []);
  });
});

/** One whose keys come from a command that takes its time. */
function writeProfile(home: string): void {
  const command = join(home, "slow.sh");
  writeFileSync(command, "#!/bin/sh\nsleep 20\n");
  chmodSync(command, 0o755);
  mkdirSync(join(home, ".aliyun"), { recursive: true });
  const profile = { name: "slow", mode: "External", process_command: command };
  writeFileSync(
    join(home, ".aliyun", "config.json"),
    JSON.stringify({ current: "slow", profiles: [profile] }),
  );
}
