/** 顧客, with a dealer whose EXTREME answers. */

import type { Customer, Dealer } from "../harness/dealer.ts";
import type { Account } from "../harness/demo.ts";
import { expect, test } from "../harness/test.ts";
import { CustomerPage, CustomersPage, KnownCard } from "../pages/customers.ts";
import { LeadPage } from "../pages/lead.ts";

test.use({ linked: true });

/** The first reading may still be under way when the first journey begins. */
test.beforeEach(async ({ dealer }) => {
  const all = async () => (await dealer.customers("sort=inspection&limit=200")).length;
  await expect.poll(all, { message: "customers of EXTREME", timeout: 40_000 }).toBeGreaterThan(20);
});

/** A person of the account's store with a car whose 車検 is known. */
async function somebody(dealer: Dealer, account: Account): Promise<Customer> {
  const known = await dealer.customersOf(account, "sort=inspection&kind=person&limit=200");
  const found = known.find(({ phone }) => /^0[789]0/.test(phone ?? ""));
  if (found === undefined) throw new Error("nobody fits");
  return found;
}

test("a customer is found by a part of their number, and read", async ({ page, visit, dealer, account, audit }) => {
  const customer = await somebody(dealer, account);
  const list = new CustomersPage(page);
  await visit("/customers");
  await expect(list.heading).toBeVisible();
  await expect(list.rows.first()).toBeVisible();
  await expect(page.getByText(/^EXTREME・/).first()).toBeVisible();
  await audit();
  await list.narrow("車検が3か月以内");
  await expect(page).toHaveURL(/near=1/);
  await list.narrow("車検が3か月以内");
  await list.search.fill((customer.phone ?? "").replaceAll("-", "").slice(-6));
  await expect(page).toHaveURL(/q=\d{6}/);
  await list.rows.filter({ hasText: customer.name }).first().tap();

  const one = new CustomerPage(page);
  await expect(one.heading).toContainText(customer.name);
  await expect(page).toHaveURL(`/customers/${customer.customer_code}`);
  await expect(page.getByText("次の車検", { exact: true })).toBeVisible();
  for (const name of ["お車", "整備・鈑金・修理", "車検・点検", "お客様の情報"]) {
    await expect(one.card(name).getByText(/^EXTREME・/).first()).toBeVisible();
  }
  await expect(one.card("お客様の情報").getByRole("link", { name: customer.phone ?? "" })).toBeVisible();
  await audit();
  await page.getByRole("link", { name: "顧客の一覧へ" }).tap();
  await expect(list.heading).toBeVisible();
});

test("nobody fits, and the way out of it", async ({ page, visit, audit, watch }) => {
  watch.expects({ text: /status of 404/, address: /\/api\/v1\/customers\/C-999999$/, reason: "nobody has this code" });
  const list = new CustomersPage(page);
  await visit("/customers?q=在りもしない名前");
  await expect(page.getByText("条件に合う顧客は見つかりません")).toBeVisible();
  await audit();
  await page.getByRole("button", { name: "条件をすべて外す" }).tap();
  await expect(list.rows.first()).toBeVisible();
  await visit("/customers/C-999999");
  await expect(page.getByRole("heading", { name: "見つかりません" })).toBeVisible();
});

