/** What axe finds on a page: no violation of WCAG 2.2 AA that is serious or critical. */

import { expect, type Frame, type Page } from "@playwright/test";
import axe from "axe-core";

const OPTIONS: axe.RunOptions = {
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] },
  resultTypes: ["violations"],
};

/**
 * An audit takes longer than most journeys. What decides its result is the page's structure and states and hardly its
 * words; where all of these have been audited before, it is left out.
 */
export class Auditor {
  private readonly known = new Set<string>();

  /** A page, or what stands in a frame of it. */
  async audit(page: Page | Frame): Promise<void> {
    // Contrast is judged when no list waits for its successor, dimmed, and nothing fades any more.
    await expect(page.locator(".pane-body[aria-busy=true]")).toHaveCount(0);
    await page.evaluate(async () => {
      await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    });
    const places = await page.evaluate(placesIn);
    if (places.every((place) => this.known.has(place))) return;
    expect(await violations(page), `accessibility of ${new URL(page.url()).pathname}`).toEqual([]);
    for (const place of places) this.known.add(place);
  }
}

async function violations(page: Page | Frame): Promise<string[]> {
  // The content policy forbids it as a script element.
  await page.evaluate(`if (!("axe" in window)) { ${axe.source} }`);
  const found = await page.evaluate(async (options) => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document, options);
    return violations;
  }, OPTIONS);
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}

/**
 * Every kind of place in the page: the way to it from the root, with classes, states and whether there are words.
 * Rows of a list are alike. Runs in the page.
 */
function placesIn(): string[] {
  const places = new Set<string>();
  const visit = (element: Element, above: string): void => {
    const marks = [...element.attributes].map(({ name, value }) =>
      name === "class" || /^[a-z][a-z -]*$/.test(value) ? `${name}=${value}` : name,
    );
    const words = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
    const place = `${above}/${element.localName}[${marks.toSorted().join(" ")}]${words ? "…" : ""}`;
    places.add(place);
    for (const child of element.children) visit(child, place);
  };
  visit(document.documentElement, "");
  return [...places];
}
