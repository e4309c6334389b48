/** くらべる: cars are put into the tray, laid side by side, and what differs is seen. */

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { Shell } from "../pages/shell.ts";
import { StockPage, VehiclePage } from "../pages/stock.ts";

test.use({ linked: true });

test.beforeEach(async ({ dealer }) => {
  await expect.poll(() => dealer.carsForSale(), { message: "cars of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

test("cars are put into the tray and lie side by side", async ({ page, visit, audit }) => {
  const stock = new StockPage(page);
  await visit("/stock");
  await stock.rests();
  const tray = page.getByRole("region", { name: "くらべる" });
  const toggles = stock.cars.getByRole("button", { name: /をくらべる$/ });
  await toggles.nth(0).tap();
  await expect(tray.getByText("もう1台選ぶと、くらべられます")).toBeVisible();
  await toggles.nth(1).tap();
  await expect(toggles.nth(1)).toHaveAttribute("aria-pressed", "true");
  await expect(tray.getByRole("status")).toHaveText("2台を選択");

  // It is there after a reload, and beside a car.
  await page.reload();
  await stock.rests();
  await expect(tray.getByRole("status")).toHaveText("2台を選択");
  await audit();
  await stock.cars.nth(2).getByRole("link").tap();
  const car = new VehiclePage(page);
  await expect(car.heading).toBeVisible();
  await car.pane.getByRole("button", { name: /をくらべる$/ }).tap();
  await expect(tray.getByRole("status")).toHaveText("3台を選択");
  await tray.getByRole("link", { name: "くらべる" }).tap();

  await expect(page).toHaveURL(/\/stock\/compare\?ids=[^,]+,[^,]+,[^,]+$/);
  const columns = page.getByRole("columnheader");
  await expect(columns).toHaveCount(3);
  await expect(page.getByRole("rowheader", { name: /走行距離/ })).toBeVisible();
  const rows = page.locator(".compare-table tbody tr");
  const all = await rows.count();
  await audit();
  await page.locator("label").filter({ hasText: "違うところだけ" }).tap();
  await expect.poll(() => rows.count()).toBeLessThan(all);
  await expect(page.locator(".compare-table tbody tr:not([data-differs])")).toHaveCount(0);

  await columns.first().getByRole("button", { name: /を外す$/ }).tap();
  await expect(columns).toHaveCount(2);
  await expect(page).toHaveURL(/ids=[^,]+,[^,]+$/);
  await page.getByRole("link", { name: "在庫へ戻る" }).tap();
  await expect(tray.getByRole("status")).toHaveText("2台を選択");
  // A mark on a picture that has scrolled away has no background for axe.
  await stock.cars.first().evaluate((car) => car.scrollIntoView({ block: "center" }));
});

test("no more than four cars are compared, and one that is gone is left out", ANY_SIZE, async ({ page, visit, dealer }) => {
  const stock = new StockPage(page);
  await visit("/stock");
  await stock.rests();
  const toggles = stock.cars.getByRole("button", { name: /をくらべる$/ });
  for (let at = 0; at < 5; at += 1) await toggles.nth(at).tap();
  await expect(new Shell(page).toast("くらべられるのは4台までです")).toBeVisible();
  await page.getByRole("region", { name: "くらべる" }).getByRole("button", { name: "やめる" }).tap();
  await expect(page.getByRole("region", { name: "くらべる" })).toHaveCount(0);

  const [car] = await dealer.cars("limit=1");
  await page.goto(`/stock/compare?ids=${car?.stock_number},S-GONE`);
  await expect(page.getByRole("columnheader")).toHaveCount(1);
  await expect(page.getByText("在庫になくなった車は外しました")).toBeVisible();
  await page.goto("/stock/compare");
  await expect(page.getByText("くらべる車がありません")).toBeVisible();
});
