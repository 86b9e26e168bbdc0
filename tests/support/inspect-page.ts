import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { cacheFolder } from "./paths";

const screenshots = join(cacheFolder, "screenshots");

/** Holds a page to the rules of axe-core, in both colour schemes, and to its width; keeps pictures of it to look at. */
export async function inspectPage(page: Page, state: string): Promise<void> {
  mkdirSync(screenshots, { recursive: true });
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
