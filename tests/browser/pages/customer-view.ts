import { expect, type Locator, type Page, type Response } from "@playwright/test";

/** お客様表示: the curtain, the ways that are left, and the way out. */
export class CustomerView {
  readonly turn: Locator;
  readonly curtain: Locator;
  readonly lock: Locator;
  readonly dialog: Locator;
  readonly chosen: Locator;
  readonly stock: Locator;
  readonly cars: Locator;
  readonly compare: Locator;
  readonly like: Locator;

  constructor(private readonly page: Page) {
    this.turn = page.getByRole("button", { name: "お客様表示" });
    this.curtain = page.getByRole("banner");
    this.lock = this.curtain.getByRole("button", { name: "スタッフの画面に戻る" });
    this.dialog = page.getByRole("dialog", { name: "スタッフの画面に戻る" });
    this.chosen = this.curtain.getByRole("link", { name: "お選びのクルマ" });
    this.stock = this.curtain.getByRole("link", { name: "クルマをさがす" });
    this.cars = page.locator(".chosen").getByRole("listitem");
    this.compare = page.getByRole("link", { name: "くらべる" });
    this.like = page.getByRole("button", { name: "気になる" });
  }

  async isOn(): Promise<void> {
    await expect(this.curtain.getByText("お客様表示中")).toBeVisible();
    await expect(this.page.locator(".rail, .bottombar")).toHaveCount(0);
  }
}

/** Everything that the server says to the pages of a browser, from when it begins. */
export class Wire {
  private readonly said: Promise<string>[] = [];

  constructor(page: Page) {
    page.context().on("response", (response) => {
      if (response.url().includes("/api/v1/events")) return;
      if (response.url().includes("/api/")) this.said.push(told(response));
    });
  }

  /** All of it that was said so far. */
  async all(): Promise<string[]> {
    return Promise.all(this.said);
  }
}

async function told(response: Response): Promise<string> {
  const path = new URL(response.url()).pathname;
  // What the page no longer waited for has no body.
  const body = await response.text().catch(() => "");
  return `${response.request().method()} ${path} ${response.status()} ${body}`;
}
