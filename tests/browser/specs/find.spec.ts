import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadsPage } from "../pages/leads.ts";

test("one kanji, a part of the kana or of the phone finds the person and nobody else", async ({
  page,
  visit,
  dealer,
  account,
}) => {
  await dealer.newLead(account, { name: "龘田 祐樹", kana: "タツダ ユウキ", phones: ["090-0055-7731"] });
  const leads = new LeadsPage(page);
  await visit("/leads?tab=all");
  for (const typed of ["龘", "たつだ", "ﾀﾂﾀﾞ", "00557731", "0055-77"]) {
    await leads.search.fill(typed);
    await leads.showsOnly("龘田 祐樹");
  }
});

test("a search that finds nobody says so and offers to drop it", async ({ page, visit }) => {
  const leads = new LeadsPage(page);
  await visit("/leads?tab=all");
  await expect(leads.rows.first()).toBeVisible();
  await leads.search.fill("在りもしない名前");
  await expect(leads.pane.getByText("条件に合う見込み客がいません")).toBeVisible();
  await expect(leads.rows).toHaveCount(0);
  await leads.clear.tap();
  await expect(leads.rows.first()).toBeVisible();
  await expect(leads.search).toHaveValue("");
  await expect(page).toHaveURL(/\/leads\?tab=all$/);
});

test("what is searched for stands in the address and survives a reload", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.newLead(account, { name: "鱻川 まどか" });
  const leads = new LeadsPage(page);
  await visit("/leads");
  await leads.search.fill("鱻");
  await leads.showsOnly("鱻川 まどか");
  await expect(page).toHaveURL(/[?&]q=%E9%B1%BB/);
  await page.reload();
  await leads.showsOnly("鱻川 まどか");
  await expect(leads.search).toHaveValue("鱻");
});

test("every tab says how many it holds, and a new lead counts", async ({ page, visit, dealer, account }) => {
  const leads = new LeadsPage(page);
  await visit("/leads");
  const [before, all] = [await leads.count("未対応"), await leads.count("全員")];
  expect(await leads.count("自分")).toBeLessThanOrEqual(all);
  expect(await leads.count("育成")).toBeLessThanOrEqual(all);
  await dealer.newLead(account, { name: "数野 加代" });
  await page.reload();
  await expect(leads.row("数野 加代")).toBeVisible();
  expect(await leads.count("未対応")).toBe(before + 1);
  expect(await leads.count("全員")).toBe(all + 1);
  await leads.tab("育成").tap();
  await expect(page).toHaveURL(/tab=nurturing/);
  await expect(leads.row("数野 加代")).toHaveCount(0);
});
