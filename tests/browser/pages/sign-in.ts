import { expect, type Locator, type Page } from "@playwright/test";

import type { Account } from "../harness/server.ts";

export class SignInPage {
  readonly heading: Locator;
  readonly mail: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly alert: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "サインイン" });
    this.mail = page.getByLabel("メールアドレス");
    this.password = page.getByLabel("パスワード");
    this.submit = page.getByRole("button", { name: "サインイン" });
    this.alert = page.getByRole("alert");
  }

  async open(): Promise<void> {
    await this.page.goto("/sign-in");
    await expect(this.heading).toBeVisible();
  }

  async send(mail: string, password: string): Promise<void> {
    await this.mail.fill(mail);
    await this.password.fill(password);
    await this.submit.tap();
  }

  /** Signs in on the way to another page. */
  async pass({ mail, password }: Account): Promise<void> {
    await expect(this.heading).toBeVisible();
    await this.send(mail, password);
    await expect(this.heading).toBeHidden();
  }
}
