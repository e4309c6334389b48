import type { Locator, Page } from "@playwright/test";

/** The notes that call the person, on a page of their own. */
export class MentionsPage {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly more: Locator;
  readonly alert: Locator;
  readonly retry: Locator;
  readonly empty: Locator;

  constructor(page: Page) {
    const main = page.getByRole("main");
    this.heading = main.getByRole("heading", { level: 1, name: "あなた宛てのメモ" });
    this.rows = main.getByRole("listitem").getByRole("link");
    this.more = main.getByRole("button", { name: "もっと見る" });
    this.alert = main.getByRole("alert");
    this.retry = main.getByRole("button", { name: "もう一度" });
    this.empty = main.getByText("あなた宛てのメモはまだありません");
  }

  row(words: string): Locator {
    return this.rows.filter({ hasText: words });
  }
}
