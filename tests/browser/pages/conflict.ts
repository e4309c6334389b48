import { expect, type Locator, type Page } from "@playwright/test";

/** Both versions of a lead that two people edited, and a choice per field. */
export class ConflictPage {
  readonly heading: Locator;
  readonly explanation: Locator;
  readonly save: Locator;
  readonly fields: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "二人が同時に編集しました" });
    this.explanation = page.getByRole("alert");
    this.save = page.getByRole("button", { name: "選んだほうで保存" });
    this.fields = page.getByRole("group").filter({ has: page.getByRole("radio") });
  }

  field(label: string): Locator {
    return this.page.getByRole("group", { name: label, exact: true });
  }

  version(field: string, words: string): Locator {
    return this.field(field).getByRole("radio", { name: words });
  }

  async choose(field: string, words: string): Promise<void> {
    const radio = this.version(field, words);
    await this.field(field).locator("label").filter({ hasText: words }).tap();
    await expect(radio).toBeChecked();
  }
}
