import { expect, type Locator, type Page } from "@playwright/test";

/** 在庫: the list of cars. */
export class StockPage {
  readonly pane: Locator;
  readonly heading: Locator;
  readonly cars: Locator;
  readonly count: Locator;
  readonly search: Locator;
  readonly order: Locator;
  readonly lower: Locator;
  readonly upper: Locator;
  readonly clear: Locator;
  readonly saved: Locator;
  readonly sheet: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.pane = page.getByRole("region", { name: "在庫", exact: true });
    this.heading = this.pane.getByRole("heading", { name: "在庫", exact: true });
    this.cars = this.pane.locator(".cars").getByRole("listitem");
    this.count = this.pane.getByRole("status").filter({ hasText: /台$/ });
    this.search = this.pane.getByRole("searchbox", { name: "在庫をさがす" });
    this.order = this.pane.getByRole("combobox", { name: "並び順" });
    this.lower = this.pane.getByRole("slider", { name: "支払総額の下限" });
    this.upper = this.pane.getByRole("slider", { name: "支払総額の上限" });
    this.clear = this.pane.getByRole("button", { name: "条件をすべて外す" });
    this.saved = this.pane.getByRole("button", { name: "保存した条件" });
    this.sheet = page.getByRole("dialog");
    this.alert = this.pane.getByRole("alert");
  }

  /** How many cars are found, as the head says it. */
  async found(): Promise<number> {
    await expect(this.count).toHaveText(/^[\d,]+台/);
    return Number((await this.count.innerText()).split("台")[0]?.replaceAll(",", ""));
  }

  /** The list that was asked for is there. */
  async rests(): Promise<void> {
    await expect(this.pane.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(this.cars.first().or(this.pane.locator(".empty"))).toBeVisible();
  }

  car(words: string | RegExp): Locator {
    return this.cars.filter({ hasText: words });
  }

  /** A chip, by what it is called and says. */
  chip(name: string | RegExp): Locator {
    return this.pane.getByRole("button", { name });
  }

  /** The field that says an end of the budget, in 万円. */
  typed(end: "上限" | "下限"): Locator {
    return this.pane.getByRole("textbox", { name: `支払総額の${end}` });
  }

  /** Opens a chip, chooses by tapping the words, and shows the cars. */
  async choose(chip: string, words: string | RegExp): Promise<void> {
    await this.chip(new RegExp(`^${chip}`)).tap();
    await this.sheet.locator("label").filter({ hasText: words }).first().tap();
    await this.sheet.getByRole("button", { name: /台を見る$/ }).tap();
    await expect(this.sheet).toBeHidden();
    await this.rests();
  }
}

/** 車両: one car. */
export class VehiclePage {
  readonly pane: Locator;
  readonly heading: Locator;
  readonly back: Locator;
  readonly reel: Locator;
  readonly count: Locator;
  readonly thumbnails: Locator;
  readonly wholeScreen: Locator;
  readonly screen: Locator;
  readonly total: Locator;
  readonly link: Locator;
  readonly interested: Locator;
  readonly cost: Locator;

  constructor(private readonly page: Page) {
    this.pane = page.getByRole("article");
    this.heading = this.pane.getByRole("heading", { level: 1 });
    this.back = this.pane.getByRole("link", { name: "在庫へ戻る" });
    const gallery = this.pane.getByRole("region", { name: "写真" });
    this.reel = gallery.getByRole("group", { name: "写真" });
    this.count = gallery.getByRole("status");
    this.thumbnails = gallery.getByRole("list").getByRole("button");
    this.wholeScreen = this.pane.getByRole("button", { name: "写真を大きく見る" });
    this.screen = page.getByRole("dialog", { name: "写真" });
    this.total = this.pane.locator(".price-card .money");
    this.link = this.pane.getByRole("button", { name: "見込み客につなぐ" });
    this.interested = this.pane.locator(".interested").getByRole("link");
    this.cost = this.pane.getByText("仕入原価");
  }

  /** Swipes to the next picture, as a finger does. */
  async swipe(): Promise<void> {
    const box = await this.reel.boundingBox();
    if (box === null) throw new Error("no pictures");
    const [y, from, to] = [box.y + box.height / 2, box.x + box.width * 0.8, box.x + box.width * 0.2];
    const touch = await this.page.context().newCDPSession(this.page);
    const send = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) =>
      touch.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y }] });
    await send("touchStart", from);
    for (let step = 1; step <= 10; step += 1) await send("touchMove", from + ((to - from) * step) / 10);
    await send("touchEnd");
    await touch.detach();
  }

  /** Chooses whom the car is for. */
  async linkTo(name: string): Promise<void> {
    await this.link.tap();
    const dialog = this.page.getByRole("dialog", { name: "見込み客につなぐ" });
    await dialog.getByRole("searchbox").fill(name);
    await dialog.getByRole("button", { name: new RegExp(name) }).tap();
    await expect(dialog).toBeHidden();
  }
}

/** 気になる車, on the page of a lead. */
export class WantedCard {
  readonly card: Locator;
  readonly cars: Locator;
  readonly search: Locator;

  constructor(page: Page) {
    this.card = page.getByRole("article").locator(".wanted");
    this.cars = this.card.getByRole("listitem");
    this.search = this.card.getByRole("link", { name: "車を探す" });
  }

  unlink(words: string): Locator {
    return this.cars.filter({ hasText: words }).getByRole("button", { name: /を外す$/ });
  }
}
