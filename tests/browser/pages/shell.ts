import { expect, type Locator, type Page } from "@playwright/test";

/** Rail or bottom bar, whichever this size has, the toasts and the notices. */
export class Shell {
  readonly leads: Locator;
  readonly stock: Locator;
  readonly newLead: Locator;
  /** The way to the notes for the person; while some are unread it says how many. */
  readonly mentions: Locator;
  readonly account: Locator;
  readonly submissions: Locator;
  /** A phone's bar has no room for it. */
  readonly settings: Locator;
  readonly undo: Locator;
  /** The notice of leads that others have made. */
  readonly arrivals: Locator;
  readonly offline: Locator;

  constructor(private readonly page: Page) {
    const ways = page.getByRole("navigation", { name: "メイン" });
    this.leads = ways.getByRole("link", { name: /^見込み客/ });
    this.stock = ways.getByRole("link", { name: "在庫" });
    this.newLead = ways.getByRole("link", { name: "走り書き" });
    this.mentions = ways.getByRole("link", { name: /^あなた宛て/ });
    this.submissions = ways.getByRole("link", { name: /^確認待ち/ });
    this.settings = ways.getByRole("link", { name: "設定" });
    this.account = ways.getByRole("link", { name: "アカウント" });
    this.arrivals = page.getByRole("complementary", { name: "新しい見込み客" });
    this.offline = page.getByText(/^(オフラインです|サーバーにつなぎ直しています)/);
    this.undo = page.getByRole("status").getByRole("button", { name: "元に戻す" });
  }

  /** Goes to 確認待ち; a phone's bar has no room for it, and the account has the way. */
  async toSubmissions(): Promise<void> {
    if (!(await this.submissions.isVisible())) await this.account.tap();
    const way = this.page.getByRole("link", { name: /^確認待ち.*\d+件/ });
    await expect(way).toBeVisible();
    await way.tap();
  }

  /** The rail says at once how many wait for a look; a phone's bar has no room for it. */
  async saysHeld(said: RegExp): Promise<void> {
    if (await this.submissions.isVisible()) await expect(this.submissions).toHaveAccessibleName(said, { timeout: 1_000 });
  }

  toast(words: string | RegExp): Locator {
    return this.page.getByRole("status").getByText(words);
  }
}
