import { expect, type Locator, type Page } from "@playwright/test";

/** Where a note is written, on the page of a lead. */
export class Composer {
  readonly area: Locator;
  readonly save: Locator;
  readonly call: Locator;
  readonly offers: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    const pane = page.getByRole("article");
    this.area = pane.getByRole("textbox", { name: "メモを書く" });
    this.save = pane.getByRole("button", { name: "メモを残す" });
    this.call = pane.getByRole("button", { name: "同僚を呼ぶ" });
    this.offers = pane.getByRole("listbox", { name: "呼べる同僚" }).getByRole("option");
    this.alert = pane.getByRole("alert");
  }

  /** Types a sign and the family name, and taps the one who is meant. */
  async callByTap(name: string): Promise<void> {
    await this.area.pressSequentially(`@${name.split(" ")[0]}`);
    await this.offers.filter({ hasText: name }).tap();
    await expect(this.offers).toHaveCount(0);
  }

  /** Saves it by a tap, and waits until it is saved. */
  async send(): Promise<void> {
    await this.save.tap();
    await expect(this.area).toHaveValue("");
  }

  /** The field says this of itself, to the eye and to a screen reader. */
  async says(words: string): Promise<void> {
    await expect(this.area).toHaveAttribute("aria-invalid", "true");
    await expect(this.area).toHaveAccessibleDescription(words);
    await expect(this.area).toBeFocused();
  }
}
