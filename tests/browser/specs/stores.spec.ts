import { randomUUID } from "node:crypto";

import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { SettingsPage } from "../pages/settings.ts";
import { QuickForm } from "../pages/quick.ts";
import { Shell } from "../pages/shell.ts";
import { StoreSettings } from "../pages/store-settings.ts";
import { japaneseIn } from "../pages/words.ts";

const TOO_LATE = { text: /status of 412/, address: /\/stores\//, reason: "the second save comes too late" };
const TAKEN = { text: /status of 409/, address: /\/stores$/, reason: "another store has the code" };

const newName = () => `太田店 ${randomUUID().slice(0, 8)}`;
const newCode = () => randomUUID().slice(0, 8);

test.use({ role: "administrator" });

test("a store is opened with hours and holidays that are typed once, is found in the list and edited", async ({
  page,
  visit,
  dealer,
  audit,
}) => {
  const [store, shell, name, code] = [new StoreSettings(page), new Shell(page), newName(), newCode()];
  await visit("/settings/stores");
  await expect(store.heading).toHaveText("店舗");
  await expect(store.rows.first()).toBeVisible();
  await audit();
  await store.add.tap();
  await expect(store.heading).toHaveText("店舗を追加");
  await store.field("店舗名").fill(name);
  await store.field("店舗コード").fill(code);
  await store.field("電話").fill("0276-12-3456");
  await store.field("郵便番号").fill("371-0024");
  await store.places.first().tap();
  await expect(store.field("市区町村")).toHaveValue("前橋市");
  await store.field("丁目・番地").fill("2丁目30-8");

  await store.turn("月曜日");
  await store.hours("月曜日", "09:30", "18:30");
  await page.getByRole("button", { name: "月曜日の時間をすべての曜日に" }).tap();
  await store.isOpen("日曜日", "09:30", "18:30");
  await store.turn("水曜日");
  await expect(store.day("水曜日")).toContainText("定休日");
  await store.hours("土曜日", "10:00", "19:00");
  await store.addHoliday.tap();
  await expect(store.holiday(1).getByLabel("最初の日")).toBeFocused();
  await store.writeHoliday(1, "2027-05-03", "", "憲法記念日");
  await store.addHoliday.tap();
  await store.writeHoliday(2, "2026-12-29", "2027-01-03", "年末年始");
  await audit();
  await store.create.tap();
  await expect(shell.toast("店舗を追加しました")).toBeVisible();
  await expect(store.row(name)).toContainText(code);

  const kept = await dealer.storeCalled(name);
  expect(kept.profile.hours.map(({ weekday, opens, closes }) => `${weekday} ${opens} ${closes}`)).toEqual([
    "monday 09:30 18:30",
    "tuesday 09:30 18:30",
    "thursday 09:30 18:30",
    "friday 09:30 18:30",
    "saturday 10:00 19:00",
    "sunday 09:30 18:30",
  ]);
  expect(kept.profile.holidays).toEqual([
    { from: "2026-12-29", to: "2027-01-03", name: "年末年始" },
    { from: "2027-05-03", to: "2027-05-03", name: "憲法記念日" },
  ]);
  expect(kept.profile.address).toMatchObject({ postal_code: "3710024", prefecture: "群馬県", city: "前橋市" });

  await store.row(name).tap();
  await store.isOpen("土曜日", "10:00", "19:00");
  await expect(store.holiday(1).getByLabel("呼び名")).toHaveValue("年末年始");
  await store.holiday(1).getByRole("button", { name: "この休業日を外す" }).tap();
  await expect(store.holiday(1).getByLabel("呼び名")).toHaveValue("憲法記念日");
  await store.field("店舗名").fill(`${name} 本館`);
  await store.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(store.row(`${name} 本館`)).toBeVisible();
  expect((await dealer.store(kept.id)).profile.holidays).toHaveLength(1);

  // What the app calls its stores by is fresh.
  await shell.newLead.tap();
  await new QuickForm(page).inFull.tap();
  await expect(new LeadForm(page).field("店舗").getByRole("option", { name: `${name} 本館` })).toHaveCount(1);
});

test("two people who edit one store choose between both versions", ANY_SIZE, async ({ page, visit, dealer, watch, audit }) => {
  watch.expects(TOO_LATE);
  const hours = [{ weekday: "monday", opens: "09:30", closes: "18:30" }];
  const { id } = await dealer.newStore({ name: newName(), code: newCode(), phone: "027-123-4567", hours });
  const [store, conflict, shell] = [new StoreSettings(page), new ConflictPage(page), new Shell(page)];
  await visit(`/settings/stores/${id}`);
  await store.isOpen("月曜日", "09:30", "18:30");
  await store.hours("月曜日", "09:30", "20:00");
  await dealer.editStore(id, {
    phone: "027-765-4321",
    hours: [{ weekday: "monday", opens: "09:30", closes: "17:00" }],
    holidays: [{ from: "2026-12-29", to: "2027-01-03", name: "年末年始" }],
  });
  await store.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.fields).toHaveCount(3);
  // What I changed is mine and what only the other person changed is theirs, until I say otherwise.
  await expect(conflict.version("営業時間", "月曜日 09:30–20:00")).toBeChecked();
  await expect(conflict.version("休業日", "2026/12/29–2027/1/3 年末年始")).toBeChecked();
  await conflict.choose("電話", "027-123-4567");
  await audit();
  await conflict.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  const { profile } = await dealer.store(id);
  expect(profile).toMatchObject({ phone: "027-123-4567", hours: [{ closes: "20:00" }], holidays: [{ name: "年末年始" }] });
});

