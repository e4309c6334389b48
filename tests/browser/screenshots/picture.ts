/** Taking a picture for `docs/screenshots/`. */

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { expect, type Page } from "@playwright/test";

const FOLDER = join(process.env["NOREN_ROOT"] ?? resolve(import.meta.dirname, "../../.."), "docs/screenshots");

export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const size = page.viewportSize();
  if (size === null) throw new Error("no size");
  const path = join(FOLDER, `${name}-${size.width}x${size.height}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

/** Every picture that is in view has come; what lies further down is not even asked for. */
export async function allLoaded(page: Page): Promise<void> {
  const isThere = (images: NodeListOf<HTMLImageElement>) => {
    const isSeen = (image: HTMLImageElement) => {
      const { top, bottom, left, right } = image.getBoundingClientRect();
      return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    };
    return [...images].filter(isSeen).every((image) => image.complete && image.src !== "");
  };
  const all = () => page.evaluate(`(${isThere.toString()})(document.querySelectorAll("main img"))`);
  await expect.poll(all, { timeout: 60_000 }).toBe(true);
}
