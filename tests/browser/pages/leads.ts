import { expect, type Locator, type Page } from "@playwright/test";

export type Tab = "未対応" | "自分" | "育成" | "全員";

/** The list. Where there are two panes it stays beside the lead. */
export class LeadsPage {
  readonly pane: Locator;
  readonly heading: Locator;
  readonly search: Locator;
  readonly rows: Locator;
  readonly alert: Locator;
  readonly retry: Locator;
  readonly clear: Locator;
  readonly filters: Locator;
  readonly filterSheet: Locator;

  constructor(private readonly page: Page) {
    this.pane = page.getByRole("region", { name: "見込み客", exact: true });
    this.heading = this.pane.getByRole("heading", { name: "見込み客", exact: true });
    this.search = this.pane.getByRole("searchbox", { name: "見込み客をさがす" });
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

  /** Types it into the search and waits until the list is the one that was asked for. */
  async find(words: string): Promise<void> {
    const answered = this.page.waitForResponse((response) => {
      const { pathname, searchParams } = new URL(response.url());
      return pathname.endsWith("/leads") && searchParams.get("q") === words;
    });
    await this.search.fill(words);
    await answered;
    await expect(this.pane.locator("[aria-busy=true]")).toHaveCount(0);
  }

  /** The list shows these and nothing else. */
  async showsOnly(...names: string[]): Promise<void> {
    await expect(this.rows).toHaveCount(names.length);
    for (const name of names) await expect(this.row(name)).toBeVisible();
  }
}