test("what is wrong with a store is said beside its field", ANY_SIZE, async ({ page, visit, dealer, watch, audit }) => {
  watch.expects(TAKEN);
  const taken = await dealer.newStore({ name: newName(), code: newCode() });
  const store = new StoreSettings(page);
  await visit("/settings/stores/new");
  await store.create.tap();
  await store.says(store.field("店舗名"), "入れてください");
  await expect(store.field("店舗名")).toBeFocused();
  await store.field("店舗名").fill(newName());
  await store.field("店舗コード").fill("前橋");
  await store.field("電話").focus();
  await store.says(store.field("店舗コード"), "店舗コードは英数字とハイフンで、40文字までにしてください(例: 003)");
  await store.turn("火曜日");
  await store.hours("火曜日", "18:30", "09:30");
  await store.field("電話").focus();
  await store.says(store.field("火曜日の閉店"), "閉店は、開店より後の時刻にしてください");
  // An empty row is nothing, and the paths of the others still fit.
  await store.addHoliday.tap();
  await store.addHoliday.tap();
  await store.writeHoliday(2, "2027-01-03", "2026-12-29", "");
  await store.field("電話").focus();
  await store.says(store.holiday(2).getByLabel("最後の日"), "最後の日は、最初の日より前にはできません");
  await audit();
  await store.field("店舗コード").fill(taken.profile.code);
  await store.create.tap();
  await expect(store.field("火曜日の閉店")).toBeFocused();
  await store.hours("火曜日", "09:30", "00:00");
  await store.holiday(1).getByLabel("最後の日").fill("2027-01-03");
  await store.create.tap();
  await store.says(store.field("店舗コード"), "この店舗コードは、ほかの店舗が使っています");
  await expect(store.field("店舗コード")).toBeFocused();
});

test("what is typed of a store survives a reload", ANY_SIZE, async ({ page, visit }) => {
  const store = new StoreSettings(page);
  await visit("/settings/stores/new");
  await store.field("店舗名").fill("伊勢崎店");
  await store.turn("金曜日");
  await store.field("金曜日の開店").fill("09:00");
  page.on("dialog", (dialog) => void dialog.accept());
  await page.reload();
  await expect(store.restored).toBeVisible();
  await expect(store.field("店舗名")).toHaveValue("伊勢崎店");
  await expect(store.field("金曜日の開店")).toHaveValue("09:00");
  await page.getByRole("button", { name: "下書きを捨てる" }).tap();
  await expect(store.field("店舗名")).toHaveValue("");
});

test("a setting is found by what people call it", ANY_SIZE, async ({ page, visit, audit }) => {
  const [settings, store, shell] = [new SettingsPage(page), new StoreSettings(page), new Shell(page)];
  await visit("/account");
  await page.getByRole("main").getByRole("link", { name: "設定", exact: true }).tap();
  await expect(settings.heading).toBeVisible();
  const ways = ["会社", "スタッフ", "店舗", "問い合わせフォーム", "きっかけ", "タグ", "外部連携コード", "監査", "EXTREME連携", "送信箱", "API連携", "Norenについて", "アカウント"];
  await expect(settings.ways).toHaveText(ways);
  await settings.search.fill("パスワード");
  await expect(settings.ways).toHaveText(["スタッフ", "アカウント"]);
  await settings.search.fill("しゃけん");
  await expect(page.getByText("「しゃけん」に合う設定はありません")).toBeVisible();
  await audit();
  await page.getByRole("button", { name: "さがす言葉を消す" }).tap();
  await settings.search.fill("opening hours");
  await expect(settings.ways).toHaveText(["店舗"]);
  await audit();
  await settings.way("店舗").tap();
  await expect(store.heading).toHaveText("店舗");
  await page.getByRole("link", { name: "戻る" }).tap();
  await expect(settings.heading).toBeVisible();
  await settings.way("問い合わせフォーム").tap();
  await expect(store.heading).toHaveText("問い合わせフォーム");
  await page.getByRole("link", { name: "戻る" }).tap();
  await expect(settings.heading).toBeVisible();
  if (await shell.settings.isVisible()) await expect(shell.settings).toHaveAttribute("aria-current", "page");
});

