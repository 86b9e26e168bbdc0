import assert from "node:assert/strict";
import { Deployment } from "../../../provider/lifecycle/deployment";
import type { Call } from "../../../provider/lifecycle/lifecycle";
import { readSettings } from "../../../provider/lifecycle/settings/settings";
import { countAndDigest } from "../../../provider/resources/bucket-folder/reached";
import { readFolderState } from "../../../provider/resources/bucket-folder/read-folder-state";
import { bucketObject } from "../../../provider/resources/bucket-object/lifecycle";
import { failing } from "../../support/failing";
import { VirtualTime } from "../../support/virtual-time";

const bucketName = "media-assets";

describe("a refresh of objects about which the storage gives other answers each time", () => {
  const lines: string[] = [];
  let time: VirtualTime;
  let listings: number;

  beforeEach(() => {
    lines.length = 0;
    listings = 0;
    time = new VirtualTime();
  });

  /** Another ETag each time. */
  const objects = {
    call: async ({ name }: { readonly name: string }) => {
      listings += 1;
      const etag = String(listings).padStart(32, "0");
      if (name === "HeadObject") return { etag, size: 1, metadata: {} };
      return { items: [{ key: "a.css", etag, size: 1, since: 0 }], listedAt: 0 };
    },
  };
  const call = () =>
    ({
      ens: { call: async () => ({ physicalBucketName: "media-1", endpoint: "eos.aliyuncs.com" }) },
      objects,
      settings: readSettings(() => undefined, {}),
      deployment: new Deployment(),
      timing: time,
      signal: new AbortController().signal,
      tell: (line: string) => lines.push(line),
      shown: (value: string) => value,
      secrets: new Set(),
    }) as unknown as Call;

  const folder = (): Promise<unknown> => {
    const entries = countAndDigest({ "a.css": "A".repeat(22) });
    return readFolderState({ bucketName, path: "dist", ...entries }, call());
  };
  const object = (): Promise<unknown> =>
    bucketObject.read(
      "id",
      { bucketName, key: "a.css", contentType: "text/css", etag: "0".repeat(32), size: 1 },
      call(),
    );

  it("does not say that answers differ while it waits for the first of them", async () => {
    const slow = call();
    const answer = objects.call;
    Object.assign(slow, {
      objects: {
        call: async (asked: { readonly name: string }) => {
          await time.sleep(5000);
          return listings === 0 ? answer(asked) : { items: [], listedAt: 0 };
        },
      },
    });
    const entries = countAndDigest({ "a.css": "A".repeat(22) });
    await time.run(readFolderState({ bucketName, path: "dist", ...entries }, slow));
    assert.deepEqual(lines.slice(0, 2), [
      "media-assets/: waiting for the answer of the object storage (3 s so far)",
      "media-assets/: waiting until the object storage says the same twice (6 s so far)",
    ]);
  });

  for (const [name, read] of Object.entries({ folder, object })) {
    it(`says of the ${name} that the object storage is waited for`, async () => {
      const { message } = await failing(time.run(read()));
      assert.match(message, /: the object storage gave different answers in turn for 120 s\./);
      assert.match(lines[0] ?? "", /: waiting until the object storage says the same twice \(3 s so far\)$/);
    });
  }
});
