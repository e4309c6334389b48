import type { Page, Route } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { QueuePage } from "../pages/queue.ts";
import { QuickForm } from "../pages/quick.ts";
import { Shell } from "../pages/shell.ts";

const CUT = { text: /ERR_INTERNET_DISCONNECTED/, address: /\/api\/v1\//, reason: "the network is cut" };

test("an edit without a network keeps every keystroke and is saved when it is back", ANY_SIZE, async ({
  page,
  visit,
  context,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(CUT);
  const { id } = await dealer.newLead(account, { name: "圏外 広", note: "前" });
  const [form, lead, shell] = [new LeadForm(page), new LeadPage(page), new Shell(page)];
  await visit(`/leads/${id}/edit`);
  await expect(form.field("メモ")).toHaveValue("前");
  await context.setOffline(true);
  await form.field("メモ").pressSequentially("と、トンネルの中で書いたもの");
  await form.save.tap();
  await expect(form.alert).toContainText("保存できませんでした。入力は残っています");
  await expect(form.alert).toContainText("通信がつながっていません");
  await expect(form.field("メモ")).toHaveValue("前と、トンネルの中で書いたもの");
  await audit();
  await form.field("車種").fill("四駆");
  await context.setOffline(false);
  await form.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(lead.pane.getByText("前と、トンネルの中で書いたもの", { exact: true })).toBeVisible();
  await expect(lead.pane.getByText("四駆").first()).toBeVisible();
});

/** The server does what is asked, and something else arrives. */
const instead = (page: Page, answer: (route: Route) => Promise<void>) =>
  page.route(
    "**/api/v1/leads",
    async (route) => {
      await route.fetch();
      await answer(route);
    },
    { times: 1 },
  );

const problem = (status: number, code: string) => (route: Route) =>
  route.fulfill({
    status,
    contentType: "application/problem+json",
    json: { type: "about:blank", title: code, status, code, instance: "0", errors: [] },
  });

const UNANSWERED = { text: /ERR_FAILED|status of (409|422|503)/, address: /\/api\/v1\/leads$/, reason: "it is a journey of lost answers" };

for (const { what, name, answer } of [
  { what: "says that the first is in work", name: "返答 中子", answer: problem(409, "idempotency.in_progress") },
  { what: "says that the server is busy", name: "返答 混子", answer: problem(503, "unavailable") },
]) {
  test(`a lead whose answer ${what} is registered once`, ANY_SIZE, async ({ page, visit, dealer, watch }) => {
    watch.expects(UNANSWERED);
    const [form, lead] = [new LeadForm(page), new LeadPage(page)];
    await visit("/leads/new/full");
    await form.field("お名前").fill(name);
    await form.field("きっかけ").selectOption({ label: "来店" });
    await instead(page, answer);
    await form.register.tap();
    await expect(form.alert).toContainText("登録できませんでした。入力は残っています");
    expect(await dealer.named(name)).toEqual([name]);
    // Not even a reload makes another request of it.
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect(form.restored).toBeVisible();
    await form.register.tap();
    await expect(lead.heading).toHaveText(`${name} 様`);
    expect(await dealer.named(name)).toEqual([name]);
  });
}

test("a lead whose answer is lost waits and is registered once", ANY_SIZE, async ({ page, visit, dealer, watch }) => {
  watch.expects(UNANSWERED);
  const [quick, queue, shell] = [new QuickForm(page), new QueuePage(page), new Shell(page)];
  await visit("/leads/new");
  await quick.write("返答 無子");
  await instead(page, (route) => route.abort());
  await quick.register.tap();
  await expect(shell.toast(/通信が戻ったら登録します|1件を登録しました/)).toBeVisible();
  await expect(queue.mark).toHaveCount(0);
  expect(await dealer.named("返答 無子")).toEqual(["返答 無子"]);
});

test("what was registered already and changed since is said to be registered", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  watch,
}) => {
  watch.expects(UNANSWERED);
  const [form, leads] = [new LeadForm(page), new LeadsPage(page)];
  await visit("/leads/new/full");
  await form.field("お名前").fill("既田 登");
  await form.field("きっかけ").selectOption({ label: "来店" });
  await instead(page, problem(503, "unavailable"));
  await form.register.tap();
  await expect(form.retry).toBeVisible();
  await form.field("メモ").fill("電話は夜");
  await form.register.tap();
  await expect(form.alert).toContainText("もう登録されています");
  await expect(form.retry).toHaveCount(0);
  page.on("dialog", (dialog) => dialog.accept());
  await page.locator("form").getByRole("link", { name: "一覧を見る" }).tap();
  await expect(leads.row("既田 登")).toHaveCount(1);
  expect(await dealer.named("既田 登")).toEqual(["既田 登"]);
});