test("in English the stores and the settings say nothing in Japanese", ANY_SIZE, async ({ page, visit, dealer }) => {
  const { id } = await dealer.newStore({ name: "Ota", code: newCode() });
  const names = [...(await dealer.names()), "日本語"].toSorted((one, other) => other.length - one.length);
  const isEnglish = async () => expect(await japaneseIn(page, names)).toEqual([]);
  await visit("/account");
  await new AccountPage(page).speakEnglish();
  await page.getByRole("main").getByRole("link", { name: "Settings", exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await isEnglish();
  await page.getByRole("main").getByRole("link", { name: /^Stores/ }).tap();
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await isEnglish();
  await page.goto(`/settings/stores/${id}`);
  await page.getByRole("group", { name: "Friday" }).locator("label").filter({ hasText: "Open" }).tap();
  await page.getByRole("button", { name: "Add a holiday" }).tap();
  await page.getByLabel("Last day").fill("2027-01-03");
  await page.getByRole("button", { name: "Save", exact: true }).tap();
  await expect(page.getByText("Give a date")).toBeVisible();
  await isEnglish();
});

test("many stores are searched as one types", async ({ page, visit, dealer, audit }) => {
  const store = new StoreSettings(page);
  const names = [newName(), newName(), newName(), newName(), newName(), newName(), newName(), newName()];
  for (const name of names) await dealer.newStore({ name, code: newCode() });
  const [wanted = "", other = ""] = names;
  await visit("/settings/stores");
  await store.search.fill(wanted.replace("太田店", "").toUpperCase());
  await expect(store.rows).toHaveCount(1);
  await expect(store.row(wanted)).toBeVisible();
  await audit();
  await store.search.fill(`${wanted} ${other}`);
  await expect(page.getByText(`「${wanted} ${other}」に合うものはありません`)).toBeVisible();
  await store.search.fill("");
  await expect(store.row(other)).toBeVisible();
});

test.describe("a manager", () => {
  test.use({ role: "manager" });

  test("finds the forms among the settings, and no stores", ANY_SIZE, async ({ page, visit, dealer }) => {
    const { id } = await dealer.newStore({ name: newName(), code: newCode() });
    const [settings, shell] = [new SettingsPage(page), new Shell(page)];
    await visit("/leads");
    await shell.settings.tap();
    await expect(settings.ways).toHaveText(["問い合わせフォーム", "監査", "EXTREME連携", "アカウント"]);
    await settings.search.fill("営業時間");
    await expect(page.getByText("「営業時間」に合う設定はありません")).toBeVisible();
    await page.goto(`/settings/stores/${id}`);
    await expect(page.getByText("店舗の設定は、管理者が行います")).toBeVisible();
    await expect(new StoreSettings(page).field("店舗名")).toHaveCount(0);
  });
});

test("a store closes when nothing is left there, stands at the end of the list, and opens again", async ({
  page,
  visit,
  dealer,
  audit,
}) => {
  const [store, shell, name] = [new StoreSettings(page), new Shell(page), newName()];
  const { id } = await dealer.newStore({ name, code: newCode() });
  const person = await dealer.newPerson();
  await dealer.editPerson(person.id, { store_ids: [id] });
  await visit(`/settings/stores/${id}`);
  await expect(page.getByRole("link", { name: "働いている人 1人" })).toBeVisible();
  await expect(page.getByRole("button", { name: "店舗を閉める" })).toHaveCount(0);
  await audit();
  await dealer.editPerson(person.id, { store_ids: [person.store.id] });
  await page.reload();
  await page.getByRole("button", { name: "店舗を閉める" }).tap();
  await expect(page.getByRole("dialog", { name: `${name}を閉めますか` })).toBeVisible();
  await audit();
  await page.getByRole("dialog").getByRole("button", { name: "閉める", exact: true }).tap();
  await expect(shell.toast("店舗を閉めました")).toBeVisible();
  await expect(store.rows.last()).toContainText("閉店");
  await audit();
  await store.row(name).tap();
  await page.getByRole("button", { name: "再開する" }).tap();
  await expect(shell.toast("店舗を再開しました")).toBeVisible();
  await expect(store.row(name)).not.toContainText("閉店");
});
