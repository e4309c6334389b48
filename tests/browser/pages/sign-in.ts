import { expect, type Locator, type Page } from "@playwright/test";

export class SignInPage {
  readonly heading: Locator;
  readonly mail: Locator;
  readonly password: Locator;
  readonly submit: Locator;
  readonly forgot: Locator;
  readonly alert: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "サインイン" });
    this.mail = page.getByLabel("メールアドレス");
    this.password = page.getByLabel("パスワード", { exact: true });
    this.submit = page.getByRole("button", { name: "サインイン", exact: true });
    this.forgot = page.getByRole("link", { name: "パスワードを忘れた" });
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
}
