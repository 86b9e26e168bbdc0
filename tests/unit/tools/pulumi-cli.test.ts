import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePulumi } from "../../../tools/pulumi-cli";
import { cached, isCached, keptCli, publish } from "../../../tools/pulumi-cli/cache";
import { runChild } from "../../../tools/pulumi-cli/child";
import { isAtLeast } from "../../../tools/pulumi-cli/go";
import { type Route, routes } from "../../../tools/pulumi-cli/routes";
import { oldestVersion, wantedVersion } from "../../../tools/pulumi-cli/versions";

describe("getting the Pulumi CLI", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "ens-cli-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function way(name: Route["name"], find: () => Promise<string>): Route {
    return { name, what: `way ${name}`, find };
  }

  const fails = async () => {
    throw new Error("because\nof this");
  };

  function programs(names: readonly string[], version: string): string {
    for (const name of names) {
      const path = join(root, name);
      writeFileSync(path, `#!/bin/sh\necho ${version}\n`);
      chmodSync(path, 0o755);
    }
    return root;
  }

  const all = ["pulumi", "pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

  it("tries PATH, the cache, the release and the source, in this order", () => {
    assert.deepEqual(
      routes.map(({ name }) => name),
      ["path", "cache", "release", "source"],
    );
  });

  it("takes the first way that works, and says in one line why each before it did not", async () => {
    const lines: string[] = [];
    const routes = [
      way("path", fails),
      way("cache", fails),
      way("release", async () => "/there"),
      way("source", fails),
    ];
    const cli = await ensurePulumi({ log: (line) => lines.push(line), routes });
    assert.deepEqual(cli, { folder: "/there", source: "release" });
    assert.deepEqual(lines, [
      "Pulumi CLI: not by way path: because",
      "Pulumi CLI: not by way cache: because",
    ]);
  });

  it("names three ways to install it when none works", async () => {
    const ensured = ensurePulumi({ log: () => undefined, routes: [way("path", fails)] });
    await assert.rejects(ensured, /on PATH.*release host.*Go 1\.25/s);
  });

  it("stops when told to, without trying the next way", async () => {
    const controller = new AbortController();
    const routes = [
      way("path", () => {
        controller.abort();
        return fails();
      }),
      way("cache", async () => assert.fail("tried")),
    ];
    await assert.rejects(ensurePulumi({ log: () => undefined, routes, signal: controller.signal }), {
      name: "AbortError",
    });
  });

  const [onPath, inCache] = routes as [Route, Route];

  it("takes one on PATH that is new enough and whole", async () => {
    const env = { PATH: programs(all, `v${oldestVersion}`) };
    assert.equal(await onPath.find({ env: { PATH: `${env.PATH}:/bin` }, log: () => undefined }), root);
  });

  for (const [what, names, version, expected] of [
    ["older", all, "v3.215.0", /v3\.215\.0, older than 3\.216\.0/],
    ["not whole", all.slice(0, 2), "v3.300.0", /no pulumi-resource-pulumi-nodejs/],
  ] as const) {
    it(`does not take one on PATH that is ${what}`, async () => {
      const env = { PATH: `${programs(names, version)}:/bin` };
      await assert.rejects(onPath.find({ env, log: () => undefined }), expected);
    });
  }

  it("keeps in the cache what is whole, and nothing of what failed", async () => {
    const env = { PULUMI_ALICLOUD_ENS_CACHE: join(root, "cache") };
    await assert.rejects(publish(env, keptCli, "source", fails));
    assert.deepEqual(readdirSync(join(root, "cache")), []);
    await assert.rejects(inCache.find({ env, log: () => undefined }));
    mkdirSync(cached(env, keptCli)); // as an interrupted run of another version of this code might leave it
    await publish(env, keptCli, "source", async (folder) => mkdirSync(join(folder, "bin")));
    assert.equal(await isCached(env, keptCli), true);
    assert.equal(await inCache.find({ env, log: () => undefined }), join(cached(env, keptCli), "bin"));
  });

  it("lets the first of two runs win, and both go on", async () => {
    const env = { PULUMI_ALICLOUD_ENS_CACHE: join(root, "cache") };
    const fill = async (folder: string) => mkdirSync(join(folder, "bin"));
    await Promise.all([publish(env, keptCli, "source", fill), publish(env, keptCli, "release", fill)]);
    assert.deepEqual(readdirSync(join(root, "cache")), [`pulumi-${wantedVersion}`]);
  });

  it("ends a program, and what that started, when told to", async () => {
    const controller = new AbortController();
    const marker = join(root, "still-there");
    const script = `(sleep 1; touch ${marker}) & wait`;
    const running = runChild("/bin/sh", ["-c", script], { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await assert.rejects(running, /interrupted/);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    assert.equal(existsSync(marker), false);
  });

  it("compares versions by number", () => {
    assert.equal(isAtLeast("v3.216.0", "3.216.0"), true);
    assert.equal(isAtLeast("v3.99.9", "3.216.0"), false);
    assert.equal(isAtLeast("v4.0.0-beta.1", "3.216.0"), true);
    assert.equal(isAtLeast("nonsense", "3.216.0"), false);
  });
});
