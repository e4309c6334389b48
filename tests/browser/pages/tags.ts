import type { Locator, Page } from "@playwright/test";

/** 設定 → タグ: the list of tags. */
export class TagsPage {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly add: Locator;
  readonly save: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "タグ" });
    this.rows = page.getByRole("main").getByRole("listitem");
    this.add = page.getByRole("button", { name: "タグを追加" });
    this.save = page.getByRole("button", { name: "保存する" });
  }

  /** The row of a tag, by what it is called. */
  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("group", { name, exact: true }) });
  }

  name(row: Locator): Locator {
    return row.getByLabel("名前");
  }
}
