import { type Locator, type Page } from "@playwright/test";

/** 顧客: the list. */
export class CustomersPage {
  readonly heading: Locator;
  readonly search: Locator;
  readonly rows: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "顧客" });
    this.search = page.getByRole("searchbox", { name: "顧客をさがす" });
    this.rows = page.getByRole("main").getByRole("list").getByRole("link");
  }

  async narrow(words: string): Promise<void> {
    await this.page.locator("label").filter({ hasText: words }).tap();
  }
}

/** 顧客: one of them. */
export class CustomerPage {
  readonly heading: Locator;
  readonly dialog: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.dialog = page.getByRole("dialog");
  }

  card(name: string): Locator {
    return this.page.locator("section.card").filter({ has: this.page.getByRole("heading", { name, exact: true }) });
  }
}

/** 既存のお客様 on the page of a lead. */
export class KnownCard {
  readonly card: Locator;

  constructor(page: Page) {
    this.card = page.locator("section.card").filter({ has: page.getByRole("heading", { name: "既存のお客様" }) });
  }

  suggestion(name: string): Locator {
    return this.card.getByRole("listitem").filter({ hasText: name });
  }
}
