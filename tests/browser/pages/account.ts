import { expect, type Locator, type Page } from "@playwright/test";

export class AccountPage {
  readonly signOut: Locator;

  constructor(private readonly page: Page) {
    this.signOut = page.getByRole("button", { name: "サインアウト" });
  }

  async isShown(title: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  radio(group: string, name: string): Locator {
    return this.page.getByRole("group", { name: group }).getByRole("radio", { name });
  }

  async choose(group: string, name: string): Promise<void> {
    await this.page.getByRole("group", { name: group }).getByText(name, { exact: true }).tap();
  }
}
