import { expect, type Locator, type Page } from "@playwright/test";

export class AccountPage {
  readonly signOut: Locator;
  /** What is not sent yet, asked about before signing out. */
  readonly unsent: Locator;

  constructor(private readonly page: Page) {
    this.signOut = page.getByRole("button", { name: "サインアウト", exact: true });
    this.unsent = page.getByRole("dialog", { name: "まだ送っていない入力があります" });
  }

  async isShown(title: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  async signOutAnyway(): Promise<void> {
    await this.signOut.tap();
    await this.unsent.getByRole("button", { name: "消してサインアウト" }).tap();
  }

  radio(group: string, name: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("radio", { name });
  }

  async choose(group: string, name: string): Promise<void> {
    await this.page.getByRole("group", { name: group }).getByText(name, { exact: true }).tap();
  }
}
