import type { Download, Locator, Page } from "@playwright/test";

/** 監査 in the settings: changes, looks, what is recorded, and verification. */
export class AuditPage {
  readonly heading: Locator;
  readonly entries: Locator;
  readonly narrowed: Locator;
  readonly everything: Locator;
  readonly verify: Locator;
  readonly settings: Locator;
  readonly save: Locator;
  readonly restored: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.entries = page.getByRole("main").locator("details");
    this.narrowed = page.getByText("だけを表示しています");
    this.everything = page.getByRole("button", { name: "しぼりこみを外す" });
    this.verify = page.getByRole("button", { name: "検証する" });
    this.settings = page.getByRole("link", { name: "記録の設定" });
    this.save = page.getByRole("button", { name: "保存する" });
    this.restored = page.getByText("下書きを復元しました");
  }

  /** One of the pages beside one another. */
  way(name: string): Locator {
    return this.page.getByRole("navigation", { name: "監査の画面" }).getByRole("link", { name });
  }

  entry(words: string): Locator {
    return this.entries.filter({ hasText: words }).first();
  }

  /** Opens an entry, or closes it. */
  async unfold(words: string): Promise<void> {
    await this.entry(words).locator("summary").tap();
  }

  filter(label: string): Locator {
    return this.page.getByRole("search").getByLabel(label, { exact: true });
  }

  switch(label: string): Locator {
    return this.page.locator("label").filter({ hasText: label }).getByRole("checkbox");
  }

  async export(as: string): Promise<Download> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: as }).tap();
    return coming;
  }
}
