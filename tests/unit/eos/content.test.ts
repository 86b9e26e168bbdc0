import assert from "node:assert/strict";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { ContentFault } from "../../../provider/eos/content";
import { failing } from "../../support/failing";

describe("a content that cannot be read", () => {
  it("is told by the system's code, and not by where it is, which may be a secret", async () => {
    const reading = async () => {
      for await (const _ of createReadStream(join(__dirname, "canary")));
    };
    const { message } = ContentFault.unreadable(await failing(reading()));
    assert.equal(message, "its content could not be read (ENOENT)");
  });
});
