import type { Locator, Page } from "@playwright/test";

/** ファイル取込: files of EXTREME's, what is to be mended in one, and which column is which field. */
export class IntakePage {
  readonly part: Locator;
  readonly rows: Locator;
  readonly reasons: Locator;
  readonly report: Locator;
  readonly original: Locator;
  readonly back: Locator;
  /** EXTREMEに入れるもの. */
  readonly byHand: Locator;

  constructor(private readonly page: Page) {
    this.part = page.getByRole("region", { name: "ファイル取込" });
    this.rows = this.part.getByRole("list", { name: "取り込んだファイル" }).getByRole("link");
    this.reasons = page.getByRole("region", { name: /^直すところ/ }).locator("tbody").getByRole("row");
    this.report = page.getByRole("button", { name: "直すところをCSVで保存" });
    this.original = page.getByRole("button", { name: "元のファイルを保存" });
    this.byHand = page.getByRole("region", { name: "EXTREMEに入れるもの" });
    this.back = page.getByRole("link", { name: "EXTREME連携にもどる" });
  }

  async handIn(name: string, bytes: Buffer): Promise<void> {
    await this.page.locator("#intake-file").setInputFiles({ name, mimeType: "text/csv", buffer: bytes });
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  /** A field of 列の対応. */
  field(label: string): Locator {
    return this.page.getByRole("listitem").filter({ has: this.page.getByLabel(label, { exact: true }) });
  }
}
