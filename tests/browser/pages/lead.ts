import { expect, type Locator, type Page } from "@playwright/test";

export class LeadPage {
  readonly pane: Locator;
  readonly heading: Locator;
  /** The running time that the customer waits. */
  readonly clock: Locator;
  readonly timeline: Locator;
  readonly edit: Locator;
  readonly back: Locator;
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    this.pane = page.getByRole("article");
    this.heading = this.pane.getByRole("heading", { level: 1 });
    this.clock = this.pane.getByRole("timer");
    // これまで, the only numbered list of the page.
    this.timeline = this.pane.locator("ol").getByRole("listitem");
    this.edit = this.pane.getByRole("link", { name: "編集" });
    this.back = this.pane.getByRole("link", { name: "一覧へ戻る" });
    this.dialog = page.getByRole("dialog");
  }

  /** The lead's id, as the address says it. */
  async id(): Promise<string> {
    await this.page.waitForURL(/\/leads\/[0-9a-f-]{36}/);
    return new URL(this.page.url()).pathname.split("/")[2] ?? "";
  }

  button(name: string): Locator {
    return this.pane.getByRole("button", { name, exact: true });
  }

  status(name: string): Locator {
    return this.pane.getByText(name, { exact: true }).first();
  }

  /** Chooses in the open sheet by tapping the words, as a person does. */
  async choose(words: string | RegExp): Promise<void> {
    const radio = this.dialog.getByRole("radio", { name: words });
    await this.dialog.locator("label").filter({ hasText: words }).tap();
    await expect(radio).toBeChecked();
  }

  async confirm(name: string): Promise<void> {
    await this.dialog.getByRole("button", { name, exact: true }).tap();
    await expect(this.dialog).toBeHidden();
  }
}
