/** The pictures of `docs/screenshots/`, of every screen in every size. */

import { Demo } from "../harness/demo.ts";
import { expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { KeyPage } from "../pages/api-clients.ts";
import { AuditPage } from "../pages/audit.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { FactorPage, SecondStep } from "../pages/factor.ts";
import { JoinPage } from "../pages/join.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { FormSettings } from "../pages/form-settings.ts";
import { LeadPage } from "../pages/lead.ts";
import { QuickForm } from "../pages/quick.ts";
import { LeadsPage } from "../pages/leads.ts";
import { MentionsPage } from "../pages/mentions.ts";
import { SettingsPage } from "../pages/settings.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";
import { PersonPage, StaffList } from "../pages/staff.ts";
import { StoreSettings } from "../pages/store-settings.ts";
import { SubmissionsPage } from "../pages/submissions.ts";
import { TagsPage } from "../pages/tags.ts";
import { TurnsPage } from "../pages/turns.ts";
import { picture } from "./picture.ts";

test.use({ role: "manager" });

test("every screen", async ({ page, visit, visitor, account, dealer, colleague, watch }, { project }) => {
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

  const boss = await colleague(dealer.someone("administrator"), "/settings");
  await expect(new SettingsPage(boss).ways).toContainText(["会社", "スタッフ", "店舗", "監査", "API連携"]);
  await picture(boss, "settings");
  const open = ["monday", "tuesday", "thursday", "friday", "saturday", "sunday"];
  const showroom = await dealer.newStore({
    name: "太田店",
    code: "003",
    phone: "0276-00-1234",
    address: { postal_code: "3730851", prefecture: "群馬県", city: "太田市", town: "飯田町", street: "1-1" },
    hours: open.map((weekday) => ({ weekday, opens: "09:30", closes: "18:30" })),
    holidays: [{ from: "2026-12-29", to: "2027-01-03", name: "年末年始" }],
  });
  await boss.goto(`/settings/stores/${showroom.id}`);
  await new StoreSettings(boss).isOpen("月曜日", "09:30", "18:30");
  await boss.getByRole("heading", { name: "営業時間" }).scrollIntoViewIfNeeded();
  await new StoreSettings(boss).day("木曜日").scrollIntoViewIfNeeded();
  await picture(boss, "store-settings");

  const known = { name: "小林 直樹", kana: "コバヤシ ナオキ", code: "S009", mail: "kobayashi@noren.example" };
  const somebody = await dealer.newPerson("salesperson", known);
  await boss.goto("/settings/staff");
  await expect(new StaffList(boss).row(somebody.name)).toBeVisible();
  await picture(boss, "staff");
  await boss.goto(`/settings/staff/${somebody.id}`);
  await new PersonPage(boss).isOf(somebody.name);
  await picture(boss, "staff-person");
  const newcomer = await visitor((await dealer.invite(somebody.id)).url);
  await new JoinPage(newcomer).isFor(somebody.name);
  await picture(newcomer, "join");

  if (project.name !== "tablet-landscape") return;
  await visit("/account");
  await own.choose("明るさ", "夜の色");
  await visit("/leads?tab=all");
  await expect(leads.rows.first()).toBeVisible();
  await picture(page, "leads-dark");
});

test("a tablet of two people", async ({ page, dealer, watch }) => {
  watch.expects(NOBODY_YET, LEAVING);
  const turns = new TurnsPage(page);
  const people = [
    await dealer.joined("salesperson", { name: "大川 美月", kana: "オオカワ ミヅキ" }),
    await dealer.joined("manager", { name: "根岸 航", kana: "ネギシ ワタル" }),
  ];
  await page.goto("/account");
  for (const person of people) {
    if (person !== people[0]) await turns.byPassword.tap();
    await new SignInPage(page).send(person.mail, person.password);
    const own = new AccountPage(page);
    await own.isShown("アカウント");
    await own.setPin(person.password, "402817");
    await own.lock.tap();
  }
  await expect(turns.people.getByRole("button")).toHaveCount(2);
  await picture(page, "turns");
  await turns.choose("大川 美月");
  await turns.type("402");
  await picture(page, "pin");
});

test.describe("an administrator", () => {
  test.use({ role: "administrator" });

  test("what an administrator looks after", async ({ visit, page, dealer, watch }) => {
    watch.expects(NOBODY_YET);
    const [trail, key] = [new AuditPage(page), new KeyPage(page)];
    const company = "株式会社のれん自動車";
    await dealer.editCompany({ name: company, invoice_number: "T7000012050002", phone: "027-000-0101" });
    await visit("/settings/company");
    await expect(page.locator("form").getByLabel("会社名", { exact: true })).toHaveValue(company);
    await picture(page, "company");

    const tags = new TagsPage(page);
    await visit("/settings/tags");
    await expect(tags.rows).toHaveCount(6);
    await picture(page, "tags");

    const { id } = await dealer.newLead(dealer.someone(), { name: "長谷川 龍之介", kana: "ハセガワ リュウノスケ" });
    await dealer.move(id, "working");
    await visit("/settings/audit");
    await trail.unfold("状態を変更");
    await expect(trail.entry("状態を変更").locator("dl")).toContainText("対応中");
    await picture(page, "audit");

    const scopes = ["leads.create", "stores.read", "masters.read"];
    const client = await dealer.newApiClient({ name: "中古車ポータル", scopes, addresses: ["203.0.113.0/24"] });
    await visit(`/settings/api-clients/${client.id}`);
    await key.isOf(client.name);
    await picture(page, "api-client");

    const given = await dealer.newLead(dealer.someone(), { name: "小野寺 栞", kana: "オノデラ シオリ" });
    await dealer.move(given.id, "disqualified", "他店で購入された");
    await visit(`/leads/${given.id}`);
    const lead = new LeadPage(page);
    await lead.button("個人情報を消去…").tap();
    await expect(lead.dialog).toContainText("残るもの");
    await picture(page, "erasure");
  });
});

test("a second factor", async ({ page, dealer, watch }) => {
  watch.expects(NOBODY_YET, LEAVING);
  const [own, signIn, factor] = [new AccountPage(page), new SignInPage(page), new FactorPage(page)];
  const person = await dealer.joined("salesperson", { name: "大川 美月", kana: "オオカワ ミヅキ" });
  await page.goto("/account");
  await signIn.send(person.mail, person.password);
  await own.isShown("アカウント");
  await factor.setUpApp(async () => undefined);
  const said = new Shell(page).toast("認証アプリを設定しました");
  await expect(said).toBeVisible();
  await expect(said).toBeHidden();
  await own.signOut.tap();
  await signIn.send(person.mail, person.password);
  await expect(new SecondStep(page).code).toBeFocused();
  await picture(page, "second-factor");
});

test("the first run", async ({ page, watch }) => {
  watch.expects(NOBODY_YET);
  page.on("dialog", (dialog) => void dialog.accept());
  const house = await Demo.empty();
  const field = (label: string) => page.locator("form").getByLabel(label, { exact: true });
  await page.goto(house.server.wrote("/setup#")?.trim() ?? "");
  await field("お名前").fill("狩野 千恵子");
  await field("ふりがな").fill("かのう ちえこ");
  await field("メールアドレス").fill("kano@dealer.example");
  await field("パスワード").fill("velvet walnut pebble 38");
  await page.getByRole("button", { name: "決めて次へ" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "会社を登録" })).toBeVisible();
  await field("会社名").fill("株式会社のれん自動車");
  await page.getByRole("button", { name: "次へ", exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "最初の店舗を登録" })).toBeVisible();
  await field("店舗名").fill("前橋店");
  await field("郵便番号").fill("371-0024");
  await page.locator("form").getByRole("status").getByRole("button").first().tap();
  await expect(field("市区町村")).toHaveValue("前橋市");
  await picture(page, "setup");
  await page.goto("about:blank");
  await house.close();
  await page.setContent("<!doctype html><html lang='ja'><title>終</title><main><h1>終</h1></main></html>");
});
