import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";

/** What others do is seen this soon. */
const AT_ONCE = { timeout: 1_000 };

test("a lead that somebody else writes down is in the list and announced within a second", async ({
  page,
  visit,
  dealer,
  account,
  audit,
}) => {
  const [leads, lead, shell] = [new LeadsPage(page), new LeadPage(page), new Shell(page)];
  await visit("/leads");
  const before = await leads.count("未対応");
  const { id } = await dealer.newLead(account, { name: "速報 一郎" });
  await expect(leads.row("速報 一郎")).toBeVisible(AT_ONCE);
  await expect(shell.arrivals).toContainText("速報 一郎 様", AT_ONCE);
  await expect.poll(() => leads.count("未対応"), AT_ONCE).toBe(before + 1);
  await expect(shell.arrivals).toMatchAriaSnapshot(`
    - complementary "新しい見込み客":
      - status:
        - paragraph: 新しい見込み客
        - paragraph: 速報 一郎 様
        - paragraph: 来店
      - text: /お待たせ時間 \\d\\d:\\d\\d/
      - link "開く"
      - button "閉じる"
  `);
  await audit();
  await shell.arrivals.getByRole("link", { name: "開く" }).tap();
  await expect(page).toHaveURL(new RegExp(id));
  await expect(lead.heading).toHaveText("速報 一郎 様");
  await expect(shell.arrivals).toBeEmpty();
});

test("several new leads are one notice, which goes when it is closed", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const [leads, shell] = [new LeadsPage(page), new Shell(page)];
  await visit("/leads");
  await expect(leads.rows.first()).toBeVisible();
  for (const name of ["続報 一子", "続報 二子", "続報 三子"]) await dealer.newLead(account, { name });
  await expect(shell.arrivals).toContainText("3件の新しい見込み客", AT_ONCE);
  await shell.arrivals.getByRole("button", { name: "閉じる" }).tap();
  await expect(shell.arrivals.getByRole("status")).toBeEmpty();
});

test("what I write down myself is no news to me", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const [form, lead, shell] = [new LeadForm(page), new LeadPage(page), new Shell(page)];
  await visit("/leads/new/full");
  await form.field("お名前").fill("自報 自子");
  await form.field("きっかけ").selectOption({ label: "来店" });
  await form.register.tap();
  await expect(lead.heading).toHaveText("自報 自子 様");
  // By then mine would have been announced too.
  await dealer.newLead(account, { name: "他報 他子" });
  await expect(shell.arrivals).toContainText("他報 他子");
});

test("an edit of somebody else appears on the open page, and its line in the history", async ({
  page,
  visit,
  colleague,
  dealer,
  account,
}) => {
  const { id } = await dealer.newLead(account, { name: "同席 並", note: "電話は夜" });
  const theirs = new LeadForm(await colleague(dealer.someone("administrator"), `/leads/${id}/edit`));
  const lead = new LeadPage(page);
  await visit(`/leads/${id}`);
  await expect(lead.timeline).toHaveCount(1);
  await theirs.field("メモ").fill("電話は朝");
  await theirs.save.tap();
  await expect(theirs.save).toHaveCount(0);
  await expect(lead.pane.getByText("電話は朝", { exact: true })).toBeVisible(AT_ONCE);
  await expect(lead.timeline.first()).toContainText("電話は夜 → 電話は朝", AT_ONCE);
});

test("a form that is being filled in stays when somebody else changes the lead", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
}) => {
  const { id } = await dealer.newLead(account, { name: "打田 続", note: "前" });
  const form = new LeadForm(page);
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("まだ書いている");
  await dealer.move(id, "working");
  // The notice of another lead comes after the news of this one.
  await dealer.newLead(account, { name: "打田 後" });
  await expect(new Shell(page).arrivals).toContainText("打田 後");
  await expect(form.field("メモ")).toHaveValue("まだ書いている");
  await expect(form.field("メモ")).toBeFocused();
});

test("a sheet that is open stays, with what was typed into it", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "打田 紙" });
  const lead = new LeadPage(page);
  await visit(`/leads/${id}`);
  await lead.button("状態を変える").tap();
  await lead.choose("対象外にする");
  await lead.dialog.getByLabel("理由").fill("ほかで");
  await dealer.move(id, "working");
  await expect(lead.status("対応中")).toBeAttached(AT_ONCE);
  await expect(lead.dialog.getByLabel("理由")).toHaveValue("ほかで");
});

test("what comes above leaves the rows in view where they are", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const leads = new LeadsPage(page);
  await visit("/leads?tab=all");
  await expect(leads.rows.first()).toBeVisible();
  await leads.rows.first().hover();
  await page.mouse.wheel(0, 880);
  await expect.poll(() => leads.pane.locator(".scroll").evaluate((list) => list.scrollTop)).toBe(880);
  await leads.rows.nth(14).focus();
  const who = () => page.locator(":focus").getAttribute("href");
  const focused = await who();
  const place = async () => Math.round((await page.locator(":focus").boundingBox())?.y ?? 0);
  const before = await place();
  await dealer.newLead(account, { name: "上田 来" });
  await expect(new Shell(page).arrivals).toContainText("上田 来");
  await expect.poll(() => leads.pane.locator("[aria-posinset]").first().getAttribute("aria-posinset")).not.toBe("1");
  expect(await who()).toBe(focused);
  expect(await place()).toBe(before);
});

test("a cut connection is said, and afterwards nothing of the meantime is missing", async ({
  page,
  context,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects({ text: /ERR_INTERNET_DISCONNECTED/, address: /\/api\/v1\//, reason: "the network is cut" });
  const { id } = await dealer.newLead(account, { name: "断田 絶", note: "前" });
  const [leads, lead, shell] = [new LeadsPage(page), new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await expect(lead.timeline).toHaveCount(1);
  await context.setOffline(true);
  await expect(shell.offline).toBeVisible();
  await audit();
  await dealer.move(id, "working");
  await dealer.newLead(account, { name: "断田 間" });
  await context.setOffline(false);
  await expect(lead.status("対応中")).toBeVisible();
  await expect(lead.timeline).toHaveCount(2);
  await expect(shell.arrivals).toContainText("断田 間");
  await expect(shell.offline).toHaveCount(0);
  await shell.leads.tap();
  await expect(leads.row("断田 間")).toBeVisible();
});