test("what is wrong is asked to be corrected, and EXTREME decides", async ({ page, visit, dealer, account, audit, watch }) => {
  const address = /\/correction-requests$/;
  watch.expects({ text: /status of 422/, address, reason: "a reading in kanji is refused, and said at its field" });
  const customer = await somebody(dealer, account);
  const one = new CustomerPage(page);
  await visit(`/customers/${customer.customer_code}`);
  const card = one.card("修正依頼");
  await card.getByRole("button", { name: "修正を依頼する" }).tap();
  await one.dialog.locator("label").filter({ hasText: "フリガナ" }).tap();
  await one.dialog.locator("label").filter({ hasText: "建物・部屋" }).tap();
  await one.dialog.getByLabel("フリガナ").last().fill("漢字");
  await one.dialog.getByLabel("建物・部屋").last().fill("松原ハイツ305");
  await one.dialog.getByLabel("理由").fill("転居。ご本人より電話。");
  await audit();
  await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
  await expect(one.dialog.getByText("カナ", { exact: false }).first()).toBeVisible();
  await one.dialog.locator("label").filter({ hasText: "フリガナ" }).first().tap();
  await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
  await expect(one.dialog).toBeHidden();
  await expect(card.getByText(/松原ハイツ305/)).toBeVisible();
  const sent = async () => {
    await page.reload();
    await expect(card.getByText(/松原ハイツ305/)).toBeVisible();
    return card.getByText("依頼中", { exact: true }).isVisible();
  };
  await expect.poll(sent, { timeout: 20_000 }).toBe(true);
  await audit();
});

test("what EXTREME did not take is mended and sent again", async ({ page, visit, dealer, account, extreme, audit }) => {
  const takes = await extreme?.refuses("request_correction");
  const customer = await somebody(dealer, account);
  const one = new CustomerPage(page);
  const house = `若葉荘${Date.now() % 100_000}`;
  await visit(`/customers/${customer.customer_code}`);
  const card = one.card("修正依頼");
  await card.getByRole("button", { name: "修正を依頼する" }).tap();
  await one.dialog.locator("label").filter({ hasText: "建物・部屋" }).tap();
  const building = one.dialog.getByLabel("建物・部屋").last();
  await building.fill(`${house}-l`);
  await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
  await expect(one.dialog).toBeHidden();
  const wish = card.getByRole("listitem").filter({ hasText: house }).first();
  const stands = async (state: string) => {
    await page.reload();
    await expect(wish).toBeVisible();
    return wish.getByText(state, { exact: true }).isVisible();
  };
  await expect.poll(() => stands("送信できず"), { timeout: 20_000 }).toBe(true);
  await audit();
  await takes?.();
  const mend = wish.getByRole("button", { name: "直して送り直す" });
  await mend.tap();
  await expect(building).toHaveValue(`${house}-l`);
  await building.fill(`${house}-1`);
  await audit();
  await one.dialog.getByRole("button", { name: "送り直す" }).tap();
  await expect(one.dialog).toBeHidden();
  await expect.poll(() => stands("依頼中"), { timeout: 20_000 }).toBe(true);
  await expect(wish).toContainText(`${house}-1`);
  await expect(mend).toHaveCount(0);
});

test("a lead is found to be a customer, joined by a tap, and led on from", async ({ page, visit, dealer, account, audit }) => {
  const customer = await somebody(dealer, account);
  const profile = { name: customer.name, kana: customer.kana, phones: [customer.phone ?? ""] };
  const lead = await dealer.newLead(account, profile);
  await visit(`/leads/${lead.id}`);
  const known = new KnownCard(page);
  const suggestion = known.suggestion(customer.name).first();
  await expect(suggestion.getByText("電話番号とフリガナとお名前が同じです")).toBeVisible();
  await audit();
  await suggestion.getByRole("button", { name: "このお客様です" }).tap();
  await expect(known.card.getByText(/^車検 /)).toBeVisible();
  await page.getByRole("button", { name: "元に戻す" }).tap();
  await expect(suggestion).toBeVisible();
  await suggestion.getByRole("button", { name: "このお客様です" }).tap();
  await expect(known.card.getByRole("button", { name: "結びつきを外す" })).toBeVisible();
  await expect(new LeadPage(page).timeline.first()).toContainText("既存のお客様と結びつけ");
  await known.card.getByRole("link", { name: customer.name }).tap();
  const one = new CustomerPage(page);
  await expect(one.heading).toContainText(customer.name);
  await one.card("Norenでのやりとり").getByRole("link").first().tap();
  await expect(page).toHaveURL(/\/leads\//);
});
