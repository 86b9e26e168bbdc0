import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import OSS from "ali-oss";
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { defaultAccount } from "../../emulator";
import { readSettings } from "../../examples/browser-upload/settings";
import { useChromium } from "../support/chromium";
import { useEmulator } from "../support/emulator";
import { ExampleServer } from "../support/example-server";
import { cacheFolder, checkout } from "../support/paths";
import { png } from "../support/png";
import { useCli } from "../support/pulumi-cli";
import { PulumiProject } from "../support/pulumi-project";

const screenshots = join(cacheFolder, "screenshots");
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
    mkdirSync(screenshots, { recursive: true });
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
    const env = { ...project.env, TRUSTED_PROXIES: "127.0.0.1" };
    server = await ExampleServer.start(project.folder, env, "allow-browsers");
    emulator().clearRequests();
  });

  after(async () => {
    await server?.stop();
    project?.remove();
  });

  afterEach(() => {
    emulator().clearFaults();
    emulator().clearRequests();
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
      await Promise.all(pages.map((page) => page.context().close()));
      pages = [];
      const broken = complaints.filter((text) => /Content Security Policy|Error:/.test(text));
      complaints.length = 0;
      assert.deepEqual(broken, []);
    });

    /** Holds the page to the rules of axe-core, in both colour schemes, and to its width; keeps pictures of it. */
    async function inspect(page: Page, state: string): Promise<void> {
      const { width = 0 } = page.viewportSize() ?? {};
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate("axe.run()")) as axe.AxeResults;
        assert.deepEqual(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`),
          [],
        );
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), width);
        await page.screenshot({ path: join(screenshots, `${state}-${width}-${colorScheme}.png`) });
      }
    }

    it("uploads a picture straight to the storage by keyboard alone, with progress, and shows it", async () => {
      const page = await open();
      // Early, since it takes Chromium a while to hand choosers over.
      const choice = page.waitForEvent("filechooser");
      const bodies: Promise<string>[] = [];
      page.on("response", (response) => {
        if (response.url().startsWith(server.origin)) bodies.push(response.text());
      });
      await inspect(page, "idle");
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
      await inspect(page, "done");

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
      await inspect(page, "failed");
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
      await inspect(page, "idle");
      emulator().fail({ service: "oss", method: "PUT", kind: "hang", after: 1, times: 3 });
      await page.setInputFiles("#file", pictureFile);
      await page.locator("progress:not([value='0'])").waitFor();
      await inspect(page, "uploading");
      for (const button of await page.getByRole("button").all()) {
        assert.ok(((await button.boundingBox())?.height ?? 0) >= 44);
      }
      await page.getByRole("button", { name: "Pause" }).tap();
      await page.getByRole("status").filter({ hasText: "Paused." }).waitFor();
      await inspect(page, "paused");
      emulator().clearFaults();

      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Resume" }).tap();
      await page.getByRole("alert").filter({ hasText: "You are offline." }).waitFor();
      await inspect(page, "offline");
      await page.context().setOffline(false);
      await page.getByRole("heading", { name: "Uploaded" }).waitFor();
      await page.waitForFunction("document.querySelector('img').naturalWidth > 0");
      await inspect(page, "done");
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
      await inspect(page, "refused");
    });

    it("is no use to a page of another origin, neither at the server nor at the storage", async () => {
      const { ticket } = await ask("begin", { name: "a.png", size: 10, type: "image/png" }).then(
        ({ body }) => body,
      );
      const { url = "" } = (await ask("sign", { ticket, part: 1 })).body;
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

  interface Asked {
    readonly origin?: string;
    readonly type?: string;
    readonly forwardedFor?: string;
  }

  /** Asks the server as the page does, or nearly so. */
  async function ask(
    operation: string,
    body: unknown,
    { origin = server.origin, type, forwardedFor }: Asked = {},
  ) {
    const response = await fetch(`${server.origin.replace("localhost", "127.0.0.1")}/api/${operation}`, {
      method: "POST",
      headers: {
        "content-type": type ?? "application/json",
        ...(origin === "" ? {} : { origin }),
        ...(forwardedFor === undefined ? {} : { "x-forwarded-for": forwardedFor }),
      },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  describe("its server", () => {
    const file = { name: "a.png", size: 1_500_000, type: "image/png" };

    for (const [client, forwardedFor, bucket] of [
      ["a client of the office", "203.0.113.9", "media-east"],
      ["one that names the office as its origin", "203.0.113.9, 198.51.100.1", "media-anywhere"],
      ["any other client", "198.51.100.1", "media-anywhere"],
    ] as const) {
      it(`presigns for ${client} at ${bucket}`, async () => {
        const { body } = await ask("begin", file, { forwardedFor });
        const { url = "" } = (await ask("sign", { ticket: body.ticket, part: 2 })).body;
        assert.equal(new URL(url).pathname.split("/")[1], bucket);
        const expires = Number(new URL(url).searchParams.get("Expires")) - Date.now() / 1000;
        assert.ok(expires > 500 && expires <= 601, `${expires} s`);
      });
    }

    for (const [what, changes, status] of [
      ["a name with a slash", { name: "../a.png" }, 400],
      ["a name with a backslash", { name: "..\\a.png" }, 400],
      ["a name with a line break", { name: "a\n.png" }, 400],
      ["a name too long", { name: "a".repeat(256) }, 400],
      ["no name", { name: "" }, 400],
      ["a type that can hold scripts", { type: "image/svg+xml" }, 415],
      ["a type that objects have by themselves", { type: "constructor" }, 415],
      ["an empty file", { size: 0 }, 400],
      ["a size that is none", { size: "1" }, 400],
      ["a file too large", { size: 2 * 1024 ** 3 + 1 }, 413],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const { status: came, body } = await ask("begin", { ...file, ...changes });
        assert.equal(came, status);
        assert.match(body.error ?? "", /\w/);
        assert.equal(emulator().requests.length, 0);
      });
    }

    for (const [what, how, status] of [
      ["another origin", { origin: "https://example.com" }, 403],
      ["no origin", { origin: "" }, 403],
      ["what a form can send", { type: "text/plain" }, 415],
    ] as const) {
      it(`refuses ${what}`, async () => {
        assert.equal((await ask("begin", file, how)).status, status);
        assert.equal(emulator().requests.length, 0);
      });
    }

    it("makes the key by itself, and takes no ticket but its own", async () => {
      const { ticket = "" } = (await ask("begin", file)).body;
      const [text = "", mark = ""] = ticket.split(".");
      const claims = JSON.parse(Buffer.from(text, "base64url").toString()) as Record<string, unknown>;
      assert.match(String(claims.key), /^uploads\/\d{4}-\d\d-\d\d\/[0-9a-f-]{36}\.png$/);
      const changed = Buffer.from(JSON.stringify({ ...claims, key: "other" })).toString("base64url");
      for (const forged of [`${changed}.${mark}`, text, "", undefined]) {
        assert.equal((await ask("sign", { ticket: forged, part: 1 })).status, 403);
      }
      for (const part of [0, 3, 1.5, "x", null])
        assert.equal((await ask("sign", { ticket, part })).status, 400);
      assert.equal((await ask("complete", { ticket })).status, 409);
    });

    it("does not keep more than was announced", async () => {
      const { ticket } = (await ask("begin", { ...file, size: 10 })).body;
      const { url = "" } = (await ask("sign", { ticket, part: 1 })).body;
      assert.equal((await fetch(url, { method: "PUT", body: Buffer.alloc(11) })).status, 200);
      const { status, body } = await ask("complete", { ticket });
      assert.equal(status, 410);
      assert.match(body.error ?? "", /11 bytes came where 10 were announced/);
      assert.equal((await ask("parts", { ticket })).status, 410);
    });

    it("completes once, however often it is asked", async () => {
      const { ticket } = (await ask("begin", { ...file, size: 10, name: "it's (1).png" })).body;
      const { url = "" } = (await ask("sign", { ticket, part: 1 })).body;
      await fetch(url, { method: "PUT", body: Buffer.alloc(10, "x") });
      const [first, second] = [await ask("complete", { ticket }), await ask("complete", { ticket })];
      assert.equal(second.status, 200);
      assert.equal(second.body.key, first.body.key);
      const read = await fetch(second.body.url ?? "");
      assert.equal(await read.text(), "xxxxxxxxxx");
      assert.equal(read.headers.get("content-disposition"), "inline; filename*=UTF-8''it%27s%20%281%29.png");
    });

    it("serves the page and nothing else, and lets it talk to the storage only", async () => {
      for (const path of [
        "/server.ts",
        "/outputs.json",
        "/%2e%2e/outputs.json",
        "/public/page.js",
        "/api/begin",
      ]) {
        assert.equal((await fetch(server.origin + path)).status, 404, path);
      }
      const { headers } = await fetch(server.origin);
      const policy = headers.get("content-security-policy") ?? "";
      const objects = `http://localhost:${emulator().port}`;
      assert.ok(policy.includes(`connect-src 'self' ${objects};`), policy);
      assert.ok(policy.endsWith(`img-src 'self' ${objects}`), policy);
      assert.ok(!/unsafe|\*/.test(policy), policy);
    });

    it("was let in by every bucket of the stack", () => {
      const said = ["media-anywhere", "media-east"].map(
        (bucket) => `${bucket} takes uploads from pages of ${server.origin}.\n`,
      );
      assert.equal(server.prepared, said.join(""));
    });

    it("says what is missing when it is started without outputs or keys", () => {
      assert.throws(() => readSettings({}, "nowhere.json"), /pulumi stack output --json > nowhere\.json/);
      const file = join(project.folder, "other.json");
      writeFileSync(file, JSON.stringify({ anywhere: {}, bySite: [] }));
      assert.throws(() => readSettings({}, file), /Set ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY/);
    });
  });
});
