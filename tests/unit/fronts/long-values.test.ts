import assert from "node:assert/strict";
import { dynamicProvider } from "../../../provider/fronts/dynamic/dynamic-provider";
import { resources } from "../../../provider/resources/registry";
import { memoryHost } from "../../support/memory-host";

describe("the dynamic front, of an input that is refused", () => {
  const provider = dynamicProvider(resources.BucketObject, memoryHost());
  const refused = async (content: string, more: object = {}) => {
    const inputs = { bucketName: "media-assets", key: "a", content, contentType: "", ...more };
    const { failures = [] } = await provider.check({}, inputs);
    return failures;
  };

  it("names it, and Pulumi shows its value with that", async () => {
    const [failure] = await refused("short");
    assert.equal(failure?.property, "contentType");
  });

  it("leaves the name to the reason where the value is long, since Pulumi would show all of it", async () => {
    const [content] = await refused("x".repeat(1024 ** 2 + 1));
    assert.equal(content?.property, "");
    assert.match(
      content?.reason ?? "",
      /^content: expected a text of at most 1048576 bytes, .*, got 1048577\.\sWrite it to a file, and give that as source\.\nDocs: \S+$/s,
    );
    const [text] = await refused("x".repeat(1024 ** 2 + 1), { secretInputs: ["content"] });
    assert.match(text?.reason ?? "", /^content: expected a text of at most .* got \[secret\]\./);
  });
});
