import type { Route } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";

const LIST = /\/api\/v1\/leads(\?|$)/;

const BROKEN = { text: /status of 500|ERR_FAILED/, address: /\/api\/v1\/leads/, reason: "it is a journey of failures" };

const broken = (route: Route) =>
  route.fulfill({
    status: 500,
    contentType: "application/problem+json",
    json: { type: "about:blank", title: "broken", status: 500, code: "internal", instance: "0192f0c1-beef" },
  });

for (const { what, fail, words } of [
  { what: "broken", fail: broken, words: /うまくいきませんでした.*受付番号 0192f0c1-beef/ },
  { what: "away", fail: (route: Route) => route.abort(), words: /通信がつながっていません/ },
]) {
  test(`a list whose server is ${what} says so and comes by another try`, ANY_SIZE, async ({
    page,
    visit,
    watch,
    audit,
  }) => {
    watch.expects(BROKEN);
    const leads = new LeadsPage(page);
    await page.route(LIST, fail, { times: 1 });
    await visit("/leads?tab=all");
    await expect(leads.alert).toContainText("見込み客を読み込めませんでした");
    await expect(leads.alert).toContainText(words);
    await expect(leads.rows).toHaveCount(0);
    await audit();
    await leads.retry.tap();
    await expect(leads.rows.first()).toBeVisible();
    await expect(leads.alert).toHaveCount(0);
  });
}

test("what could not be fetched again stays, and is said to be old", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(BROKEN);
  const { id } = await dealer.newLead(account, { name: "古田 保" });
  const [leads, lead, shell] = [new LeadsPage(page), new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await expect(leads.row("古田 保")).toBeVisible();
  await expect(lead.button("対応を始める")).toBeVisible();
  await page.route(LIST, broken, { times: 1 });
  await page.route(`**/api/v1/leads/${id}`, broken, { times: 1 });
  await lead.button("対応を始める").tap();
  await expect(shell.toast("対応中にしました")).toBeVisible();
  await expect(leads.alert).toContainText("最新の一覧を読み込めませんでした");
  await expect(leads.row("古田 保")).toBeVisible();
  await expect(lead.pane.getByText("最新の内容を読み込めませんでした")).toBeVisible();
  await expect(lead.status("新規")).toBeVisible();
  await audit();

  await leads.retry.tap();
  await expect(leads.row("古田 保")).toHaveCount(0);
  await expect(leads.alert).toHaveCount(0);
  await lead.button("読み直す").tap();
  await expect(lead.status("対応中")).toBeVisible();
  await expect(lead.pane.getByText("最新の内容を読み込めませんでした")).toHaveCount(0);
});

test("the list and a lead can be read in the colours of the night", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  audit,
}) => {
  const { id } = await dealer.newLead(
    account,
    {
      name: "夜野 明",
      kana: "ヨルノ アキラ",
      phones: ["090-0077-8899"],
      mails: ["akira@example.jp"],
      wanted_car: { model: "SUV", budget: 2_500_000 },
      temperature: "this_month",
      note: "電話は夜",
    },
    "夜でも読めますか",
  );
  const [own, leads, lead] = [new AccountPage(page), new LeadsPage(page), new LeadPage(page)];
  await visit("/account");
  await own.choose("明るさ", "夜の色");
  for (const path of ["/leads?tab=all", `/leads/${id}`]) {
    await page.goto(path);
    await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
    await expect(leads.rows.first()).toBeVisible();
    if (path.endsWith(id)) await expect(lead.timeline.first()).toContainText("夜でも読めますか");
    await audit();
  }
});
