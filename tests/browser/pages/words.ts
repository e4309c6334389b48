import type { Page } from "@playwright/test";

/** Kana, kanji, and the punctuation and full-width signs that come with them. */
const JAPANESE = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;

/** What a page still says in Japanese, to the eye or to a screen reader, but for the `names` that are data. */
export async function japaneseIn(page: Page, names: readonly string[]): Promise<string[]> {
  const texts = [...(await page.evaluate(textsIn)), await page.title()];
  const own = (text: string) => names.reduce((rest, name) => rest.replaceAll(name, ""), text);
  return texts.filter((text) => JAPANESE.test(own(text)));
}

/** Runs in the page. */
function textsIn(): string[] {
  const spoken = ["aria-label", "aria-description", "placeholder", "title", "alt"];
  const texts: string[] = [];
  for (const element of document.body.querySelectorAll("*")) {
    // The choices of a closed drop-down are not drawn.
    if (!(element.closest("select") ?? element).checkVisibility({ visibilityProperty: true })) continue;
    texts.push(...spoken.map((name) => element.getAttribute(name) ?? ""));
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) texts.push(node.nodeValue ?? "");
  }
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}
