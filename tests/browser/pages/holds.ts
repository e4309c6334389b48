import { expect, type Locator, type Page } from "@playwright/test";

/** 仮押さえ on the page of a car: who has it, who waits, and what the person may do. */
export class HoldCard {
  readonly card: Locator;
  readonly rows: Locator;
  /** The person's own row. */
  readonly mine: Locator;
  readonly claim: Locator;
  readonly join: Locator;
  readonly dialog: Locator;
  /** What is said as long as EXTREME has not answered. */
  readonly unanswered: Locator;

  constructor(page: Page) {
    const pane = page.getByRole("article");
    this.card = pane.getByRole("region", { name: "仮押さえ", exact: true });
    this.rows = this.card.getByRole("listitem");
    this.mine = this.rows.filter({ hasText: "あなた" });
    const ways = pane.locator("footer.actions");
    this.claim = ways.getByRole("button", { name: "仮押さえする" });
    this.join = ways.getByRole("button", { name: "順番待ちに入る" });
    this.dialog = page.getByRole("dialog");
    this.unanswered = this.card.getByText(/^EXTREMEの返事を待っています/);
  }

  act(name: string): Locator {
    return this.card.getByRole("button", { name, exact: true });
  }

  /** Chooses for how long and sends it. */
  async send(name: string, hours?: string): Promise<void> {
    if (hours !== undefined) await this.dialog.locator("label").filter({ hasText: new RegExp(`^${hours}$`, "u") }).tap();
    await this.dialog.getByRole("button", { name, exact: true }).tap();
    await expect(this.dialog).toBeHidden();
  }

  async place(hours?: string): Promise<void> {
    await this.claim.tap();
    await this.send("仮押さえする", hours);
  }
}

/** 自分の仮押さえ. */
export class MyHoldsPage {
  readonly heading: Locator;
  readonly open: Locator;
  readonly over: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole("heading", { name: "自分の仮押さえ", level: 1 });
    this.open = page.getByRole("region", { name: "いまの仮押さえ" });
    this.over = page.getByRole("region", { name: "終わったもの" });
  }
}
