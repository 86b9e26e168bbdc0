import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import OSS from "ali-oss";
import type { BrowserContextOptions, Page } from "playwright-core";
import { defaultAccount } from "../../emulator";
import { useChromium } from "../support/chromium";
import { useEmulator } from "../support/emulator";
import { ExampleServer } from "../support/example-server";
import { inspectPage } from "../support/inspect-page";
import { checkout } from "../support/paths";
import { png } from "../support/png";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

const picture = png(1600, 1450);
const parts = 7;

const phone: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
  colorScheme: "dark",
};

describe("examples/browser-upload, as written", function () {
  this.timeout(120_000);
  useCli();
  const emulator = useEmulator({
    buckets: [
      {
        name: "media-assets",
        physicalBucketName: "media-anywhere",
        placements: [{ clientIps: "203.0.113.0/24", physicalBucketName: "media-east" }],
      },
    ],
  });
  let project: PulumiProject;
  let server: ExampleServer;
  let pictureFile: string;

  before("the stack and its server", async () => {
    project = await PulumiProject.create({
      from: join(checkout, "examples", "browser-upload"),
      config: { bucketName: "media-assets" },
      env: emulator().environment,
    });
    pictureFile = join(project.folder, "holiday-at-sea.png");
    writeFileSync(pictureFile, picture);
    await project.setConfig("sites.office", "203.0.113.7/24", "path");
    await project.up();
    const { stdout } = await project.run(["stack", "output", "--json"]);
    project.write("outputs.json", stdout);
    server = await ExampleServer.start(project.folder, project.env, "allow-browsers");
  });

  after(async () => {
    await server?.stop();
    project?.remove();
  });

  it("resolves the place for clients of each site, and lets the page send to all of them", () => {
    const resolved = emulator().requests.filter(({ action }) => action === "PrepareUpload");
    assert.deepEqual(resolved.map(({ clientIp }) => clientIp).sort(), ["203.0.113.7", undefined]);
    const said = ["media-anywhere", "media-east"].map(
      (bucket) => `${bucket} takes uploads from pages of ${server.origin}.\n`,
    );
    assert.equal(server.prepared, said.join(""));
  });

  /** Object requests so far, e.g. `PUT 200`. */
  function asked(what: string): number {
    return emulator().requests.filter(
      ({ service, action, status }) => service === "oss" && `${action} ${status}` === what,
    ).length;
  }

  function storage(bucket: string): OSS {
    const endpoint = `http://localhost:${emulator().port}`;
    return new OSS({ ...defaultAccount, bucket, endpoint, sldEnable: true } as OSS.Options);
  }

  describe("in Chromium", () => {
    const chromium = useChromium();
    beforeEach(() => emulator().clearRequests());

    let pages: Page[] = [];
    const complaints: string[] = [];

    async function open(options: BrowserContextOptions = {}, url = server.origin): Promise<Page> {
      const context = await chromium().newContext(options);
      const page = await context.newPage();
      pages.push(page);
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(url);
      await page.locator("#limits", { hasText: "up to 2 GB" }).waitFor();
      return page;
    }

    afterEach(async () => {
      emulator().clearFaults();
      await Promise.all(pages.map((page) => page.context().close()));
      pages = [];
      const broken = complaints.filter((text) => /Content Security Policy|Error:/.test(text));
      complaints.length = 0;
      assert.deepEqual(broken, []);
    });

    it("uploads a picture straight to the storage by keyboard alone, with progress, and shows it", async () => {
      const page = await open();
      // Early, since it takes Chromium a while to hand choosers over.
      const choice = page.waitForEvent("filechooser");
      const bodies: Promise<string>[] = [];
      page.on("response", (response) => {
        if (response.url().startsWith(server.origin)) bodies.push(response.text());
      });
      await inspectPage(page, "idle");
      await page.evaluate(`
        globalThis.seen = [];
        globalThis.heard = [];
        const live = document.querySelector("[role=status]");
        new MutationObserver(() => heard.push(live.textContent)).observe(live, { childList: true });
        const bar = document.querySelector("progress");
        new MutationObserver(() => seen.push(bar.value)).observe(bar, { attributes: true });
      `);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await (await choice).setFiles(pictureFile);

      const shown = page.getByRole("img", { name: "holiday at sea" });
      await shown.waitFor();
      await page.waitForFunction("document.querySelector('img').naturalWidth > 0");
      assert.equal(await page.evaluate("document.querySelector('img').naturalWidth"), 1600);
      assert.equal(await page.evaluate("document.activeElement.textContent"), "Uploaded");
      await inspectPage(page, "done");

      const seen = (await page.evaluate("seen")) as number[];
      assert.deepEqual(
        seen,
        [...seen].sort((a, b) => a - b),
      );
      assert.ok(seen.filter((value) => value > 0 && value < 100).length >= 2, `progress: ${seen}`);
      assert.equal(seen.at(-1), 100);

      const heard = (await page.evaluate("heard")) as string[];
      assert.equal(heard[0], "Uploading holiday-at-sea.png.");
      assert.ok(
        heard.some((text) => /^(25|50|75|100) % uploaded$/.test(text)),
        `heard: ${heard}`,
      );

      const url = new URL((await shown.getAttribute("src")) ?? "");
      const [, bucket = "", ...key] = url.pathname.split("/");
      assert.equal(bucket, "media-anywhere");
      const { content, res } = await storage(bucket).get(key.join("/"));
      assert.ok(picture.equals(content));
      assert.equal((res.headers as Record<string, string>)["content-type"], "image/png");
      assert.equal(asked("PUT 200"), parts);
      assert.ok(asked("OPTIONS 200") >= 1);
      const said = (await Promise.all(bodies)).join("\n");
      assert.ok(said.includes("Signature="));
      assert.ok(!said.includes(defaultAccount.accessKeySecret));

      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate("document.activeElement.id"), "file");
    });

    it("goes on after a failure, in another visit too, without sending again what is stored", async () => {
      const page = await open();
      emulator().fail({ service: "oss", method: "PUT", kind: "reset", after: 2, times: 1000 });
      await page.setInputFiles("#file", pictureFile);
      await page.getByRole("alert").filter({ hasText: "The connection to the storage was lost." }).waitFor();
      await page.getByRole("button", { name: "Resume" }).waitFor();
      await inspectPage(page, "failed");
      emulator().clearFaults();
      emulator().fail({
        service: "oss",
        method: "PUT",
        kind: "error",
        code: "InternalError",
        status: 500,
        after: 2,
        times: 1000,
      });
      await page.keyboard.press("Enter");
      await page
        .getByRole("alert")
        .filter({ hasText: /The storage answered with 500 \(request [0-9A-F]+\)/ })
        .waitFor();
      emulator().clearFaults();

      await page.reload();
      await page.setInputFiles("#file", pictureFile);
      await page.getByRole("heading", { name: "Uploaded" }).waitFor();
      assert.equal(asked("PUT 200"), parts);
      assert.equal(asked("POST 200"), 2);
    });

    it("pauses, waits while offline, and goes on, on a phone", async () => {
      const page = await open(phone);
      await inspectPage(page, "idle");
      emulator().fail({ service: "oss", method: "PUT", kind: "hang", after: 1, times: 3 });
      await page.setInputFiles("#file", pictureFile);
      await page.locator("progress:not([value='0'])").waitFor();
      await inspectPage(page, "uploading");
      for (const button of await page.getByRole("button").all()) {
        assert.ok(((await button.boundingBox())?.height ?? 0) >= 44);
      }
      await page.getByRole("button", { name: "Pause" }).tap();
      await page.getByRole("status").filter({ hasText: "Paused." }).waitFor();
      await inspectPage(page, "paused");
      emulator().clearFaults();

      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Resume" }).tap();
      await page.getByRole("alert").filter({ hasText: "You are offline." }).waitFor();
      await inspectPage(page, "offline");
      await page.context().setOffline(false);
      await page.getByRole("heading", { name: "Uploaded" }).waitFor();
      await page.waitForFunction("document.querySelector('img').naturalWidth > 0");
      await inspectPage(page, "done");
    });

    it("begins again when the storage does not know the upload any more", async () => {
      const page = await open();
      emulator().fail({ service: "oss", method: "PUT", kind: "hang", times: 3 });
      await page.setInputFiles("#file", pictureFile);
      await page.locator("progress:not([value='0'])").waitFor();
      await page.getByRole("button", { name: "Pause" }).click();
      emulator().clearFaults();
      const client = storage("media-anywhere");
      for (const { name, uploadId } of (await client.listUploads({}, {})).uploads) {
        await client.abortMultipartUpload(name, uploadId);
      }
      await page.getByRole("button", { name: "Resume" }).click();
      await page.getByRole("heading", { name: "Uploaded" }).waitFor();
      assert.equal(asked("PUT 200"), parts);
    });

    it("gives up an upload, and what of it is stored, when it is cancelled", async () => {
      const uploads = async () => (await storage("media-anywhere").listUploads({}, {})).uploads;
      const before = await uploads();
      const page = await open();
      emulator().fail({ service: "oss", method: "PUT", kind: "hang", after: 1, times: 3 });
      await page.setInputFiles("#file", pictureFile);
      await page.locator("progress:not([value='0'])").waitFor();
      const gone = page.waitForResponse(`${server.origin}/api/abandon`);
      await page.getByRole("button", { name: "Cancel" }).click();
      assert.equal((await gone).status(), 200);
      assert.deepEqual(await uploads(), before);
      assert.equal(await page.evaluate("localStorage.length"), 0);
    });

    it("takes a file that is dropped on it, and shows no picture of what is none", async () => {
      const page = await open();
      const dataTransfer = await page.evaluateHandle(`
        const transfer = new DataTransfer();
        transfer.items.add(new File(["%PDF-"], "a <paper>.pdf", { type: "application/pdf" }));
        transfer;
      `);
      await page.dispatchEvent("#drop", "drop", { dataTransfer });
      await page.getByRole("link", { name: "Open a <paper>.pdf" }).waitFor();
      assert.equal(await page.getByRole("img").count(), 0);
    });

    it("says what is wrong with a file, and lets another be chosen", async () => {
      const page = await open();
      await page.setInputFiles("#file", {
        name: "notes.txt",
        mimeType: "text/plain",
        buffer: Buffer.from("x"),
      });
      await page.getByRole("alert").filter({ hasText: "Files of this type are not taken" }).waitFor();
      assert.equal(await page.evaluate("document.activeElement.id"), "file");
      await inspectPage(page, "refused");
    });

    it("is no use to a page of another origin, neither at the server nor at the storage", async () => {
      const url = storage("media-anywhere").signatureUrl("x", { method: "PUT" });
      const foreign = await open({}, server.origin.replace("localhost", "127.0.0.1"));
      await foreign.setInputFiles("#file", pictureFile);
      await foreign
        .getByRole("alert")
        .filter({ hasText: `Only the page at ${server.origin} may ask` })
        .waitFor();
      const failed = foreign.evaluate((to) => fetch(to, { method: "PUT", body: "x" }), url);
      await assert.rejects(failed, /Failed to fetch/);
      assert.equal(asked("OPTIONS 403"), 1);
      assert.equal(asked("PUT 200"), 0);
    });
  });
});
