/** 在庫 and 車両, with a dealer whose EXTREME answers. */

import type { Page } from "@playwright/test";

import type { Dealer } from "../harness/dealer.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";
import { StockPage, VehiclePage, WantedCard } from "../pages/stock.ts";

test.use({ linked: true });

/** The first reading may still be under way when the first journey begins. */
test.beforeEach(async ({ dealer }) => {
  await expect.poll(() => dealer.carsForSale(), { message: "cars of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

/** The list is asked for by an address with these parts in it, and answered. */
const asked = (page: Page, ...parts: string[]) =>
  page.waitForResponse((response) => {
    const { pathname, search } = new URL(response.url());
    return pathname.endsWith("/api/v1/vehicles") && parts.every((part) => search.includes(part));
  });

/** A car with pictures, whom nobody holds. */
async function someCar(dealer: Dealer) {
  const cars = await dealer.cars("limit=200");
  const car = cars.find(({ photos, hold, status }) => photos > 2 && hold === null && status === "listed");
  if (car === undefined) throw new Error("no car has pictures");
  return car;
}

test("a salesperson finds a car by what the customer wishes for", async ({ page, visit, audit }) => {
  const stock = new StockPage(page);
  await visit("/leads");
  await new Shell(page).stock.tap();
  await expect(stock.heading).toBeVisible();
  await stock.rests();
  const all = await stock.found();
  await audit();

  await stock.typed("上限").fill("300");
  const answered = asked(page, "total_to=3000000");
  await stock.typed("上限").press("Enter");
  await answered;
  await expect(page).toHaveURL(/total_to=3000000/);
  await stock.rests();
  await stock.choose("かたち", "SUV");
  await expect(page).toHaveURL(/body_types=suv/);
  await stock.choose("走行距離", "10万kmまで");
  await expect(stock.chip(/10万kmまで$/).first()).toBeVisible();
  expect(await stock.found()).toBeLessThan(all);
  await audit();

  // The list stands in the address: a reload and a car in between lose nothing.
  await page.reload();
  await stock.rests();
  const first = stock.cars.first();
  const name = await first.locator("b").first().innerText();
  await first.getByRole("link").tap();
  const car = new VehiclePage(page);
  await expect(car.heading).toContainText(name);
  await car.back.tap();
  await expect(stock.heading).toBeVisible();
  await expect(page).toHaveURL(/total_to=3000000.*body_types=suv.*odometer_to=100000/);

  await stock.chip(/10万kmまで」を外す$/).tap();
  await expect(page).not.toHaveURL(/odometer_to/);
  await stock.rests();
  await stock.clear.tap();
  await expect.poll(() => stock.found()).toBe(all);
  await stock.rests();
});

test("the budget is chosen with the keyboard, and each thumb says its amount", ANY_SIZE, async ({ page, visit }) => {
  const stock = new StockPage(page);
  await visit("/stock");
  await stock.rests();
  await expect(stock.lower).toHaveAttribute("aria-valuetext", "下限なし");
  await expect(stock.upper).toHaveAttribute("aria-valuetext", "上限なし");
  await stock.lower.focus();
  for (let at = 0; at < 3; at += 1) await page.keyboard.press("ArrowRight");
  await expect(stock.lower).toHaveAttribute("aria-valuetext", /^\d+万円$/);
  await expect(page).toHaveURL(/total_from=\d+/);
  await expect(stock.typed("下限")).toHaveValue(/^\d+$/);
  await stock.typed("上限").fill("いくらでも");
  await stock.typed("上限").press("Tab");
  await expect(stock.alert).toContainText("万円で入れてください");
});

test("pictures are looked at by swipe, by the small ones, by keys and over the whole screen", async ({
  page,
  visit,
  dealer,
  audit,
}) => {
  const { stock_number: number, photos } = await someCar(dealer);
  const car = new VehiclePage(page);
  await visit(`/stock/${number}`);
  await expect(car.count).toHaveText(`1 / ${photos}`);
  await car.swipe();
  await expect(car.count).toHaveText(`2 / ${photos}`);
  await car.thumbnails.nth(2).tap();
  await expect(car.count).toHaveText(`3 / ${photos}`);
  await car.reel.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(car.count).toHaveText(`2 / ${photos}`);
  await audit();
  await car.wholeScreen.tap();
  await expect(car.screen.getByRole("status")).toHaveText(`2 / ${photos}`);
  await car.screen.getByRole("button", { name: "次の写真" }).tap();
  await expect(car.screen.getByRole("status")).toHaveText(`3 / ${photos}`);
  await page.keyboard.press("Escape");
  await expect(car.screen).toBeHidden();
  await expect(car.count).toHaveText(`3 / ${photos}`);
});

test("a car is linked to a lead, stands there, and says who looks at it", async ({ page, visit, dealer, account, audit }) => {
  const { stock_number: number, model_name: model } = await someCar(dealer);
  const name = `夏目 ${Date.now() % 100_000}`;
  const lead = await dealer.newLead(account, { name });
  const car = new VehiclePage(page);
  await visit(`/stock/${number}`);
  await car.linkTo(name);
  await expect(new Shell(page).toast(/につなぎました$/)).toBeVisible();
  await expect(car.interested.filter({ hasText: name })).toBeVisible();
  await audit();

  await car.interested.filter({ hasText: name }).tap();
  await expect(page).toHaveURL(new RegExp(`/leads/${lead.id}`));
  const wanted = new WantedCard(page);
  await expect(wanted.cars.filter({ hasText: model })).toBeVisible();
  await audit();
  await wanted.unlink(model).tap();
  await expect(wanted.cars).toHaveCount(0);
  await new Shell(page).undo.tap();
  await expect(wanted.cars.filter({ hasText: model })).toBeVisible();
});

test("from a lead one looks for a car by its wishes and links what fits", async ({ page, visit, dealer, account }) => {
  const wish = { maker: "TOYOTA", model: null, body_type: null, budget: 9_000_000, timing: null };
  const lead = await dealer.newLead(account, { name: "柘植 みどり", wanted_car: wish });
  const [stock, wanted] = [new StockPage(page), new WantedCard(page)];
  await visit(`/leads/${lead.id}`);
  await wanted.search.tap();
  await expect(stock.pane.getByText("柘植 みどり 様に合う車をさがしています")).toBeVisible();
  await expect(page).toHaveURL(/total_to=9000000.*maker=/);
  await stock.rests();
  const first = stock.cars.first();
  await expect(first).toContainText("トヨタ");
  const model = await first.locator("b").first().innerText();
  await first.getByRole("button", { name: /^この方につなぐ/ }).tap();
  await expect(first).toContainText("つながっています");
  await stock.pane.getByRole("link", { name: "お客様の画面へ" }).tap();
  await expect(new LeadPage(page).heading).toContainText("柘植 みどり");
  await expect(wanted.cars.filter({ hasText: model })).toBeVisible();
});

test("a filter is kept under a name, applied, renamed and deleted", ANY_SIZE, async ({ page, visit, audit }) => {
  const stock = new StockPage(page);
  await visit("/stock?total_to=2500000&repair_history=false");
  await stock.rests();
  await stock.saved.tap();
  const name = stock.sheet.locator(".keep-filter").getByRole("textbox", { name: "名前" });
  await expect(name).toHaveValue("250万円まで・修復歴なし");
  await name.fill("お手ごろ");
  await stock.sheet.getByRole("button", { name: "いまの条件を保存" }).tap();
  const row = stock.sheet.getByRole("listitem").filter({ hasText: "お手ごろ" });
  await expect(row).toContainText("いまの条件");
  await audit();
  await row.getByRole("button", { name: "「お手ごろ」の名前を変える" }).tap();
  await stock.sheet.getByRole("listitem").getByRole("textbox", { name: "名前" }).fill("お手ごろ価格");
  await page.keyboard.press("Enter");
  await expect(stock.sheet.getByRole("listitem").filter({ hasText: "お手ごろ価格" })).toBeVisible();
  await stock.sheet.getByRole("button", { name: "閉じる" }).tap();
  await stock.clear.tap();
  await expect(page).toHaveURL(/\/stock$/);
  await stock.saved.tap();
  await stock.sheet.getByRole("button", { name: /^お手ごろ価格/ }).tap();
  await expect(stock.sheet).toBeHidden();
  await expect(page).toHaveURL(/total_to=2500000&repair_history=false/);
  await stock.saved.tap();
  await stock.sheet.getByRole("button", { name: "「お手ごろ価格」を消す" }).tap();
  await expect(stock.sheet.getByRole("listitem")).toHaveCount(0);
});

test("where no car fits, each filter says what it keeps away", async ({ page, visit, audit }) => {
  const stock = new StockPage(page);
  await visit("/stock?total_to=10000&odometer_to=100000");
  await expect(stock.pane.getByText("条件に合う車がありません")).toBeVisible();
  await audit();
  const budget = stock.pane.getByRole("button", { name: /^1万円までを外す\([\d,]+台\)$/ });
  await expect(budget).toBeVisible();
  await budget.tap();
  await expect(page).toHaveURL(/\/stock\?odometer_to=100000$/);
  await expect(stock.cars.first()).toBeVisible();
});

test("what EXTREME has not confirmed for long is said to be old", async ({ page, visit, dealer, audit }) => {
  const { stock_number: number } = await someCar(dealer);
  const since = new Date(Date.now() - 80 * 60_000).toISOString();
  await page.route(/\/api\/v1\/(vehicle-overview|vehicles\/[^/?]+$)/, async (route) => {
    const answer = await route.fetch();
    const body = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({ response: answer, json: { ...body, origin: { freshness: "old", as_of: since } } });
  });
  const stock = new StockPage(page);
  await visit("/stock");
  await expect(stock.pane.getByText(/^在庫は1時間前のものです/)).toBeVisible();
  await expect(stock.cars.first()).toContainText("古い情報・1時間前");
  await audit();
  await page.goto(`/stock/${number}`);
  await expect(new VehiclePage(page).pane.getByText(/^内容は1時間前のものです/)).toBeVisible();
});

test("a car that EXTREME no longer answers for is shown out of the copy", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  extreme,
  watch,
}) => {
  const { stock_number: number } = await someCar(dealer);
  watch.expects({ text: /status of 503/, address: /\/photos\//, reason: "EXTREME has the pictures that nobody has seen yet" });
  const comesBack = await extreme?.breaks();
  await visit(`/stock/${number}`);
  await expect(new VehiclePage(page).total).toBeVisible();
  await comesBack?.();
  // The breaker rests for a while; the next journey is to find EXTREME answering.
  await expect.poll(async () => (await dealer.car(number)).origin.freshness, { timeout: 20_000 }).toBe("live");
});

test("a list that could not be read says so and comes when asked again", ANY_SIZE, async ({ page, visit, watch }) => {
  watch.expects({ text: /ERR_FAILED|ERR_CONNECTION|Failed to load/, address: /vehicles/, reason: "the server is not there" });
  const stock = new StockPage(page);
  await page.route(/\/api\/v1\/vehicles\?/, (route) => route.abort());
  await page.route(/\/api\/v1\/vehicles$/, (route) => route.abort());
  await visit("/stock");
  await expect(stock.alert).toContainText("在庫を読み込めませんでした");
  await page.unrouteAll();
  await stock.pane.getByRole("button", { name: "もう一度" }).tap();
  await stock.rests();
});

test("a car's page says who holds it and never what it cost", async ({ page, visit, dealer, extreme }) => {
  const { stock_number: number } = await someCar(dealer);
  const release = await extreme?.hold(number);
  const car = new VehiclePage(page);
  await expect.poll(async () => (await dealer.car(number)).hold).not.toBeNull();
  await visit(`/stock/${number}`);
  await expect(car.pane.getByRole("heading", { name: "仮押さえ" })).toBeVisible();
  await expect(car.cost).toHaveCount(0);
  await release?.();
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("sees what a car cost, marked as internal", ANY_SIZE, async ({ page, visit, dealer }) => {
    const { stock_number: number } = await someCar(dealer);
    const car = new VehiclePage(page);
    await visit(`/stock/${number}`);
    await expect(car.cost).toBeVisible();
    await expect(car.pane.getByText("社内のみ")).toBeVisible();
  });
});
