import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { useChromium } from "../support/chromium";
import { useEmulator } from "../support/emulator";
import { inspectPage } from "../support/inspect-page";
import { checkout } from "../support/paths";
import { useCli } from "../support/pulumi-cli";
import { counts, PulumiProject } from "../support/pulumi-project";

describe("examples/static-site, as written", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator();
  let project: PulumiProject;
  let url: string;

  before("the stack", async () => {
    project = await PulumiProject.create({
      from: join(checkout, "examples", "static-site"),
      config: { bucketName: "edge-site" },
      env: emulator().environment,
    });
    assert.deepEqual(counts(await project.up()), { created: 5 });
    ({ url } = await project.outputs<{ url: string }>());
  });
  beforeEach(() => emulator().clearRequests());
  after(() => project?.remove());

  /** What was written to the storage. */
  function written(): string[] {
    return emulator().requests.flatMap(({ service, action, key }) =>
      service === "oss" && /^(PUT|POST|DELETE)/.test(action) ? [`${action} ${key}`] : [],
    );
  }

  it("puts what anybody may read, with its type and for how long browsers may keep it", async () => {
    for (const [file, type, kept] of [
      ["index.html", "text/html; charset=utf-8", "no-cache"],
      ["style.css", "text/css; charset=utf-8", "max-age=3600"],
      ["icon.svg", "image/svg+xml", "max-age=3600"],
      ["config.json", "application/json", "no-cache"],
    ]) {
      const answer = await fetch(url.replace("index.html", file ?? ""));
      assert.equal(answer.status, 200, file);
      assert.equal(answer.headers.get("content-type"), type, file);
      assert.equal(answer.headers.get("cache-control"), kept, file);
    }
  });

  it("changes nothing the second time, and puts only what was changed", async () => {
    assert.deepEqual(counts(await project.up()), { unchanged: 5 });
    assert.deepEqual(written(), []);
    project.write("site/style.css", `${readFileSync(join(project.folder, "site", "style.css"), "utf8")}\n`);
    assert.deepEqual(counts(await project.up()), { updated: 1, unchanged: 4 });
    assert.deepEqual(written(), ["PUT style.css"]);
  });

  describe("in Chromium", () => {
    const chromium = useChromium();

    it("is a page with its style, its icon and what the stack knows", async () => {
      const context = await chromium().newContext();
      const page = await context.newPage();
      const complaints: string[] = [];
      const failed: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("response", (answer) => {
        if (answer.status() >= 400) failed.push(`${answer.status()} ${answer.url()}`);
      });
      await page.goto(url);
      const { physicalBucketName, endpoint } = emulator().buckets.get("edge-site") ?? assert.fail();
      await page.getByRole("status").filter({ hasText: "From the bucket" }).waitFor();
      assert.equal(
        await page.getByRole("status").textContent(),
        `From the bucket ${physicalBucketName} at ${endpoint}.`,
      );
      assert.equal(await page.title(), "A site on the edge");
      assert.equal(await page.evaluate("document.querySelector('img').naturalWidth > 0"), true);
      assert.equal(await page.evaluate("getComputedStyle(document.body).display"), "grid");
      await inspectPage(page, "static-site");
      assert.deepEqual({ complaints, failed }, { complaints: [], failed: [] });
      await context.close();
    });
  });

  describe("destroyed", () => {
    it("is gone with its bucket", async () => {
      await project.destroy();
      assert.deepEqual([...emulator().buckets.keys()], []);
    });
  });
});
