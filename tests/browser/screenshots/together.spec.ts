/** The pictures of the table: a car that is held, cars side by side, and the screen that is turned to the customer. */

import { expect, test } from "../harness/test.ts";
import { CustomerView } from "../pages/customer-view.ts";
import { HoldCard, MyHoldsPage } from "../pages/holds.ts";
import { VehiclePage } from "../pages/stock.ts";
import { allLoaded, picture } from "./picture.ts";

test.use({ linked: true });

test("a car is held, compared and shown", async ({ page, visit, colleague, dealer, account }) => {
  test.setTimeout(240_000);
  await expect.poll(() => dealer.carsForSale(), { timeout: 60_000 }).toBeGreaterThan(20);
  const free = (await dealer.cars("limit=200")).filter(
    ({ photos, hold, status }) => photos > 2 && hold === null && status === "listed",
  );
  const [one, two, three] = free;
  if (one === undefined || two === undefined || three === undefined) throw new Error("no three cars are free");
  const lead = await dealer.newLead(account, { name: "渡邉 髙志" });
  const hold = new HoldCard(page);
  await visit(`/stock/${one.stock_number}?lead=${lead.id}`);
  await hold.place();
  await expect(hold.mine).toContainText("あと");
  const theirs = new HoldCard(await colleague(await dealer.somebodyElsewhere(account), `/stock/${one.stock_number}`));
  await theirs.join.tap();
  await theirs.send("順番待ちに入る");
  await expect(hold.rows).toHaveCount(2);
  await hold.card.scrollIntoViewIfNeeded();
  await allLoaded(page);
  await picture(page, "hold");
  await visit(`/stock/${two.stock_number}`);
  await hold.place("72時間");
  await expect(hold.mine).toContainText("あと");
  await visit("/holds");
  await expect(new MyHoldsPage(page).open.getByRole("listitem").first()).toBeVisible();
  await allLoaded(page);
  await picture(page, "my-holds");

  await visit(`/stock/compare?ids=${free.slice(0, 3).map(({ stock_number: number }) => number).join(",")}`);
  await expect(page.getByRole("columnheader")).toHaveCount(3);
  await allLoaded(page);
  await picture(page, "compare");

  await dealer.wants(lead.id, one.stock_number);
  await dealer.wants(lead.id, three.stock_number);
  await visit(`/leads/${lead.id}`);
  const view = new CustomerView(page);
  await view.turn.tap();
  await view.isOn();
  await expect(view.cars).toHaveCount(2);
  await allLoaded(page);
  await picture(page, "customer-view");
  await view.cars.first().getByRole("link").tap();
  await expect(new VehiclePage(page).heading).toBeVisible();
  await allLoaded(page);
  await picture(page, "customer-view-car");
});
