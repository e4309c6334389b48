import { expect, type Locator, type Page } from "@playwright/test";

import { AuthenticatorApp } from "../harness/totp.ts";

/** 二段階認証: on the page of one's account, and where it is required. */
export class FactorPage {
  readonly dialog: Locator;
  readonly codes: Locator;
  readonly passkeys: Locator;

  constructor(private readonly page: Page) {
    this.dialog = page.getByRole("dialog");
    this.codes = page.getByRole("list", { name: "リカバリーコード" }).getByRole("listitem");
    this.passkeys = page.getByRole("button", { name: "消す" });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  inDialog(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Reads the secret, types a wrong code and the right one, and keeps the codes on paper. */
  async setUpApp(shown: () => Promise<void>): Promise<{ app: AuthenticatorApp; codes: string[] }> {
    await this.button("設定する").tap();
    await expect(this.dialog.getByRole("img", { name: "認証アプリで読み取るQRコード" })).toBeVisible();
    await shown();
    const app = new AuthenticatorApp(await this.dialog.getByLabel("読み取れないときに入れる鍵").inputValue());
    const code = this.dialog.getByLabel("認証アプリの6桁の数字");
    await this.inDialog("設定を終える").tap();
    await expect(code).toBeFocused();
    await code.fill(await app.code());
    await this.inDialog("設定を終える").tap();
    await expect(this.codes).toHaveCount(10);
    await shown();
    const codes = await this.codes.allInnerTexts();
    await this.inDialog("しまいました").tap();
    await expect(this.dialog).toBeHidden();
    return { app, codes };
  }
}

/** What follows the password. */
export class SecondStep {
  readonly code: Locator;
  readonly paper: Locator;
  readonly byPaper: Locator;
  readonly byPasskey: Locator;
  readonly again: Locator;
  private readonly submit: Locator;

  constructor(page: Page) {
    this.code = page.getByLabel("認証アプリの6桁の数字");
    this.paper = page.getByLabel("リカバリーコード", { exact: true });
    this.byPaper = page.getByRole("button", { name: "リカバリーコードを使う" });
    this.byPasskey = page.getByRole("button", { name: "パスキーを使う" });
    this.again = page.getByRole("button", { name: "はじめからやり直す" });
    this.submit = page.getByRole("button", { name: "サインイン", exact: true });
  }

  async show(code: string): Promise<void> {
    await this.code.fill(code);
    await this.submit.tap();
  }

  async showPaper(code: string): Promise<void> {
    await this.paper.fill(code);
    await this.submit.tap();
  }
}

/** 本人の確認, above whatever one was doing. */
export class Proof {
  readonly dialog: Locator;
  readonly password: Locator;

  constructor(page: Page) {
    this.dialog = page.getByRole("dialog", { name: "本人の確認" });
    this.password = this.dialog.getByLabel("今のパスワード", { exact: true });
  }

  async give(password: string): Promise<void> {
    await this.password.fill(password);
    await this.dialog.getByRole("button", { name: "続ける" }).tap();
  }
}
