import { expect, type Locator, type Page } from "@playwright/test";

/** 店舗 in the settings: the list, and the page of one store. */
export class StoreSettings {
  readonly heading: Locator;
  readonly rows: Locator;
  readonly add: Locator;
  readonly create: Locator;
  readonly save: Locator;
  readonly restored: Locator;
  readonly addHoliday: Locator;
  readonly search: Locator;
  /** What the postal code stands for. */
  readonly places: Locator;

  constructor(private readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.rows = page.getByRole("main").getByRole("listitem").getByRole("link");
    this.add = page.getByRole("link", { name: "店舗を追加" });
    this.create = page.getByRole("button", { name: "追加する" });
    this.save = page.getByRole("button", { name: "保存する" });
    this.restored = page.getByText("下書きを復元しました");
    this.search = page.getByRole("main").getByRole("searchbox");
    this.addHoliday = page.getByRole("button", { name: "休業日を追加" });
    this.places = page.locator("form").getByRole("status").getByRole("button");
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  field(label: string): Locator {
    return this.page.locator("form").getByLabel(label, { exact: true });
  }

  day(name: string): Locator {
    return this.page.getByRole("group", { name, exact: true });
  }

  /** Opens a day that is closed, or closes it. */
  async turn(name: string): Promise<void> {
    await this.day(name).locator("label").filter({ hasText: "営業" }).tap();
  }

  async hours(day: string, opens: string, closes: string): Promise<void> {
    await this.field(`${day}の開店`).fill(opens);
    await this.field(`${day}の閉店`).fill(closes);
  }

  /** The day is open at these times. */
  async isOpen(day: string, opens: string, closes: string): Promise<void> {
    await expect(this.field(`${day}の開店`)).toHaveValue(opens);
    await expect(this.field(`${day}の閉店`)).toHaveValue(closes);
  }

  /** One of the holidays, from 1 on. */
  holiday(number: number): Locator {
    return this.page.getByRole("group", { name: `休業日 ${number}`, exact: true });
  }

  async writeHoliday(number: number, from: string, to: string, name: string): Promise<void> {
    await this.holiday(number).getByLabel("最初の日").fill(from);
    await this.holiday(number).getByLabel("最後の日").fill(to);
    await this.holiday(number).getByLabel("呼び名").fill(name);
  }

  /** The field says this of itself, to the eye and to a screen reader. */
  async says(field: Locator, words: string): Promise<void> {
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(words);
  }
}
