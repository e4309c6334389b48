import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { SIZES } from "../playwright.config.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { Finder } from "../pages/finder.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";

const FAILED = { text: /ERR_FAILED/, address: /\/api\/v1\/leads\?/, reason: "the search has no network" };

test("from any page a few letters lead to a lead", async ({ page, visit, dealer, account, audit }) => {
  await dealer.newLead(account, { name: "麤川 澪", kana: "ソガワ ミオ", wanted_car: { model: "アクア" } });
  await dealer.newLead(account, { name: "麤川 渚", kana: "ソガワ ナギサ" });
  const [finder, lead] = [new Finder(page), new LeadPage(page)];
  await visit("/account");
  await finder.open();
  await finder.field.pressSequentially("麤");
  await expect(finder.offers).toHaveCount(5);
  await expect(page.getByRole("search")).toMatchAriaSnapshot(`
    - search:
      - combobox "見込み客をさがす" [expanded]: 麤
      - status
      - listbox "見込み客をさがす":
        - option /^麤川 渚 様/
        - option /^麤川 澪 様 新規・アクア/
        - option "「麤」を在庫でさがす"
        - option "「麤」を顧客でさがす"
        - option "「麤」を一覧で見る"
  `);
  await expect(finder.offer("麤川 澪").locator("mark")).toHaveText("麤");
  await audit();
  await finder.offer("麤川 澪").tap();
  await expect(lead.heading).toHaveText("麤川 澪 様");
  await expect(finder.offers.first()).toBeHidden();
});

test("the search works by the keyboard alone", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.newLead(account, { name: "驫木 一", kana: "トドロキ ハジメ" });
  await dealer.newLead(account, { name: "驫木 二", kana: "トドロキ フタバ" });
  const [finder, leads, lead] = [new Finder(page), new LeadsPage(page), new LeadPage(page)];
  const { keyboard } = page;
  await visit("/leads");
  await expect(leads.rows.first()).toBeVisible();
  await keyboard.press("/");
  await expect(finder.field).toBeFocused();
  await keyboard.type("驫木");
  await expect(finder.offers).toHaveCount(5);
  await keyboard.press("ArrowDown");
  await keyboard.press("ArrowDown");
  await expect(finder.field).toHaveAttribute("aria-activedescendant", "found-1");
  await expect(finder.offers.nth(1)).toHaveAttribute("aria-selected", "true");
  const name = await finder.offers.nth(1).innerText();
  await keyboard.press("Enter");
  await expect(lead.heading).toContainText(name.slice(0, 4));

  await keyboard.press("/");
  await keyboard.type("驫木");
  await expect(finder.offers).toHaveCount(5);
  await keyboard.press("Escape");
  await expect(finder.field).toHaveValue("");
  await expect(finder.offers.first()).toBeHidden();

  await keyboard.press("/");
  await keyboard.type("とどろき");
  await expect(finder.offers).toHaveCount(5);
  await keyboard.press("Enter");
  await leads.showsOnly("驫木 一", "驫木 二");
});

test("a search that finds nobody, or no network, says so", async ({ page, visit, watch, audit }) => {
  watch.expects(FAILED);
  const finder = new Finder(page);
  await visit("/leads");
  await finder.open();
  await finder.field.fill("在りもしない名前");
  await expect(finder.said).toHaveText("「在りもしない名前」に合う見込み客は見つかりません");
  await audit();
  await page.route(/\/api\/v1\/leads\?.*limit=8/, (route) => route.abort(), { times: 1 });
  await finder.field.fill("田中");
  await expect(finder.said).toContainText("さがせませんでした");
  await finder.field.fill("田");
  await expect(finder.offers.nth(1)).toBeVisible();
  await expect(finder.said).toBeEmpty();
});

test("an answer that comes too late changes nothing", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.newLead(account, { name: "籠田 遅" });
  await dealer.newLead(account, { name: "籡田 速" });
  const finder = new Finder(page);
  await visit("/leads");
  let release = () => {};
  const held = new Promise<void>((free) => (release = free));
  await page.route(/q=%E7%B1%A0/, async (route) => {
    await held;
    await route.continue();
  });
  await finder.open();
  const asked = page.waitForRequest(/q=%E7%B1%A0.*limit=8|limit=8.*q=%E7%B1%A0/);
  await finder.field.fill("籠");
  await asked;
  await finder.field.fill("籡");
  await expect(finder.offer("籡田 速")).toBeVisible();
  const late = page.waitForResponse(/q=%E7%B1%A0/);
  release();
  await late;
  await expect(finder.offer("籡田 速")).toBeVisible();
  await expect(finder.offer("籠田 遅")).toHaveCount(0);
});

test("what was looked at lately is at hand, and is forgotten on signing out", async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(NOBODY_YET, LEAVING);
  const { id } = await dealer.newLead(account, { name: "近見 一" });
  const other = await dealer.newLead(account, { name: "近見 二" });
  const [finder, lead] = [new Finder(page), new LeadPage(page)];
  for (const seen of [id, other.id]) {
    await visit(`/leads/${seen}`);
    await expect(lead.heading).toContainText("近見");
  }
  await page.goto("/account");
  await finder.open();
  await expect(finder.said).toHaveText("最近見た見込み客");
  await expect(finder.offers).toHaveText(["近見 二 様", "近見 一 様"]);
  await audit();
  await finder.offer("近見 一").tap();
  await expect(lead.heading).toHaveText("近見 一 様");
  await page.goto("/account");
  await new AccountPage(page).signOut.tap();
  await expect(page.getByRole("heading", { level: 1, name: "サインイン" })).toBeVisible();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("viewed")))).toEqual([]);
});

test("a lead that is gone is no longer offered", ANY_SIZE, async ({ page, visit, dealer, account, watch }) => {
  watch.expects({ text: /status of 404/, address: /\/api\/v1\/leads\//, reason: "it is gone" });
  const { id } = await dealer.newLead(account, { name: "去見 無" });
  const [finder, lead] = [new Finder(page), new LeadPage(page)];
  await visit(`/leads/${id}`);
  await expect(lead.heading).toHaveText("去見 無 様");
  const gone = { type: "about:blank", title: "gone", status: 404, code: "not_found", instance: "0", errors: [] };
  await page.route(`**/api/v1/leads/${id}`, (route) =>
    route.fulfill({ status: 404, contentType: "application/problem+json", json: gone }),
  );
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "見つかりません" })).toBeVisible();
  await finder.open();
  await expect(finder.offers).toHaveCount(0);
});

test("leaving a form by the search asks first", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "離見 留", note: "前" });
  const [finder, form] = [new Finder(page), new LeadForm(page)];
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.message());
    return dialog.dismiss();
  });
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("後");
  await finder.open();
  await finder.field.fill("離見");
  await finder.offer("離見 留").tap();
  await expect(form.field("メモ")).toHaveValue("後");
  expect(asked).toHaveLength(1);
});

test.describe("on a phone", () => {
  test.use({ viewport: SIZES.phone });

  test("a tap before the search is there opens it when it is", ANY_SIZE, async ({ page, visit }) => {
    let begin = (): void => undefined;
    const ready = new Promise<void>((resolve) => (begin = resolve));
    await page.route("**/api/v1/lead-sources", async (route) => {
      await ready;
      await route.continue();
    });
    const finder = new Finder(page);
    await visit("/leads");
    await finder.opener.tap();
    await expect(finder.field).toHaveCount(0);
    begin();
    await expect(finder.field).toBeFocused();
  });
});
