import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** A real browser for the tests of a `describe`; they are skipped where there is none. */
export function useChromium(): () => Browser {
  let browser: Browser | undefined;
  before("Chromium", async function () {
    const executablePath = findChromium();
    if (executablePath === undefined) {
      console.error(
        "      Skipped: no Chromium; install one (apt-get install chromium) or set CHROMIUM to it.",
      );
      return this.skip();
    }
    // A profile of its own, and nothing that speaks to the network by itself.
    browser = await chromium.launch({
      executablePath,
      args: [
        ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
        ...["--disable-background-networking", "--disable-component-update"],
      ],
    });
  });
  after(() => browser?.close());
  return () => {
    if (browser === undefined) throw new Error("Chromium has not been started yet.");
    return browser;
  };
}

function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const installed = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return [process.env.CHROMIUM ?? "", ...installed].find((path) => path !== "" && existsSync(path));
}
