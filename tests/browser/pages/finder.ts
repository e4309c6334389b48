import { expect, type Locator, type Page } from "@playwright/test";

/** The search of the app: in the bar above every page, on a phone behind a button of the bar below. */
export class Finder {
  readonly field: Locator;
  readonly offers: Locator;
  readonly said: Locator;
  /** On a phone alone. */
  readonly opener: Locator;

  constructor(private readonly page: Page) {
    this.field = page.getByRole("combobox", { name: "見込み客をさがす" });
    const search = page.getByRole("search");
    this.offers = search.getByRole("option");
    this.said = search.getByRole("status");
    this.opener = page.getByRole("navigation", { name: "メイン" }).getByRole("button", { name: "さがす" });
  }

  async open(): Promise<void> {
    await expect(this.field.or(this.opener)).toBeVisible();
    if (await this.field.isVisible()) await this.field.tap();
    else await this.opener.tap();
    await expect(this.field).toBeFocused();
  }

  offer(words: string): Locator {
    return this.offers.filter({ hasText: words });
  }

  /** Types it and has the list show all that is found. */
  async showAll(words: string): Promise<void> {
    await this.open();
    await this.field.fill(words);
    const answered = this.page.waitForResponse((response) => {
      const { pathname, searchParams } = new URL(response.url());
      return pathname.endsWith("/leads") && searchParams.get("q") === words && searchParams.get("limit") !== "8";
    });
    await expect(this.offer("一覧で見る")).toBeVisible();
    await this.field.press("Enter");
    await answered;
  }
}
