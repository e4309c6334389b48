/** The pictures of `docs/screenshots/`, of every screen in every size. */

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import type { Page } from "@playwright/test";

import { expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { FormSettings } from "../pages/form-settings.ts";
import { LeadPage } from "../pages/lead.ts";
import { QuickForm } from "../pages/quick.ts";
import { LeadsPage } from "../pages/leads.ts";
import { MentionsPage } from "../pages/mentions.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { SubmissionsPage } from "../pages/submissions.ts";

const FOLDER = join(process.env["NOREN_ROOT"] ?? resolve(import.meta.dirname, "../../.."), "docs/screenshots");

async function picture(page: Page, name: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  const size = page.viewportSize();
  if (size === null) throw new Error("no size");
  const path = join(FOLDER, `${name}-${size.width}x${size.height}.png`);
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
}

test.use({ role: "manager" });

test("every screen", async ({ page, visit, account, dealer, colleague, watch }, { project }) => {
  test.setTimeout(240_000);
  watch.expects(NOBODY_YET);
  watch.expects({ text: /status of 412/, address: /\/leads\//, reason: "the second save comes too late" });
  page.on("dialog", (dialog) => dialog.accept());
  const [signIn, leads, lead, form] = [new SignInPage(page), new LeadsPage(page), new LeadPage(page), new LeadForm(page)];
  const [conflict, own, shell] = [new ConflictPage(page), new AccountPage(page), new Shell(page)];

  await signIn.open();
  await picture(page, "sign-in");

  const { id } = await dealer.newLead(
    account,
    {
      source_code: "own_site",
      name: "長谷川 龍之介",
      kana: "ハセガワ リュウノスケ",
      phones: ["090-0012-3456"],
      mails: ["hasegawa@example.jp"],
      address: { postal_code: "3710024", prefecture: "群馬県", city: "前橋市", town: "表町", street: "2丁目30-8" },
      wanted_car: { maker: "トヨタ", model: "アルファード", body_type: "ミニバン", budget: 4_500_000, timing: "年内" },
      temperature: "this_month",
      note: "電話は18時以降。お子さま二人、後席のスライドドアは必須。下取りは10年目のノア。",
    },
    "アルファードの在庫はありますか。週末に家族で見に行きたいです。",
  );
  await visit("/leads?tab=all");
  await expect(leads.row("長谷川 龍之介")).toBeVisible();
  await picture(page, "leads");

  await leads.row("長谷川 龍之介").tap();
  await expect(lead.timeline.first()).toBeVisible();
  await picture(page, "lead");

  const theirs = new LeadForm(await colleague(dealer.someone("administrator"), `/leads/${id}/edit`));
  await expect(theirs.field("お名前")).toHaveValue("長谷川 龍之介");
  await lead.edit.tap();
  await form.isEdit();
  await picture(page, "lead-edit");

  await theirs.field("車種").fill("ヴォクシー");
  await theirs.field("メモ").fill("電話は平日の昼休みに。下取りは10年目のノア。");
  await theirs.save.tap();
  await expect(theirs.save).toHaveCount(0);
  await form.field("メモ").fill("電話は18時以降。試乗は土曜10時で約束。");
  await form.field("ご予算").fill("480");
  await form.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.version("車種", "ヴォクシー")).toBeVisible();
  await picture(page, "lead-conflict");
  await conflict.save.tap();
  await expect(lead.heading).toBeVisible();
  // What the toast covers is wanted in the picture.
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(shell.toast("保存しました")).toBeHidden();

  await shell.newLead.tap();
  const quick = new QuickForm(page);
  await quick.write("小野寺 﨑子");
  for (const words of ["ミニバン", "〜300万"]) await quick.chip(words).tap();
  await picture(page, "quick-entry");
  await quick.inFull.tap();
  await form.field("郵便番号").fill("4980000");
  await expect(form.places).toHaveCount(2);
  await form.field("お名前").fill("佐");
  await page.getByRole("heading", { name: "お客様" }).scrollIntoViewIfNeeded();
  await picture(page, "lead-new");
  await form.cancel.tap();

  await shell.account.tap();
  await own.isShown("アカウント");
  await picture(page, "account");

  const shop = await dealer.newForm(account, { name: "自社HP 在庫の問い合わせ" });
  await visit(`/settings/forms/${shop.id}`);
  const settings = new FormSettings(page);
  await expect(settings.previewed.getByLabel("お名前")).toBeVisible();
  await picture(page, "form-settings");
  await dealer.machineSends(shop, "三浦 健", "アルファードの在庫はありますか。週末に見に行きたいです。");
  await visit("/submissions");
  await expect(new SubmissionsPage(page).card("三浦 健")).toBeVisible();
  await picture(page, "submissions");
  await dealer.note(id, `@${account.name} 18時以降に電話をお願いします。下取りの査定も希望です。`, account);
  await visit("/mentions");
  await expect(new MentionsPage(page).rows.first()).toBeVisible();
  await picture(page, "mentions");

  if (project.name !== "tablet-landscape") return;
  await visit("/account");
  await own.choose("明るさ", "夜の色");
  await visit("/leads?tab=all");
  await expect(leads.rows.first()).toBeVisible();
  await picture(page, "leads-dark");
});
