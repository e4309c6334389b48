import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { ConflictPage } from "../pages/conflict.ts";
import { FormSettings } from "../pages/form-settings.ts";
import { HostedForm } from "../pages/hosted-form.ts";
import { Shell } from "../pages/shell.ts";
import { japaneseIn } from "../pages/words.ts";

const INVALID = { text: /status of 422/, address: /\/form-previews$/, reason: "what was typed is too long" };
const TOO_LATE = { text: /status of 412/, address: /\/forms\//, reason: "the second save comes too late" };

test.use({ role: "administrator" });

test("what is edited shows in the preview while one types, and on the hosted page once it is saved", async ({
  page,
  visit,
  visitor,
  dealer,
  account,
  audit,
}) => {
  const { id, path, content } = await dealer.newForm(account);
  const [settings, shell] = [new FormSettings(page), new Shell(page)];
  await visit("/settings/forms");
  await expect(settings.heading).toHaveText("問い合わせフォーム");
  await audit();
  await settings.rows.filter({ hasText: content.name }).tap();
  await expect(page).toHaveURL(new RegExp(`/settings/forms/${id}$`));
  await expect(settings.previewed.getByRole("heading", { level: 1 })).toHaveText("お問い合わせ");
  await settings.field("見出し").fill("ご来店の予約");
  await expect(settings.previewed.getByRole("heading", { level: 1 })).toHaveText("ご来店の予約");
  await settings.asked("住所").getByRole("button", { name: "たずねない" }).tap();
  await settings.ask("ご予算");
  await settings.asked("ご予算").getByRole("button", { name: "上へ" }).tap();
  await expect(settings.asked("ご予算").getByRole("button", { name: "上へ" })).toBeFocused();
  await settings.asked("ご予算").getByRole("button", { name: "見出しを変える" }).tap();
  await settings.asked("ご予算").getByRole("textbox").fill("お支払いのご予定");
  await expect(settings.previewed.getByRole("textbox")).toHaveCount(4);
  await expect(settings.previewed.getByRole("textbox").nth(2)).toHaveAccessibleName(/^お支払いのご予定/);
  await expect.poll(() => settings.unseen()).toBe(0);
  await audit();

  await settings.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  await expect(settings.rows.filter({ hasText: "ご来店の予約" })).toBeVisible();
  const hosted = new HostedForm(await visitor(path));
  await expect(hosted.heading).toHaveText("ご来店の予約");
  await expect(hosted.field("お支払いのご予定")).toBeVisible();
  await expect(hosted.field("郵便番号")).toHaveCount(0);
});

test("what somebody else saves is in the list within a second", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id, content } = await dealer.newForm(account);
  const settings = new FormSettings(page);
  await visit("/settings/forms");
  await expect(settings.rows.filter({ hasText: content.name })).toContainText("受付中");
  await dealer.editForm(id, { title: "下取りのご相談", active: false });
  const row = settings.rows.filter({ hasText: "下取りのご相談" });
  await expect(row).toBeVisible({ timeout: 1_000 });
  await expect(row).not.toContainText("受付中");
});

test("a new form has an address and a line that can be copied", async ({ page, context, visit, visitor, audit }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const [settings, shell] = [new FormSettings(page), new Shell(page)];
  await visit("/settings/forms");
  await page.getByRole("link", { name: "フォームを作る" }).tap();
  await expect(settings.heading).toHaveText("フォームを作る");
  await settings.create.tap();
  await settings.says("フォームの名前", "入れてください");
  await expect(settings.field("フォームの名前")).toBeFocused();
  await settings.field("フォームの名前").fill("チラシ");
  await audit();
  await settings.create.tap();
  await expect(shell.toast("フォームを作りました")).toBeVisible();
  await expect(page.getByRole("button", { name: "コピー" })).toHaveCount(2);
  await page.getByRole("button", { name: "コピー" }).first().tap();
  const address = await settings.field("ページのURL").inputValue();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);
  await page.getByRole("button", { name: "コピー" }).last().tap();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^<script src=.*embed\.js/);
  await expect(new HostedForm(await visitor(address)).heading).toHaveText("お問い合わせ");
});

test("what is wrong is said beside its field, and in the preview why it is not shown", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
}) => {
  watch.expects(INVALID);
  const { id } = await dealer.newForm(account);
  const settings = new FormSettings(page);
  await visit(`/settings/forms/${id}`);
  await settings.field("見出し").fill("長".repeat(101));
  await expect(settings.refusal).toContainText("見出し: 100文字までにしてください");
  await settings.field("埋め込めるサイト").fill("https://www.example.jp\nexample.jp");
  await settings.field("見出し").focus();
  await settings.says(
    "埋め込めるサイト",
    "example.jp: サイトのURLを https:// から入れてください(例: https://www.example.jp)",
  );
  await settings.asked("電話").getByRole("button", { name: "たずねない" }).tap();
  await settings.save.tap();
  await settings.says("見出し", "100文字までにしてください");
  await expect(settings.field("見出し")).toBeFocused();
  await expect(page.getByText("お返事ができるように、電話かメールをたずねてください")).toBeVisible();
  expect((await dealer.form(id)).version).toBe(1);
  await settings.field("見出し").fill("短い見出し");
  await expect(settings.refusal).toBeEmpty();
});

