import { expect, type Locator, type Page } from "@playwright/test";

/** 走り書き: a new lead on one screen. */
export class QuickForm {
  readonly heading: Locator;
  readonly name: Locator;
  readonly kana: Locator;
  readonly others: Locator;
  readonly progress: Locator;
  readonly inFull: Locator;
  readonly register: Locator;
  readonly restored: Locator;
  /** What scrolls if it has to. */
  readonly body: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "走り書き" });
    this.name = this.field("お名前");
    this.kana = this.field("ふりがな");
    this.others = page.getByRole("combobox", { name: "ほかのきっかけ" });
    this.progress = page.getByRole("img", { name: /項目を入力/ });
    this.inFull = page.getByRole("link", { name: "くわしく入力" });
    this.register = page.getByRole("button", { name: "見込み客に登録" });
    this.restored = page.getByText("下書きを復元しました");
    this.body = page.locator("form.form > .form-body");
  }

  field(label: string): Locator {
    return this.page.locator("form").getByRole("textbox", { name: label, exact: true });
  }

  chip(words: string): Locator {
    return this.page.locator("form label.chip").filter({ hasText: words });
  }

  radio(words: string): Locator {
    return this.page.locator("form").getByRole("radio", { name: words, exact: true });
  }

  /** The least that makes a lead. */
  async write(name: string): Promise<void> {
    await expect(this.heading).toBeVisible();
    await this.name.fill(name);
    await this.chip("来店").tap();
    await expect(this.radio("来店")).toBeChecked();
  }
}
