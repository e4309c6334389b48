/** The pictures of what EXTREME masters. */

import { expect, test } from "../harness/test.ts";
import { KnownCard } from "../pages/customers.ts";
import { StockPage, VehiclePage, WantedCard } from "../pages/stock.ts";
import { allLoaded, picture } from "./picture.ts";

test.use({ linked: true });

test("the stock, the customers and a lead between them", async ({ page, visit, dealer, account }) => {
  test.setTimeout(240_000);
  await expect.poll(() => dealer.carsForSale(), { timeout: 60_000 }).toBeGreaterThan(20);
  const stock = new StockPage(page);
  await visit("/stock");
  await stock.rests();
  await allLoaded(page);
  await picture(page, "stock");

  const cars = await dealer.cars("total_to=3500000&limit=200");
  const car = cars.find(({ photos, hold, status }) => photos > 4 && hold === null && status === "listed");
  if (car === undefined) throw new Error("no car has pictures");
  const name = "渡邉 髙志";
  const lead = await dealer.newLead(account, { name, wanted_car: { model: car.model_name, budget: 3_500_000 } });
  await visit(`/stock/${car.stock_number}`);
  const vehicle = new VehiclePage(page);
  await vehicle.linkTo(name);
  await expect(vehicle.interested.filter({ hasText: name })).toBeVisible();
  await allLoaded(page);
  await picture(page, "vehicle");

  await expect.poll(async () => (await dealer.customers("sort=inspection&limit=200")).length).toBeGreaterThan(10);
  await visit("/customers");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await picture(page, "customers");
  const known = (await dealer.customersOf(account, "sort=inspection&kind=person&limit=200")).find(({ phone }) => phone);
  if (known === undefined) throw new Error("nobody fits");
  await visit(`/customers/${known.customer_code}`);
  await expect(page.getByText("次の車検", { exact: true })).toBeVisible();
  await picture(page, "customer");

  const joined = await dealer.newLead(account, { name: known.name, kana: known.kana, phones: [known.phone ?? ""] });
  await visit(`/leads/${joined.id}`);
  await new KnownCard(page).suggestion(known.name).first().scrollIntoViewIfNeeded();
  await picture(page, "lead-known");
  await visit(`/leads/${lead.id}`);
  await new WantedCard(page).cars.first().scrollIntoViewIfNeeded();
  await allLoaded(page);
  await picture(page, "lead-wanted");
});

test.describe("an administrator", () => {
  test.use({ role: "administrator" });

  test("how Noren gets on with EXTREME", async ({ page, visit, dealer }) => {
    await expect.poll(() => dealer.carsForSale(), { timeout: 60_000 }).toBeGreaterThan(20);
    await visit("/settings/extreme");
    await expect(page.getByText("EXTREMEとつながっています")).toBeVisible();
    await expect(page.getByRole("row").nth(3)).toBeVisible();
    await picture(page, "extreme-settings");
  });
});
