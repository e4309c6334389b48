import type { Locator, Page } from "@playwright/test";

/** 確認待ち: what was held for a person. */
export class SubmissionsPage {
  readonly cards: Locator;
  readonly more: Locator;
  readonly empty: Locator;
  readonly alert: Locator;
  readonly retry: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    const main = page.getByRole("main");
    this.cards = main.getByRole("article");
    this.more = main.getByRole("button", { name: "もっと見る" });
    this.empty = main.getByText("確認を待っている問い合わせはありません");
    this.alert = main.getByRole("alert");
    this.retry = main.getByRole("button", { name: "もう一度" });
    this.dialog = page.getByRole("dialog");
  }

  card(name: string): Locator {
    return this.cards.filter({ hasText: name });
  }
}
