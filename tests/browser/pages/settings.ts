import type { Locator, Page } from "@playwright/test";

/** 設定: the list of everything that can be settled. */
export class SettingsPage {
  readonly heading: Locator;
  readonly search: Locator;
  readonly ways: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "設定" });
    this.search = page.getByRole("searchbox", { name: "設定をさがす" });
    this.ways = page.getByRole("main").getByRole("listitem").getByRole("link").locator("b");
  }

  way(name: string): Locator {
    return this.page.getByRole("main").getByRole("link", { name });
  }
}
