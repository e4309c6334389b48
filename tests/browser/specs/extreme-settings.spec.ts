/** EXTREME連携, with a dealer whose EXTREME answers. */

import { expect, test } from "../harness/test.ts";
import { CustomerPage } from "../pages/customers.ts";
import { ExtremePage } from "../pages/extreme.ts";
import { Shell } from "../pages/shell.ts";

test.use({ linked: true, role: "administrator" });

/** What there is of EXTREME. */
const KINDS = ["在庫", "販売実績", "仕入", "顧客", "購入", "整備・鈑金", "車検・点検", "スタッフ"];

test("an administrator sees that it works, how each kind of record fares, and has it looked at at once", async ({
  page,
  visit,
}) => {
  const [extreme, shell] = [new ExtremePage(page), new Shell(page)];
  await visit("/settings");
  await page.getByRole("link", { name: /^EXTREME連携/ }).tap();
  await expect(extreme.heading).toBeVisible();
  await expect(extreme.state).toHaveText("EXTREMEとつながっています", { timeout: 40_000 });
  for (const kind of KINDS) await expect(extreme.row(kind)).toContainText("最新", { timeout: 40_000 });
  await expect(extreme.row("スタッフ").getByRole("cell", { name: "8", exact: true })).toBeVisible();
  await extreme.sync.tap();
  await expect(shell.toast("同期を始めました")).toBeVisible();
  if (await shell.settings.isVisible()) await expect(extreme.mark).toHaveText("EXTREME", { timeout: 30_000 });
});

test("somebody new in EXTREME is registered here, or left", async ({ page, visit, extreme: simulator }) => {
  const extreme = new ExtremePage(page);
  const code = `N${Date.now() % 1_000_000}`;
  const record = {
    staff_code: code,
    name: { family: "勅使河原", given: "誠一郎左衛門", family_kana: "テシガワラ", given_kana: "セイイチロウザエモン" },
    store_code: "001",
    employment: "active",
    role: null,
    mail: null,
    notifications: null,
    proposed: null,
  };
  const made = await fetch(`${simulator?.url}/control/staff/${code}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(record),
  });
  expect(made.ok, await made.text()).toBe(true);
  await visit("/settings/extreme");
  const listed = extreme.conflict(code);
  await expect(listed).toContainText("新しいスタッフ", { timeout: 30_000 });
  await expect(listed).toContainText("勅使河原 誠一郎左衛門");
  await listed.getByRole("link", { name: "スタッフを登録する" }).tap();
  await expect(page.getByLabel("スタッフコード")).toHaveValue(code);
  await page.goBack();
  await expect(listed).toBeVisible();
  await listed.getByRole("button", { name: "このままにする" }).tap();
  await expect(new Shell(page).toast("このままにしました")).toBeVisible();
  await page.getByText(/^決めたもの/).tap();
  await expect(listed).toContainText("このまま");
});

test("an EXTREME that does not answer is said with its reason and with what still works", async ({
  page,
  visit,
  audit,
  extreme: simulator,
}) => {
  // As long as its steps may take: the breaker rests for up to thirty seconds.
  test.setTimeout(150_000);
  const extreme = new ExtremePage(page);
  await visit("/settings/extreme");
  await expect(extreme.state).toHaveText("EXTREMEとつながっています", { timeout: 40_000 });
  const giveBack = await simulator?.breaks();
  await expect(extreme.state).toHaveText("EXTREMEにつながりません", { timeout: 40_000 });
  await expect(page.getByText(/仕事はそのまま続けられます/)).toBeVisible();
  await audit();
  await giveBack?.();
  await expect(extreme.state).toHaveText("EXTREMEとつながっています", { timeout: 50_000 });
});

test("what is old is marked on every page", async ({ page, visit }) => {
  const extreme = new ExtremePage(page);
  const asOf = new Date(Date.now() - 25 * 60_000).toISOString();
  await page.route("**/api/v1/integrations/extreme/freshness", (route) =>
    route.fulfill({ json: { configured: true, origin: { freshness: "old", as_of: asOf } } }),
  );
  await visit("/leads");
  if (await new Shell(page).newLead.isVisible() && (page.viewportSize()?.width ?? 0) > 640) {
    await expect(extreme.mark).toHaveText("古い情報");
    await expect(extreme.notice).toBeHidden();
  } else {
    await expect(extreme.notice).toContainText("25分前");
  }
});

test("what EXTREME did not take stands here, and sending is stopped and goes on", async ({
  page,
  visit,
  audit,
  dealer,
  account,
  extreme: simulator,
}) => {
  // The breaker may still rest from the journey before.
  test.setTimeout(150_000);
  const [extreme, one, shell] = [new ExtremePage(page), new CustomerPage(page), new Shell(page)];
  const known = async () => (await dealer.customersOf(account, "kind=person&limit=1")).length;
  await expect.poll(known, { message: "customers of EXTREME", timeout: 40_000 }).toBe(1);
  const [customer] = await dealer.customersOf(account, "kind=person&limit=1");
  const takes = await simulator?.refuses("request_correction");
  await visit(`/customers/${customer?.customer_code}`);
  const card = one.card("修正依頼");
  await card.getByRole("button", { name: "修正を依頼する" }).tap();
  await one.dialog.locator("label").filter({ hasText: "建物・部屋" }).tap();
  await one.dialog.getByLabel("建物・部屋").last().fill(`青葉荘${Date.now() % 100_000}`);
  await one.dialog.getByRole("button", { name: "依頼する", exact: true }).tap();
  await expect(one.dialog).toBeHidden();

  await visit("/settings/extreme");
  const refused = extreme.deliveries.getByRole("article").filter({ hasText: String(customer?.customer_code) }).first();
  await expect(refused).toContainText("EXTREMEが受け付けませんでした", { timeout: 40_000 });
  await audit();
  await extreme.deliveries.getByRole("button", { name: "送信を止める" }).tap();
  const asks = page.getByRole("dialog");
  await asks.getByLabel("理由").fill("EXTREMEの入れ替え");
  await audit();
  await asks.getByRole("button", { name: "送信を止める" }).tap();
  await expect(extreme.deliveries.getByText("停止中")).toBeVisible();
  await expect(extreme.deliveries).toContainText("EXTREMEの入れ替え");
  await takes?.();
  await refused.getByRole("button", { name: "再送する" }).tap();
  await expect(shell.toast("送り直しています")).toBeVisible();
  await expect(extreme.deliveries).toContainText("1件が待っています");
  await extreme.deliveries.getByRole("button", { name: "送信を再開する" }).tap();
  await expect(extreme.deliveries).toContainText("待っているものはありません", { timeout: 30_000 });
  await expect(refused).toHaveCount(0);
});
