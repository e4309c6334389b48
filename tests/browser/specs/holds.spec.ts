/** 仮押さえ, with a dealer whose EXTREME says whose a car is. */

import type { Dealer } from "../harness/dealer.ts";
import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { HoldCard, MyHoldsPage } from "../pages/holds.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";
import { StockPage, VehiclePage, WantedCard } from "../pages/stock.ts";

test.use({ linked: true });

/** What others do is seen this soon. */
const AT_ONCE = { timeout: 1_000 };
/** A message that failed is tried again after a pause, and the copies are read every second. */
const IN_A_WHILE = { timeout: 30_000 };

test.beforeEach(async ({ dealer }) => {
  await expect.poll(() => dealer.carsForSale(), { message: "cars of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

/** A car that nobody holds. */
async function someCar(dealer: Dealer) {
  const cars = await dealer.cars("limit=200");
  const car = cars.find(({ hold, status }) => hold === null && status === "listed");
  if (car === undefined) throw new Error("every car is held");
  return car;
}

test("a car that is held at one tablet is held at every other within a second, and who waits comes up", async ({
  page,
  visit,
  colleague,
  dealer,
  account,
  audit,
  auditor,
}) => {
  const { stock_number: number } = await someCar(dealer);
  const [mine, shell] = [new HoldCard(page), new Shell(page)];
  const other = await dealer.somebodyElsewhere(account);
  const theirPage = await colleague(other, `/stock/${number}`);
  const [theirs, theirShell] = [new HoldCard(theirPage), new Shell(theirPage)];
  await expect(theirs.claim).toBeVisible();

  await visit(`/stock/${number}`);
  await mine.claim.tap();
  await expect(mine.dialog.getByRole("radio", { name: "24時間" })).toBeChecked();
  await audit();
  await mine.send("仮押さえする", "48時間");
  // On a busy machine EXTREME may take longer than the person waits for; then the answer is told afterwards.
  await expect(shell.toast(/(まで仮押さえしました|を仮押さえできました)$/)).toBeVisible();
  await expect(theirs.rows.filter({ hasText: account.name })).toBeVisible(AT_ONCE);
  await expect(mine.mine).toContainText("あと47時間59分");
  await expect(mine.claim).toHaveCount(0);
  await audit();

  await theirs.join.tap();
  await expect(theirs.dialog.getByText(/^いま、あなたの前に1人います/)).toBeVisible();
  await theirs.send("順番待ちに入る");
  await expect(theirShell.toast("順番待ちに入りました(1番目)")).toBeVisible();
  await expect(mine.rows.filter({ hasText: other.name })).toContainText("順番待ち", AT_ONCE);
  await auditor.audit(theirPage);

  await mine.act("解除").tap();
  await expect(mine.dialog.getByText(`解除すると、次に待っている${other.name}さんの番になります`)).toBeVisible();
  await mine.send("解除する");
  await expect(shell.toast("仮押さえを解除しました")).toBeVisible();
  await expect(theirs.mine).toContainText("あと23時間59分");
  await expect(theirShell.toast(/(順番が来ました|仮押さえできました)/)).toBeVisible();
  await expect(mine.rows.filter({ hasText: other.name })).toContainText("あと23時間59分");

  // Nobody waits now: letting go can be made good.
  await theirs.act("解除").tap();
  await theirPage.getByRole("status").getByRole("button", { name: "もう一度押さえる" }).tap();
  await expect(theirs.mine).toContainText("あと23時間59分");
  await theirs.act("解除").tap();
  await expect(theirs.card).toHaveCount(0);
  // The car itself is read anew for that, which may take as long as EXTREME takes.
  await expect(mine.claim).toBeVisible();
});

test("as long as EXTREME does not answer nobody is promised the car, and afterwards one is told", async ({
  page,
  visit,
  dealer,
  extreme,
  watch,
  audit,
}) => {
  watch.expects({ text: /status of 503/, address: /\/photos\//, reason: "EXTREME has the pictures that nobody has seen yet" });
  const { stock_number: number } = await someCar(dealer);
  const [hold, shell, stock] = [new HoldCard(page), new Shell(page), new StockPage(page)];
  await visit(`/stock/${number}`);
  await expect(hold.claim).toBeVisible();
  const comesBack = await extreme?.breaks();
  await hold.place();
  await expect(shell.toast(/^EXTREMEに依頼しました/)).toBeVisible();
  await expect(hold.unanswered).toBeVisible();
  await expect(hold.mine).toContainText("確認中");
  await expect(hold.act("延長")).toHaveCount(0);
  await audit();

  await page.goto(`/stock?q=${number}`);
  await expect(stock.cars.first()).toContainText("自分の仮押さえ 確認中");
  await comesBack?.();
  await expect(shell.toast(/を仮押さえできました$/)).toBeVisible(IN_A_WHILE);
  await expect(stock.cars.first()).toContainText(/自分の仮押さえ .*まで/, AT_ONCE);
  await page.getByRole("status").getByRole("link", { name: "開く" }).tap();
  await hold.act("解除").tap();
  await expect(hold.card).toHaveCount(0);
  // The breaker rests for a while; the next journey is to find EXTREME answering.
  await expect.poll(async () => (await dealer.car(number)).origin.freshness, { timeout: 20_000 }).toBe("live");
});

test("who has the car in EXTREME stands before those who wait here", ANY_SIZE, async ({ page, visit, dealer, extreme }) => {
  const { stock_number: number } = await someCar(dealer);
  const [hold, shell] = [new HoldCard(page), new Shell(page)];
  const release = await extreme?.hold(number);
  await expect.poll(async () => (await dealer.car(number)).hold).not.toBeNull();
  await visit(`/stock/${number}`);
  await expect(hold.rows).toHaveCount(1);
  await hold.join.tap();
  await hold.send("順番待ちに入る");
  await expect(hold.mine).toContainText("順番待ち");
  await expect(hold.rows).toHaveCount(2);
  await release?.();
  await expect(hold.mine).toContainText("あと23時間59分", IN_A_WHILE);
  await expect(shell.toast(/(順番が来ました|仮押さえできました)/)).toBeVisible();
  await hold.act("解除").tap();
  await expect(hold.card).toHaveCount(0);
});

test("a hold is made longer, and counted from now", ANY_SIZE, async ({ page, visit, dealer }) => {
  const { stock_number: number } = await someCar(dealer);
  const hold = new HoldCard(page);
  await visit(`/stock/${number}`);
  await hold.place("2時間");
  await expect(hold.mine).toContainText("あと1時間59分");
  await hold.act("延長").tap();
  await hold.send("延長する", "72時間");
  await expect(hold.mine).toContainText("あと2日");
  await hold.act("解除").tap();
  await expect(hold.card).toHaveCount(0);
});

test("a car is held with the keyboard alone", ANY_SIZE, async ({ page, visit, dealer }) => {
  const { stock_number: number } = await someCar(dealer);
  const hold = new HoldCard(page);
  await visit(`/stock/${number}`);
  await hold.claim.focus();
  await page.keyboard.press("Enter");
  await hold.dialog.getByRole("radio", { name: "24時間" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(hold.dialog.getByRole("radio", { name: "48時間" })).toBeChecked();
  await hold.dialog.getByRole("button", { name: "仮押さえする" }).focus();
  await page.keyboard.press("Enter");
  await expect(hold.mine).toContainText("あと47時間59分");
  await hold.act("解除").focus();
  await page.keyboard.press("Enter");
  await expect(hold.card).toHaveCount(0);
});

test("for whom a car is held stands on their page", async ({ page, visit, dealer, account, audit }) => {
  const { stock_number: number, model_name: model } = await someCar(dealer);
  const name = `夏目 ${Date.now() % 100_000}`;
  const lead = await dealer.newLead(account, { name });
  const [hold, car] = [new HoldCard(page), new VehiclePage(page)];
  await visit(`/stock/${number}?lead=${lead.id}`);
  await car.pane.getByRole("button", { name: "この方につなぐ" }).tap();
  await expect(car.interested.filter({ hasText: name })).toBeVisible();
  await hold.claim.tap();
  await expect(hold.dialog.getByRole("radio", { name: new RegExp(name) })).toBeChecked();
  await audit();
  await hold.send("仮押さえする");
  await expect(hold.mine).toContainText(name);

  await page.goto(`/leads/${lead.id}`);
  const [wanted, history] = [new WantedCard(page), new LeadPage(page).timeline];
  await expect(wanted.cars.filter({ hasText: model })).toContainText("自分の仮押さえ");
  await expect(history.filter({ hasText: number }).first()).toContainText("仮押さえ");
  await audit();
  await page.goto(`/stock/${number}`);
  await hold.act("解除").tap();
  await expect(hold.card).toHaveCount(0);
});

test("what one holds is one list, and what was lost stands there with the reason", async ({
  page,
  visit,
  dealer,
  extreme,
  audit,
}) => {
  const { stock_number: number } = await someCar(dealer);
  const [hold, shell, mine] = [new HoldCard(page), new Shell(page), new MyHoldsPage(page)];
  await visit("/holds");
  await expect(mine.heading).toBeVisible();
  await expect(mine.open.getByText("いま押さえている車はありません")).toBeVisible();
  await audit();
  await page.goto(`/stock/${number}`);
  await hold.place();
  await expect(hold.mine).toContainText("あと23時間59分");
  await shell.stock.tap();
  await page.getByRole("link", { name: /^自分の仮押さえ\s*1$/ }).tap();
  await expect(mine.open.getByRole("listitem").filter({ hasText: number })).toContainText("あと23時間59分");
  await audit();

  await shell.leads.tap();
  await extreme?.sell(number);
  await expect(shell.toast(/は売約済みになりました/)).toBeVisible(IN_A_WHILE);
  await expect(shell.stock).toHaveAccessibleName(/終わった仮押さえ \d+件/);
  await audit();
  await page.goto("/holds");
  // The newest stands first: the person may have held it before.
  const lost = mine.over.getByRole("listitem").filter({ hasText: number }).first();
  await expect(lost).toContainText("売約済み");
  await expect(lost).toContainText("未確認");
  await audit();
  await page.reload();
  await expect(lost).toContainText("売約済み");
  await expect(lost).not.toContainText("未確認");
});
