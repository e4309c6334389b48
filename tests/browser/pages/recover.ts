import type { Locator, Page } from "@playwright/test";

/** パスワードを忘れたとき: the way back by mail. */
export class RecoverPage {
  readonly heading: Locator;
  readonly mail: Locator;
  readonly send: Locator;
  /** What is said next, and its heading. */
  readonly answer: Locator;
  readonly asked: Locator;

  constructor(page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "パスワードを忘れたとき" });
    this.mail = page.getByLabel("メールアドレス");
    this.send = page.getByRole("button", { name: "リンクを送る" });
    this.answer = page.getByRole("main").getByRole("status");
    this.asked = page.getByRole("heading", { level: 2, name: "受け付けました" });
  }

  async ask(mail: string): Promise<void> {
    await this.mail.fill(mail);
    await this.send.tap();
  }
}
