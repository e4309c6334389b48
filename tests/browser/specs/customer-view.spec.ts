/** お客様表示: the tablet is turned to the customer, and nothing that is not theirs is on the screen or on the wire. */

import type { Page } from "@playwright/test";

import type { Dealer } from "../harness/dealer.ts";
import type { Account } from "../harness/demo.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { CustomerView, Wire } from "../pages/customer-view.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { StockPage, VehiclePage } from "../pages/stock.ts";
import { TurnsPage } from "../pages/turns.ts";

test.use({ linked: true });

const PIN = "402817";
/** A note, a tag, somebody else: each stands nowhere else. */
const SECRETS = { note: "値引きは八万まで", tag: "要注意", other: "別府 走子", phone: "090-8765-4321" };
const REFUSED = { text: /status of 422/, address: /\/customer-view\/leave$/, reason: "the PIN is wrong" };
const OURS = { text: /status of 403/, address: /\/api\/v1\//, reason: "what was on its way is no customer's" };

test.beforeEach(async ({ dealer }) => {
  await expect.poll(() => dealer.carsForSale(), { message: "cars of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

/** A manager, who sees what cars have cost, with a PIN. */
async function manager(page: Page, dealer: Dealer): Promise<Account> {
  const person = await dealer.joined("manager");
  await page.goto("/account");
  await new SignInPage(page).send(person.mail, person.password);
  await expect(page.getByRole("heading", { name: person.name })).toBeVisible();
  await new AccountPage(page).setPin(person.password, PIN);
  await expect(new Shell(page).toast("PIN を決めました")).toBeVisible();
  return person;
}

/** Somebody with secrets, somebody else, and a car that both want. */
async function secrets(dealer: Dealer, person: Account) {
  const tag = await dealer.newTag(`${SECRETS.tag}${Date.now() % 100_000}`);
  const name = `栗原 ${Date.now() % 100_000}`;
  const lead = await dealer.newLead(person, { name, note: SECRETS.note, tag_ids: [tag.id], temperature: "this_month" });
  const other = await dealer.newLead(person, { name: SECRETS.other, phones: [SECRETS.phone] });
  const cars = await dealer.cars("limit=200");
  const free = cars.filter(({ photos, hold, status }) => photos > 0 && hold === null && status === "listed");
  const [car, second] = free;
  if (car === undefined || second === undefined) throw new Error("no two cars are free");
  await dealer.wants(lead.id, car.stock_number);
  await dealer.wants(other.id, car.stock_number);
  return { lead, name, tag, car, second };
}

test("the table: what the customer sees is theirs, on the screen and on the wire", async ({
  page,
  dealer,
  extreme,
  watch,
  audit,
}) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED, OURS);
  test.slow();
  const person = await manager(page, dealer);
  const { lead, name, tag, car, second } = await secrets(dealer, person);
  const letGo = await extreme?.hold(second.stock_number);
  await expect.poll(async () => (await dealer.car(second.stock_number)).hold).not.toBeNull();
  const [view, vehicle, stock] = [new CustomerView(page), new VehiclePage(page), new StockPage(page)];

  // What is hidden later is there before, so that it could be seen.
  const before = new Wire(page);
  await page.goto(`/stock/${car.stock_number}`);
  await expect(vehicle.cost).toBeVisible();
  await expect(vehicle.interested.filter({ hasText: SECRETS.other })).toBeVisible();
  await page.goto(`/leads/${lead.id}`);
  await expect(new LeadPage(page).pane.getByText(SECRETS.note)).toBeVisible();
  const told = (await before.all()).join("\n");
  for (const secret of [SECRETS.note, SECRETS.other, tag.name, "purchase_cost"]) expect(told).toContain(secret);

  const wire = new Wire(page, { method: "PUT", path: "/api/v1/me/customer-view" });
  await view.turn.tap();
  await view.isOn();
  await expect(page).toHaveURL(/\/chosen-cars$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${name} 様のお選びのクルマ`);
  await expect(view.cars.filter({ hasText: car.model_name })).toBeVisible();
  await expect(page).not.toHaveTitle(/見込み客|Noren|栗原/);
  await audit();

  await view.cars.filter({ hasText: car.model_name }).first().getByRole("link").tap();
  await expect(vehicle.heading).toBeVisible();
  await expect(vehicle.cost).toHaveCount(0);
  await expect(page.getByText("気になっている方")).toHaveCount(0);
  await expect(page.getByText(/EXTREME|在庫日数|評価|仕入/)).toHaveCount(0);
  await audit();

  await view.stock.tap();
  await expect(stock.pane.getByRole("heading", { name: "クルマをさがす" })).toBeVisible();
  await stock.rests();
  await expect(page.getByText(/仮押さえ|EXTREME|値下げ|新着|最近見た/)).toHaveCount(0);
  await expect(stock.order.getByRole("option", { name: "在庫の長い順" })).toHaveCount(0);
  await audit();
  await page.goto(`/stock/${second.stock_number}`);
  await view.isOn();
  await expect(vehicle.pane.getByText("商談中")).toBeVisible();
  await view.like.tap();
  await expect(vehicle.pane.getByText("お選びのクルマです")).toBeVisible();
  await view.chosen.tap();
  await expect(view.cars).toHaveCount(2);
  await view.compare.tap();
  await expect(page.getByRole("columnheader")).toHaveCount(2);
  await audit();

  // Neither a reload nor an address nor the way back leads anywhere else.
  for (const address of ["/leads", `/leads/${lead.id}`, "/customers", "/settings", "/account", "/mentions"]) {
    await page.goto(address);
    await view.isOn();
    await expect(page).toHaveURL(/\/chosen-cars$/);
  }
  const answers = await wire.all();
  expect(answers.length).toBeGreaterThan(10);
  for (const said of answers) {
    for (const secret of [...Object.values(SECRETS), tag.name, "purchase_cost", "temperature", "listed_on\":\"2"]) {
      expect(said, said.slice(0, 200)).not.toContain(secret);
    }
    expect(said, "no list of leads was answered").not.toMatch(/^GET \/api\/v1\/(leads|customers|staff|lead-counts) 200/);
  }

  await view.lock.tap();
  const turns = new TurnsPage(page);
  await turns.tap("402818");
  await expect(view.dialog.getByRole("alert")).toHaveText("PIN が違います。もう一度入れてください");
  await audit();
  await turns.tap(PIN);
  await expect(new LeadPage(page).heading).toContainText(name);
  await expect(new Shell(page).leads).toBeVisible();
  await expect(page.locator(".curtain")).toHaveCount(0);
  await letGo?.();
});

test("the other tabs of the session are turned with it, and back", ANY_SIZE, async ({ page, context, dealer, watch }) => {
  watch.expects(NOBODY_YET, LEAVING, OURS);
  const person = await manager(page, dealer);
  const { name } = await dealer.newLead(person, { name: `隣 ${Date.now() % 100_000}` }).then(({ profile }) => profile);
  const beside = await context.newPage();
  await beside.goto("/leads");
  await expect(beside.getByText(name ?? "").first()).toBeVisible();
  const view = new CustomerView(page);
  await page.goto("/stock");
  await view.turn.tap();
  await view.isOn();
  await new CustomerView(beside).isOn();
  await expect(beside.getByText(name ?? "")).toHaveCount(0);
  await view.lock.tap();
  await new TurnsPage(page).type(PIN);
  await expect(new Shell(page).leads).toBeVisible();
  await expect(new Shell(beside).leads).toBeVisible();
});

test("who has no PIN turns the screen back by the password, and nobody in particular sees no names", ANY_SIZE, async ({
  page,
  dealer,
  watch,
}) => {
  watch.expects(NOBODY_YET, LEAVING, REFUSED, OURS);
  const person = await dealer.joined("salesperson");
  await page.goto("/stock");
  await new SignInPage(page).send(person.mail, person.password);
  const view = new CustomerView(page);
  await view.turn.tap();
  await view.isOn();
  await expect(page).toHaveURL(/\/stock$/);
  await expect(view.chosen).toHaveCount(0);
  await view.lock.tap();
  await view.dialog.getByLabel("今のパスワード", { exact: true }).fill("これではない");
  await page.keyboard.press("Enter");
  await expect(view.dialog.getByRole("alert")).toHaveText("今のパスワードと違います");
  await view.dialog.getByLabel("今のパスワード", { exact: true }).fill(person.password);
  await page.keyboard.press("Enter");
  await expect(new Shell(page).leads).toBeVisible();
});
