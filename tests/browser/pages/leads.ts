import { expect, type Locator, type Page } from "@playwright/test";

import { Finder } from "./finder.ts";

export type Tab = "未対応" | "自分" | "育成" | "全員";

/** The list. Where there are two panes it stays beside the lead. */
export class LeadsPage {
  readonly pane: Locator;
  readonly heading: Locator;
  /** Which words the list is narrowed to. */
  readonly narrowed: Locator;
  readonly widen: Locator;
  readonly rows: Locator;
  readonly alert: Locator;
  readonly retry: Locator;
  readonly clear: Locator;
  readonly filters: Locator;
  readonly filterSheet: Locator;

  constructor(private readonly page: Page) {
    this.pane = page.getByRole("region", { name: "見込み客", exact: true });
    this.heading = this.pane.getByRole("heading", { name: "見込み客", exact: true });
    this.narrowed = this.pane.getByText(/に合う見込み客$/);
    this.widen = this.pane.getByRole("button", { name: "しぼりこみを外す" });
    this.rows = this.pane.getByRole("listitem").getByRole("link");
    this.alert = this.pane.getByRole("alert");
    this.retry = this.pane.getByRole("button", { name: "もう一度" });
    this.clear = this.pane.getByRole("button", { name: "条件をすべて外す" });
    this.filters = this.pane.getByRole("button", { name: "並べ替えと条件" });
    this.filterSheet = page.getByRole("dialog", { name: "並べ替えと条件" });
  }

  tab(name: Tab): Locator {
    return this.pane.getByRole("navigation", { name: "しぼりこみ" }).getByRole("link", { name: new RegExp(`^${name}`) });
  }

  /** The number that a tab shows. */
  async count(name: Tab): Promise<number> {
    await expect(this.tab(name)).toHaveText(/\d/);
    return Number((await this.tab(name).innerText()).replaceAll(/\D/g, ""));
  }

  row(words: string): Locator {
    return this.rows.filter({ hasText: words });
  }

  rowOf(id: string): Locator {
    return this.pane.locator(`a[href*="${id}"]`);
  }

  /** Has the list show what is found, and waits until it does. */
  async find(words: string): Promise<void> {
    await new Finder(this.page).showAll(words);
    await expect(this.narrowed).toContainText(words);
    await expect(this.pane.locator("[aria-busy=true]")).toHaveCount(0);
  }

  /** The list shows these and nothing else. */
  async showsOnly(...names: string[]): Promise<void> {
    await expect(this.rows).toHaveCount(names.length);
    for (const name of names) await expect(this.row(name)).toBeVisible();
  }
}
