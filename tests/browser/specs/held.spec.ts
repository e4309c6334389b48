import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";
import { SubmissionsPage } from "../pages/submissions.ts";

/** More than the first page of the list has. */
const MANY = 60;
/** What others do is seen this soon. */
const AT_ONCE = { timeout: 1_000 };

test("what was held says why, and becomes a lead when a person finds it real", async ({
  page,
  visit,
  dealer,
  account,
  audit,
}) => {
  const form = await dealer.newForm(account);
  await dealer.machineSends(form, "保留 真", "試乗を希望します");
  const [held, lead, shell] = [new SubmissionsPage(page), new LeadPage(page), new Shell(page)];
  await visit("/leads");
  await expect(shell.leads).toBeVisible();
  await shell.toSubmissions();
  const card = held.card("保留 真");
  await expect(card).toContainText("フォームを開かずに送られたか");
  await expect(card).toContainText("試乗を希望します");
  await expect(card).toContainText(form.content.name);
  await audit();
  await card.getByRole("button", { name: "見込み客にする" }).tap();
  await expect(shell.toast("見込み客にしました")).toBeVisible();
  await expect(lead.heading).toHaveText("保留 真 様");
  await expect(lead.timeline.first()).toContainText(`フォーム「${form.content.name}」から`);
  await expect(lead.timeline.first()).not.toContainText("外部連携");
});

test("what nobody meant is dismissed after a question", async ({ page, visit, dealer, account, audit }) => {
  const form = await dealer.newForm(account);
  await dealer.machineSends(form, "保留 偽");
  await dealer.machineSends(form, "保留 残");
  const [held, shell] = [new SubmissionsPage(page), new Shell(page)];
  await visit("/submissions");
  await held.card("保留 偽").getByRole("button", { name: "捨てる" }).tap();
  await expect(held.dialog).toContainText("元に戻せません");
  await audit();
  await held.dialog.getByRole("button", { name: "捨てる", exact: true }).tap();
  await expect(shell.toast("捨てました")).toBeVisible();
  await expect(held.card("保留 偽")).toHaveCount(0);
  await expect(held.card("保留 残")).toBeVisible();
});

test("what comes to wait, and what somebody else settles, is seen within a second", async ({
  page,
  visit,
  dealer,
  account,
}) => {
  const form = await dealer.newForm(account);
  await dealer.dismissHeld();
  const [held, shell] = [new SubmissionsPage(page), new Shell(page)];
  await visit("/submissions");
  await expect(held.empty).toBeVisible();
  await dealer.machineSends(form, "保留 速");
  await expect(held.card("保留 速")).toBeVisible(AT_ONCE);
  await dealer.machineSends(form, "保留 続");
  await expect(held.cards.first()).toContainText("保留 続", AT_ONCE);
  await expect(held.cards).toHaveCount(2);
  await shell.saysHeld(/ 2件$/);
  await dealer.dismissHeld();
  await expect(held.empty).toBeVisible(AT_ONCE);
  await shell.saysHeld(/^確認待ち$/);
});

test("what somebody else has settled meanwhile goes, and is said", ANY_SIZE, async ({
  page,
  visit,
  deafen,
  dealer,
  account,
  watch,
}) => {
  await deafen();
  watch.expects({ text: /status of 409/, address: /\/accept$/, reason: "a colleague was faster" });
  const form = await dealer.newForm(account);
  await dealer.machineSends(form, "保留 競");
  const [held, shell] = [new SubmissionsPage(page), new Shell(page)];
  await visit("/submissions");
  await expect(held.card("保留 競")).toBeVisible();
  await dealer.dismissHeld("保留 競");
  await held.card("保留 競").getByRole("button", { name: "見込み客にする" }).tap();
  await expect(shell.toast("ほかの人が先に決めました")).toBeVisible();
  await expect(held.card("保留 競")).toHaveCount(0);
});

test("a question about what somebody else settles meanwhile goes with it, and why is said", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
}) => {
  const form = await dealer.newForm(account);
  await dealer.machineSends(form, "保留 問");
  const [held, shell] = [new SubmissionsPage(page), new Shell(page)];
  await visit("/submissions");
  await held.card("保留 問").getByRole("button", { name: "捨てる" }).tap();
  await expect(held.dialog).toContainText("保留 問");
  await dealer.dismissHeld("保留 問");
  await expect(shell.toast("ほかの人が先に決めました")).toBeVisible();
  await expect(held.dialog).toHaveCount(0);
});

test("many are read page by page, and none is a page of its own", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.dismissHeld();
  const held = new SubmissionsPage(page);
  await visit("/submissions");
  await expect(held.empty).toBeVisible();
  const form = await dealer.newForm(account);
  for (let number = 1; number <= MANY; number += 1) await dealer.machineSends(form, `保留 ${number}番`);
  await page.reload();
  await expect(held.cards.first()).toContainText(`保留 ${MANY}番`);
  expect(await held.cards.count()).toBeLessThan(MANY);
  await held.more.tap();
  await expect(held.cards).toHaveCount(MANY);
  await expect(held.more).toHaveCount(0);
  await dealer.dismissHeld();
});

test("a list that does not come is said, and comes when it is asked for again", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
}) => {
  watch.expects({ text: /ERR_FAILED/, address: /\/form-submissions/, reason: "the first request gets no answer" });
  const form = await dealer.newForm(account);
  await dealer.machineSends(form, "保留 遅");
  const held = new SubmissionsPage(page);
  await page.route("**/api/v1/form-submissions?*", (route) => route.abort());
  await visit("/submissions");
  await expect(held.alert).toContainText("確認待ちを読み込めませんでした");
  await page.unroute("**/api/v1/form-submissions?*");
  await held.retry.tap();
  await expect(held.card("保留 遅")).toBeVisible();
});
