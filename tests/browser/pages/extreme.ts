import type { Locator, Page } from "@playwright/test";

/** EXTREME連携: whether it works, what needs a person, and how each kind of record fares. */
export class ExtremePage {
  readonly heading: Locator;
  /** Whether it works. */
  readonly state: Locator;
  readonly sync: Locator;
  readonly flows: Locator;
  /** EXTREMEに届けるもの: what waits, and what was not taken. */
  readonly deliveries: Locator;
  /** At the foot of the rail; a phone has none. */
  readonly mark: Locator;
  /** Above the page of a phone. */
  readonly notice: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "EXTREME連携" });
    this.state = page.getByRole("heading", { level: 2 }).first();
    this.sync = page.getByRole("button", { name: "今すぐ同期" });
    this.flows = page.getByRole("region", { name: "データの流れ" });
    this.deliveries = page.getByRole("region", { name: "EXTREMEに届けるもの" });
    this.mark = page.getByRole("navigation", { name: "メイン" }).getByText(/^(EXTREME|古い情報)$/);
    this.notice = page.getByRole("status").getByText(/^EXTREMEの情報は/);
  }

  row(kind: string): Locator {
    return this.flows.getByRole("row").filter({ has: this.page.getByRole("rowheader", { name: kind }) });
  }

  /** What is to be settled about somebody. */
  conflict(name: string): Locator {
    return this.page.getByRole("article").filter({ hasText: name });
  }
}
