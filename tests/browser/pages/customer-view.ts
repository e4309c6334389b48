import { expect, type Locator, type Page, type Request, type Response } from "@playwright/test";

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

/** What the server says to the pages of a browser, in answer to all that is asked from when it begins. */
export class Wire {
  private readonly said: Promise<string>[] = [];
  private readonly asked = new Set<Request>();
  private begun: boolean;

  /** Begins at once; or as soon as something has been answered, because what is on its way by then was asked before. */
  constructor(page: Page, from?: { readonly method: string; readonly path: string }) {
    this.begun = from === undefined;
    const context = page.context();
    context.on("request", (request) => {
      if (this.begun) this.asked.add(request);
    });
    context.on("response", (response) => {
      const [path, request] = [new URL(response.url()).pathname, response.request()];
      if (path === from?.path && request.method() === from.method) this.begun = true;
      if (this.asked.has(request) && path.startsWith("/api/") && path !== "/api/v1/events") this.said.push(told(response));
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
