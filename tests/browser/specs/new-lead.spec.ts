import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { QuickForm } from "../pages/quick.ts";
import { Shell } from "../pages/shell.ts";

test("a lead written down with its address stands at the top of the list", async ({ page, visit }) => {
  const [form, lead, leads, shell] = [new LeadForm(page), new LeadPage(page), new LeadsPage(page), new Shell(page)];
  await visit("/leads");
  await shell.newLead.tap();
  await new QuickForm(page).inFull.tap();
  await form.field("お名前").fill("新井田 さくら");
  await form.field("電話").fill("09000334455");
  await form.field("郵便番号").fill("3710024");
  await form.place("群馬県前橋市表町").tap();
  await expect(form.field("都道府県")).toHaveValue("群馬県");
  await expect(form.field("市区町村")).toHaveValue("前橋市");
  await expect(form.field("町域")).toHaveValue("表町");
  await form.field("きっかけ").selectOption({ label: "来店" });
  await form.field("お客様の言葉").fill("軽を探しています");
  await form.register.tap();
  await expect(shell.toast("見込み客に登録しました")).toBeVisible();
  await expect(lead.heading).toHaveText("新井田 さくら 様");
  await expect(lead.pane.getByText("群馬県前橋市表町")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: "軽を探しています" })).toBeVisible();
  await shell.leads.tap();
  await expect(leads.rows.first()).toContainText("新井田 さくら");
});

test("a postal code of two prefectures offers both", ANY_SIZE, async ({ page, visit }) => {
  const form = new LeadForm(page);
  await visit("/leads/new/full");
  await form.field("郵便番号").fill("498-0000");
  await expect(form.places).toHaveCount(2);
  await expect(form.place("愛知県")).toBeVisible();
  await form.place("三重県").tap();
  await expect(form.field("都道府県")).toHaveValue("三重県");
  await expect(form.places).toHaveCount(0);
});

test("a postal code of nowhere is no obstacle", ANY_SIZE, async ({ page, visit }) => {
  const form = new LeadForm(page);
  await visit("/leads/new/full");
  await form.field("郵便番号").fill("9999999");
  await expect(page.getByText("この郵便番号の住所は見つかりませんでした")).toBeVisible();
  await expect(form.field("郵便番号")).toHaveValue("9999999");
});

test("what is wrong is said at its field in plain words, and the first takes the focus", async ({ page, visit }) => {
  const form = new LeadForm(page);
  await visit("/leads/new/full");
  await form.field("電話").fill("090-1234");
  await form.field("きっかけ").selectOption({ label: "来店" });
  await form.register.tap();
  await form.says("お名前", "お名前か会社名を入れてください(姓だけでもかまいません)");
  await form.says("電話", "電話番号の桁数が合いません(例: 090-1234-5678)");
  await expect(form.field("お名前")).toBeFocused();
  await expect(form.field("電話")).toHaveValue("090-1234");

  await form.field("お名前").fill("直田");
  await form.register.tap();
  await expect(form.field("電話")).toBeFocused();
  await expect(form.field("お名前")).not.toHaveAttribute("aria-invalid", "true");
});

test("a bad phone is said as soon as its field is left", ANY_SIZE, async ({ page, visit }) => {
  const form = new LeadForm(page);
  await visit("/leads/new/full");
  await form.field("電話").fill("0901234");
  await form.field("お名前").focus();
  await form.says("電話", "電話番号の桁数が合いません(例: 090-1234-5678)");
});
