import type { Page } from "@playwright/test";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { Shell } from "../pages/shell.ts";

/** Answers what the page asks; the browser's own question on a reload is agreed to. */
function answers(page: Page, agree: () => boolean): string[] {
  const asked: string[] = [];
  page.on("dialog", async (dialog) => {
    if (dialog.type() === "beforeunload") return dialog.accept();
    asked.push(dialog.message());
    return agree() ? dialog.accept() : dialog.dismiss();
  });
  return asked;
}

test("a changed note is saved and is there on coming back", async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "書田 望", note: "電話は夜" });
  const [lead, form, shell] = [new LeadPage(page), new LeadForm(page), new Shell(page)];
  await visit(`/leads/${id}`);
  await lead.edit.tap();
  await form.isEdit();
  await expect(form.field("メモ")).toHaveValue("電話は夜");
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - link "戻る"
      - heading /見込み客を編集/ [level=1]
      - heading "お客様" [level=2]
      - textbox "お名前": 書田 望
      - textbox "ふりがな"
      - combobox "きっかけ":
        - option "来店" [selected]
      - textbox "会社名"
      - textbox "電話"
      - button "電話を追加"
      - textbox "メール"
      - button "メールを追加"
      - heading "希望の車" [level=2]
      - group "温度感":
        - radio "今月"
        - radio "まだ不明" [checked]
      - textbox "車種"
      - textbox "ご予算"
      - textbox "メモ": 電話は夜
      - heading "住所" [level=2]
      - textbox "郵便番号"
      - link "やめる"
      - button "保存する"
  `);
  await form.field("メモ").fill("電話は朝9時まで");
  await form.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(lead.timeline.filter({ hasText: "メモ: 電話は夜 → 電話は朝9時まで" })).toBeVisible();
  await shell.leads.tap();
  await visit(`/leads/${id}`);
  await expect(lead.pane.getByText("電話は朝9時まで", { exact: true })).toBeVisible();
});

test("a draft survives a reload, and can be thrown away", ANY_SIZE, async ({ page, visit, dealer, account, audit }) => {
  const { id } = await dealer.newLead(account, { name: "草田 稔", note: "もとのまま" });
  const form = new LeadForm(page);
  answers(page, () => true);
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("まだ途中の");
  await page.reload();
  await expect(form.restored).toBeVisible();
  await expect(form.field("メモ")).toHaveValue("まだ途中の");
  await audit();
  await form.drop.tap();
  await expect(form.field("メモ")).toHaveValue("もとのまま");
  await page.reload();
  await form.isEdit();
  await expect(form.restored).toHaveCount(0);
});

test("a lead half written down survives a reload", ANY_SIZE, async ({ page, visit }) => {
  const form = new LeadForm(page);
  answers(page, () => true);
  await visit("/leads/new/full");
  await form.field("お名前").fill("半田");
  await form.field("お客様の言葉").fill("白い車がいい");
  await page.reload();
  await expect(form.restored).toBeVisible();
  await expect(form.field("お名前")).toHaveValue("半田");
  await expect(form.field("お客様の言葉")).toHaveValue("白い車がいい");
});

test("leaving a changed form asks first", async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "去田 咲", note: "前" });
  const [form, lead] = [new LeadForm(page), new LeadPage(page)];
  let agree = false;
  const asked = answers(page, () => agree);
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("後");
  await form.cancel.tap();
  await expect(form.field("メモ")).toHaveValue("後");
  expect(asked).toEqual(["保存していない入力があります。捨ててこのページを離れますか?"]);

  agree = true;
  await form.cancel.tap();
  await expect(lead.heading).toHaveText("去田 咲 様");
  await lead.edit.tap();
  await form.isEdit();
  await expect(form.field("メモ")).toHaveValue("前");
});

test("leaving an unchanged form asks nothing", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "静田 湊" });
  const [form, lead] = [new LeadForm(page), new LeadPage(page)];
  const asked = answers(page, () => false);
  await visit(`/leads/${id}/edit`);
  await form.cancel.tap();
  await expect(lead.heading).toHaveText("静田 湊 様");
  expect(asked).toEqual([]);
});

test("the browser's back button loses nothing either", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "返田 空", note: "前" });
  const [form, lead] = [new LeadForm(page), new LeadPage(page)];
  answers(page, () => true);
  await visit(`/leads/${id}`);
  await lead.edit.tap();
  await form.isEdit();
  await form.field("メモ").fill("後");
  await page.goBack();
  await expect(lead.heading).toHaveText("返田 空 様");
  await lead.edit.tap();
  await expect(form.restored).toBeVisible();
  await expect(form.field("メモ")).toHaveValue("後");
});
