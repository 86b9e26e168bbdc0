import assert from "node:assert/strict";
import { setImmediate as settle } from "node:timers/promises";
import type { Keys } from "../../../provider/ens/keys";
import { openedKeys } from "../../../provider/lifecycle/credentials/opened-keys";

function keys(accessKeyId: string): Keys {
  return { accessKeyId, accessKeySecret: "secret" };
}

describe("keys of a source that is opened", () => {
  let opened: number;
  beforeEach(() => {
    opened = 0;
  });

  /** Gives the same keys for as long as it is not opened again. */
  const source = () =>
    openedKeys({ origin: "test" }, async () => {
      opened += 1;
      const given = keys(`key-${opened}`);
      return async () => {
        await settle();
        return given;
      };
    });

  it("are asked of one opening, by one call for all who ask at once", async () => {
    let asked = 0;
    const { getKeys } = openedKeys({ origin: "test" }, async () => async () => {
      asked += 1;
      return keys(`key-${asked}`);
    });
    assert.deepEqual(await Promise.all([getKeys(), getKeys()]), [keys("key-1"), keys("key-1")]);
    assert.deepEqual(await getKeys(), keys("key-2"));
  });

  it("are opened again once for all whose keys were refused together", async () => {
    const { getKeys, discard } = source();
    const refused = await getKeys();
    const renewed = await Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        if (index % 2 === 0) await settle();
        discard?.(refused);
        return getKeys();
      }),
    );
    assert.equal(opened, 2);
    assert.ok(renewed.every(({ accessKeyId }) => accessKeyId === "key-2"));
  });

  it("are never those refused, though somebody was asking for them at that moment", async () => {
    const { getKeys, discard } = source();
    const refused = await getKeys();
    const asking = getKeys();
    discard?.(refused);
    assert.deepEqual(await getKeys(), keys("key-2"));
    assert.deepEqual(await asking, refused);
    assert.deepEqual(await getKeys(), keys("key-2"));
  });

  it("are asked of a new opening after a failure", async () => {
    const { getKeys } = openedKeys({ origin: "test" }, async () => {
      opened += 1;
      const broken = opened === 1;
      return async () => {
        if (broken) throw new Error("broken for ever");
        return keys("key");
      };
    });
    await assert.rejects(getKeys(), /broken/);
    assert.deepEqual(await getKeys(), keys("key"));
  });
});