test("two people who edit one form choose between both versions", async ({
  page,
  visit,
  dealer,
  account,
  watch,
  audit,
}) => {
  watch.expects(TOO_LATE);
  const { id } = await dealer.newForm(account, { title: "前の見出し", intro: "前の言葉" });
  const [settings, conflict, shell] = [new FormSettings(page), new ConflictPage(page), new Shell(page)];
  await visit(`/settings/forms/${id}`);
  await settings.field("見出し").fill("自分の見出し");
  await dealer.editForm(id, { title: "ほかの見出し", intro: "ほかの言葉", active: false });
  await settings.save.tap();
  await expect(conflict.heading).toBeVisible();
  await expect(conflict.fields).toHaveCount(3);
  // What I changed is mine and what only the other person changed is theirs, until I say otherwise.
  await expect(conflict.version("見出し", "自分の見出し")).toBeChecked();
  await expect(conflict.version("受付", "停止中")).toBeChecked();
  await conflict.choose("はじめの言葉", "前の言葉");
  await audit();
  await conflict.save.tap();
  await expect(shell.toast("保存しました")).toBeVisible();
  const { content } = await dealer.form(id);
  expect(content).toMatchObject({ title: "自分の見出し", intro: "前の言葉", active: false });
});

test("what is typed survives a reload, and leaving asks first", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newForm(account);
  const [settings, shell] = [new FormSettings(page), new Shell(page)];
  await visit(`/settings/forms/${id}`);
  await settings.field("はじめの言葉").fill("まだ書いている");
  const asked: string[] = [];
  page.on("dialog", (dialog) => {
    asked.push(dialog.type());
    void (dialog.type() === "confirm" ? dialog.dismiss() : dialog.accept());
  });
  await shell.leads.tap();
  await expect.poll(() => asked).toEqual(["confirm"]);
  await expect(settings.field("はじめの言葉")).toHaveValue("まだ書いている");
  await page.reload();
  await expect(settings.restored).toBeVisible();
  await expect(settings.field("はじめの言葉")).toHaveValue("まだ書いている");
  await page.getByRole("button", { name: "下書きを捨てる" }).tap();
  await expect(settings.field("はじめの言葉")).toHaveValue("");
});

test("in English the forms and what was held say nothing in Japanese", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  watch,
}) => {
  watch.expects(INVALID);
  await dealer.dismissHeld();
  const english = { name: "Own site", title: "Contact us", language: "en", consent: "Only to answer you." };
  const form = await dealer.newForm(account, english);
  await dealer.machineSends(form, "Robin", "Hello");
  const known = [...(await dealer.formTexts()), ...(await dealer.names()), "日本語"];
  // What stands in another comes after it.
  const names = known.toSorted((one, other) => other.length - one.length);
  const isEnglish = async () => expect(await japaneseIn(page, names)).toEqual([]);
  await visit("/account");
  await new AccountPage(page).speakEnglish();
  await page.getByRole("main").getByRole("link", { name: "Settings", exact: true }).tap();
  await page.getByRole("main").getByRole("link", { name: /^Web forms/ }).tap();
  await expect(page.getByRole("listitem").getByRole("link").filter({ hasText: "Own site" })).toBeVisible();
  await isEnglish();
  await page.getByRole("listitem").getByRole("link").filter({ hasText: "Own site" }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Edit the form" })).toBeVisible();
  await page.getByLabel("Heading", { exact: true }).fill("x".repeat(101));
  await expect(page.getByText("It cannot be shown like this")).toBeVisible();
  await page.getByLabel("Sites that may embed it").fill("here");
  await page.getByRole("button", { name: "Save", exact: true }).tap();
  await expect(page.getByText(/^here: Give the site/)).toBeVisible();
  await isEnglish();
  await page.getByLabel("Heading", { exact: true }).fill("Write to us");
  await page.getByLabel("Sites that may embed it").fill("");
  await page.getByRole("button", { name: "Save", exact: true }).tap();
  await expect(page.getByText("Write to us")).toBeVisible();
  await page.getByRole("link", { name: /^To check/ }).tap();
  await page.getByRole("article").filter({ hasText: "Robin" }).getByRole("button", { name: "Dismiss" }).tap();
  await expect(page.getByRole("dialog")).toBeVisible();
  await isEnglish();
});

test.describe("a salesperson", () => {
  test.use({ role: "salesperson" });

  test("sees no way to the settings and is told who settles them", ANY_SIZE, async ({ page, visit, dealer, account }) => {
    const { id } = await dealer.newForm(account);
    await visit(`/settings/forms/${id}`);
    await expect(page.getByText("フォームの設定は、店長と管理者が行います")).toBeVisible();
    await expect(page.getByRole("navigation", { name: "メイン" }).getByRole("link", { name: "設定" })).toHaveCount(0);
    await expect(new FormSettings(page).field("見出し")).toHaveCount(0);
  });
});
