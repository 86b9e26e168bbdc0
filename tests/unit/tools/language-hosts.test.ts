import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cached, publish } from "../../../tools/pulumi-cli/cache";
import { ensureLanguageHosts, keptHosts } from "../../../tools/pulumi-cli/language-hosts";

describe("getting Pulumi's language hosts", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "ens-hosts-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const ensured = () => {
    // Nothing on PATH, so there is no Go.
    const env = { PULUMI_ALICLOUD_ENS_CACHE: join(root, "cache"), PATH: "" };
    const log = () => assert.fail("nothing is built");
    return ensureLanguageHosts({ folder: root, source: "path" }, { env, log });
  };
  const have = (names: readonly string[]) => {
    for (const name of names) writeFileSync(join(root, `pulumi-language-${name}`), "");
  };

  it("takes those of a CLI that has them all", async () => {
    have(["yaml", "python", "go"]);
    assert.equal(await ensured(), root);
  });

  it("takes those in the cache", async () => {
    have(["yaml", "python"]);
    const env = { PULUMI_ALICLOUD_ENS_CACHE: join(root, "cache") };
    await publish(env, keptHosts, "source", async (folder) => mkdirSync(join(folder, "bin")));
    assert.equal(await ensured(), join(cached(env, keptHosts), "bin"));
  });

  it("says what is missing where there are none and none can be built", async () => {
    await assert.rejects(ensured(), /^Error: there is no go$/);
  });
});
