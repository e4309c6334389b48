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
    await leads.find(typed);
    await leads.showsOnly("龘田 祐樹");
  }
});

test("a search that finds nobody says so and offers to drop it", async ({ page, visit }) => {
  const leads = new LeadsPage(page);
  await visit("/leads?tab=all");
  await expect(leads.rows.first()).toBeVisible();
  await leads.find("在りもしない名前");
  await expect(leads.pane.getByText("条件に合う見込み客がいません")).toBeVisible();
  await expect(leads.rows).toHaveCount(0);
  await leads.clear.tap();
  await expect(leads.rows.first()).toBeVisible();
  await expect(leads.narrowed).toHaveCount(0);
  await expect(page).toHaveURL(/\/leads\?tab=all$/);
});

test("what is searched for stands in the address and survives a reload", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.newLead(account, { name: "鱻川 まどか" });
  const leads = new LeadsPage(page);
  await visit("/leads");
  await leads.find("鱻");
  await leads.showsOnly("鱻川 まどか");
  await expect(page).toHaveURL(/[?&]q=%E9%B1%BB/);
  await page.reload();
  await leads.showsOnly("鱻川 まどか");
  await leads.widen.tap();
  await expect(page).toHaveURL(/\/leads\?tab=all$/);
});

test("a filter narrows the list and stands in the address", async ({ page, visit, dealer, account, audit }) => {
  await dealer.newLead(account, { name: "温井 楓", temperature: "this_month" });
  await dealer.newLead(account, { name: "冷川 樹", temperature: "six_months" });
  const leads = new LeadsPage(page);
  await visit("/leads");
  await expect(leads.row("冷川 樹")).toBeVisible();
  await leads.filters.tap();
  await audit();
  await leads.filterSheet.locator("label").filter({ hasText: "今月" }).tap();
  await leads.filterSheet.getByRole("button", { name: "一覧を見る" }).tap();
  await expect(leads.filterSheet).toBeHidden();
  await expect(leads.row("冷川 樹")).toHaveCount(0);
  await expect(leads.row("温井 楓")).toBeVisible();
  await expect(page).toHaveURL(/temperature=this_month/);
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
  await expect.poll(() => leads.count("未対応")).toBe(before + 1);
  await expect.poll(() => leads.count("全員")).toBe(all + 1);
  await expect(leads.pane).toMatchAriaSnapshot(`
    - region "見込み客":
      - heading "見込み客" [level=1]
      - paragraph: /^全[\\d,]+件$/
      - button "並べ替えと条件"
      - navigation "しぼりこみ":
        - link /^未対応 \\d+$/
        - link /^自分 \\d+$/
        - link /^育成 \\d+$/
        - link /^全員 \\d+$/
      - list:
        - listitem:
          - link /^数野 加代 様 お待たせ時間 \\d\\d:\\d\\d .*来店/
  `);
  await leads.tab("育成").tap();
  await expect(page).toHaveURL(/tab=nurturing/);
  await expect(leads.row("数野 加代")).toHaveCount(0);
});
