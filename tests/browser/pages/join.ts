import { expect, type Locator, type Page } from "@playwright/test";

/** 招待を受け取る: the way in of somebody who has a code. */
export class JoinPage {
  readonly heading: Locator;
  /** What the page is called for who had a password before. */
  readonly again: Locator;
  readonly code: Locator;
  readonly next: Locator;
  readonly mail: Locator;
  readonly password: Locator;
  readonly join: Locator;
  readonly alert: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "招待を受け取る" });
    this.again = page.getByRole("heading", { level: 1, name: "新しいパスワードを決める" });
    this.code = page.getByLabel("招待コード");
    this.next = page.getByRole("button", { name: "次へ" });
    this.mail = page.getByLabel("サインインに使うメールアドレス");
    this.password = page.getByLabel("新しいパスワード", { exact: true });
    this.join = page.getByRole("button", { name: "決めてはじめる" });
    this.alert = page.getByRole("alert");
  }

  async isFor(name: string): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 2, name: `${name}さん` })).toBeVisible();
  }

  async type(code: string): Promise<void> {
    await this.code.fill(code);
    await this.next.tap();
  }

  async choose(password: string): Promise<void> {
    await this.password.fill(password);
    await this.join.tap();
  }
}
