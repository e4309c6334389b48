import { expect, type FrameLocator, type Locator, type Page } from "@playwright/test";

/** 問い合わせフォーム in the settings: the list, and the page of one form. */
export class FormSettings {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly create: Locator;
  readonly save: Locator;
  readonly restored: Locator;
  readonly preview: Locator;
  /** The page that the preview shows. */
  readonly previewed: FrameLocator;
  readonly refusal: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.rows = page.getByRole("main").getByRole("listitem").getByRole("link");
    this.create = page.getByRole("button", { name: "フォームを作る" });
    this.save = page.getByRole("button", { name: "保存する" });
    this.restored = page.getByText("下書きを復元しました");
    this.preview = page.getByRole("region", { name: "お客様の見え方" });
    this.previewed = this.preview.frameLocator("iframe");
    this.refusal = this.preview.getByRole("status");
  }

  field(label: string): Locator {
    return this.page.locator("form").getByLabel(label, { exact: true });
  }

  /** One of the fields that the form asks for. */
  asked(name: string): Locator {
    return this.page.getByRole("group", { name: "たずねること" }).getByRole("group", { name, exact: true });
  }

  /** Asks for something that is not asked for yet. */
  async ask(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).tap();
    await expect(this.asked(name)).toBeVisible();
  }

  /** How much higher the previewed page is than its frame. */
  async unseen(): Promise<number> {
    return this.preview
      .locator("iframe")
      .evaluate((frame: HTMLIFrameElement) => (frame.contentDocument?.body.offsetHeight ?? NaN) - frame.clientHeight);
  }

  /** The field says this of itself, to the eye and to a screen reader. */
  async says(label: string, words: string): Promise<void> {
    await expect(this.field(label)).toHaveAttribute("aria-invalid", "true");
    await expect(this.field(label)).toHaveAccessibleDescription(words);
  }
}
