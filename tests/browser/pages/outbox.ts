import type { Locator, Page } from "@playwright/test";

/** 送信箱: what must leave Noren. */
export class OutboxPage {
  readonly heading: Locator;
  readonly refresh: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1, name: "送信箱" });
    this.refresh = page.getByRole("button", { name: "最新にする" });
  }

  /** The messages to a person. */
  to(name: string): Locator {
    return this.page.getByRole("article").filter({ hasText: `${name}さんへ` });
  }

  button(name: string, label: string): Locator {
    return this.to(name).getByRole("button", { name: label });
  }

  /** In the dialog that is open. */
  sure(label: string): Locator {
    return this.page.getByRole("dialog").getByRole("button", { name: label });
  }

  async show(which: "これから" | "済んだもの"): Promise<void> {
    await this.page.getByRole("group", { name: "表示" }).getByText(which, { exact: true }).tap();
  }
}
