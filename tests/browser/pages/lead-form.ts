import { expect, type Locator, type Page } from "@playwright/test";

/** The form of a lead: a new one, or an edit. */
export class LeadForm {
  readonly register: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly alert: Locator;
  readonly retry: Locator;
  readonly restored: Locator;
  readonly drop: Locator;

  constructor(private readonly page: Page) {
    this.register = page.getByRole("button", { name: "見込み客に登録" });
    this.save = page.getByRole("button", { name: "保存する" });
    this.cancel = page.getByRole("link", { name: "やめる" });
    this.alert = page.getByRole("alert");
    this.retry = page.getByRole("button", { name: "もう一度" });
    this.restored = page.getByText("下書きを復元しました");
    this.drop = page.getByRole("button", { name: "下書きを捨てる" });
  }

  async isEdit(): Promise<void> {
    await expect(this.page.getByRole("heading", { level: 1, name: "見込み客を編集" })).toBeVisible();
    await expect(this.save).toBeVisible();
  }

  field(label: string): Locator {
    return this.page.locator("form").getByLabel(label, { exact: true });
  }

  tag(name: string): Locator {
    return this.page.getByRole("group", { name: "タグ" }).getByRole("checkbox", { name, exact: true });
  }

  /** Gives a tag or takes it back, by a tap on its chip. */
  async tapTag(name: string): Promise<void> {
    await this.page.getByRole("group", { name: "タグ" }).locator("label").filter({ hasText: name }).tap();
  }

  /** A place that the postal code stands for. */
  place(words: string): Locator {
    return this.places.filter({ hasText: words });
  }

  get places(): Locator {
    return this.page.getByRole("status").getByRole("listitem").getByRole("button");
  }

  /** The field says this of itself, to the eye and to a screen reader. */
  async says(label: string, words: string): Promise<void> {
    await expect(this.field(label)).toHaveAttribute("aria-invalid", "true");
    await expect(this.field(label)).toHaveAccessibleDescription(words);
    await expect(this.page.getByText(words)).toBeVisible();
  }
}
