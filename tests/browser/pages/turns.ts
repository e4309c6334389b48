import { expect, type Locator, type Page } from "@playwright/test";

/** The page to sign in, where people of this tablet can go on by their PINs. */
export class TurnsPage {
  readonly people: Locator;
  readonly pad: Locator;
  readonly alert: Locator;
  readonly byPassword: Locator;
  /** On the form for the password: back to the people of this tablet. */
  readonly byPin: Locator;

  constructor(private readonly page: Page) {
    this.people = page.getByRole("list", { name: "この端末で続ける方" });
    this.pad = page.getByRole("group", { name: /の PIN$/ });
    this.alert = page.getByRole("alert");
    this.byPassword = page.getByRole("button", { name: "パスワードでサインイン" });
    this.byPin = page.getByRole("button", { name: "PIN で続ける" });
  }

  async choose(name: string): Promise<void> {
    await this.people.getByRole("button", { name }).tap();
    await expect(this.pad).toHaveAccessibleName(`${name}さんの PIN`);
  }

  /** With the thumb. */
  async tap(pin: string): Promise<void> {
    for (const digit of pin) await this.pad.getByRole("button", { name: digit, exact: true }).tap();
  }

  /** With a keyboard. */
  async type(pin: string): Promise<void> {
    await expect(this.pad).toBeVisible();
    await this.page.keyboard.type(pin);
  }
}
