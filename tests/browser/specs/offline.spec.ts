import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
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

test("a lead written down without a network is registered once when it is back", ANY_SIZE, async ({
  page,
  visit,
  context,
  watch,
}) => {
  watch.expects(CUT);
  const [form, lead] = [new LeadForm(page), new LeadPage(page)];
  await visit("/leads/new");
  await expect(form.register).toBeVisible();
  await context.setOffline(true);
  await form.field("お名前").fill("圏外 遥");
  await form.field("きっかけ").selectOption({ label: "来店" });
  await form.register.tap();
  await expect(form.alert).toContainText("登録できませんでした。入力は残っています");
  await expect(form.field("お名前")).toHaveValue("圏外 遥");
  await context.setOffline(false);
  await page.getByRole("button", { name: "もう一度" }).tap();
  await expect(lead.heading).toHaveText("圏外 遥 様");
});
