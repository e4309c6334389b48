import type { Locator, Page } from "@playwright/test";

/** What waits to be sent. */
export class QueuePage {
  readonly heading: Locator;
  readonly entries: Locator;
  readonly empty: Locator;
  readonly asked: Locator;
  /** The line above every page. */
  readonly mark: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "送信待ち" });
    this.entries = page.locator("ol.queue").getByRole("article");
    this.empty = page.getByText("送信待ちの見込み客はありません");
    this.asked = page.getByRole("dialog", { name: "捨てますか" });
    this.mark = page.getByRole("status").filter({ hasText: /見込み客が\d+件あります/ });
  }

  entry(name: string): Locator {
    return this.entries.filter({ hasText: name });
  }

  async open(): Promise<void> {
    await this.mark.getByRole("link", { name: "見る" }).tap();
  }
}
