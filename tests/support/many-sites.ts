import { useEmulator } from "./emulator";
import type { ProviderProcess } from "./provider-process";
import { startProvider } from "./start-provider";

/** Three sites of one bucket, of which berlin has a place of its own. */
export const clientIps = { berlin: "203.0.113.7", hamburg: "198.51.100.20", oslo: "198.51.100.30" };
export const inputs = { bucketName: "media-assets", clientIps, triggers: ["v1"] };

/** The provider process for those sites, and the emulator that it asks; one of each for the tests of a `describe`. */
export function useManySites() {
  const placements = [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }];
  const emulator = useEmulator({ buckets: [{ name: "media-assets", placements }] });
  const start = (config: Readonly<Record<string, string>> = {}) =>
    startProvider(emulator(), {
      module: "prepared-uploads",
      // One at a time, by name: so the first fault hits the first site.
      config: { "alicloud-ens:maxConcurrency": "1", ...config },
    });
  let provider: ProviderProcess | undefined;
  before(async () => {
    provider = await start();
  });
  beforeEach(() => {
    emulator().clearRequests();
    emulator().clearFaults();
  });
  after(() => provider?.stop());

  const place = () => emulator().buckets.get("media-assets");
  return {
    emulator,
    provider: () => provider as ProviderProcess,
    /** Starts another, which its test stops. */
    start,
    /** The addresses that were asked for, in their order. */
    asked: () => emulator().requests.map(({ clientIp }) => clientIp),
    /** Where the bucket is, and where it is for berlin. */
    home: () => `${place()?.physicalBucketName}@${place()?.endpoint}`,
    east: () => `media-east@${place()?.endpoint}`,
  };
}
