import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";

test("the account says who is signed in", async ({ page, visit, account }) => {
  await visit("/account");
  await expect(page.getByRole("heading", { name: account.name })).toBeVisible();
  await expect(page.getByText(account.mail)).toBeVisible();
});

test("English stays after a reload", ANY_SIZE, async ({ page, visit }) => {
  const account = new AccountPage(page);
  await visit("/account");
  await account.speakEnglish();
  await account.isShown("Account");
  await page.reload();
  await account.isShown("Account");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(account.radio("Language", "English")).toBeChecked();
});

test("the colours of the night stay after a reload", ANY_SIZE, async ({ page, visit }) => {
  const account = new AccountPage(page);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await visit("/account");
  const day = await ground();
  await account.choose("明るさ", "夜の色");
  await expect.poll(ground).not.toBe(day);
  const night = await ground();
  await page.reload();
  await account.isShown("アカウント");
  expect(await ground()).toBe(night);
  await expect(account.radio("明るさ", "夜の色")).toBeChecked();
});

test("language and colours outlive the session", ANY_SIZE, async ({ page, visit, watch }) => {
  watch.expects(NOBODY_YET, LEAVING);
  const account = new AccountPage(page);
  const html = page.locator("html");
  await visit("/account");
  await account.choose("明るさ", "夜の色");
  await account.speakEnglish();
  await page.getByRole("button", { name: "Sign out", exact: true }).tap();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeVisible();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(html).toHaveAttribute("data-theme", "dark");
});

test("signing out asks before it throws away what is not sent", async ({ page, visit, dealer, account, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING);
  const { id } = await dealer.newLead(account, { name: "途田 編", note: "前" });
  const [form, own, signIn] = [new LeadForm(page), new AccountPage(page), new SignInPage(page)];
  page.on("dialog", (dialog) => dialog.accept());
  await visit("/leads/new/full");
  await form.field("お名前").fill("途田 新");
  await page.goto(`/leads/${id}/edit`);
  await form.field("メモ").fill("書きかけ");
  await page.goto("/account");

  await own.signOut.tap();
  await expect(own.unsent).toMatchAriaSnapshot(`
    - dialog:
      - heading "まだ送っていない入力があります" [level=2]
      - button "閉じる"
      - paragraph: サインアウトすると、この端末から消えます。開いて送ることもできます。
      - button "やめておく"
      - button "消してサインアウト"
  `);
  await expect(own.unsent.getByRole("link", { name: "途田 新" })).toHaveAttribute("href", "/leads/new");
  await audit();
  await own.unsent.getByRole("button", { name: "やめておく" }).tap();
  await own.isShown("アカウント");

  await own.signOut.tap();
  await own.unsent.getByRole("link", { name: "途田 編" }).tap();
  await expect(form.field("メモ")).toHaveValue("書きかけ");

  await page.goto("/account");
  await own.signOutAnyway();
  await expect(signIn.heading).toBeVisible();
  await signIn.send(account.mail, account.password);
  await own.isShown("アカウント");
  await page.goto(`/leads/${id}/edit`);
  await expect(form.field("メモ")).toHaveValue("前");
});

test("where one is signed in is seen, and ended from here", async ({ page, visit, colleague, account, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING);
  const [own, shell] = [new AccountPage(page), new Shell(page)];
  await visit("/account");
  await own.aloneHere();
  await expect(own.sessions).toContainText("この端末");
  const elsewhere = await colleague(account, "/leads");
  await expect(new LeadsPage(elsewhere).rows.first()).toBeVisible();
  await page.reload();
  await expect(own.sessions).toHaveCount(2);
  await audit();
  await own.sessions.getByRole("button", { name: "終える" }).tap();
  await expect(shell.toast("サインインを終えました")).toBeVisible();
  await expect(own.sessions).toHaveCount(1);
  await elsewhere.reload();
  await expect(new SignInPage(elsewhere).heading).toBeVisible();
});

test("a new password is taken from whoever knows the present one", ANY_SIZE, async ({ page, visit, account, watch, colleague }) => {
  watch.expects(NOBODY_YET, LEAVING);
  watch.expects({ text: /status of 422/, address: /\/me\/password$/, reason: "the password is refused" });
  const [own, shell, fresh] = [new AccountPage(page), new Shell(page), "copper maple harbor 71"];
  await visit("/account");
  await own.aloneHere();
  const elsewhere = await colleague(account, "/leads");
  await expect(new LeadsPage(elsewhere).rows.first()).toBeVisible();
  await own.changePassword("", fresh);
  await expect(own.password("今のパスワード")).toBeFocused();
  await expect(own.password("今のパスワード")).toHaveAccessibleDescription("入れてください");
  await own.changePassword("これではない", fresh);
  await expect(own.password("今のパスワード")).toHaveAccessibleDescription("今のパスワードと違います");
  await own.changePassword(account.password, "passwordpassword");
  await expect(own.password("新しいパスワード")).toHaveAccessibleDescription(/推測されやすい/);
  await own.password("新しいパスワード").fill("ｃｏｐｐｅｒ");
  await expect(own.passwords).toContainText("推測されやすい");
  await own.changePassword(account.password, fresh);
  await expect(shell.toast(/パスワードを変えました/)).toBeVisible();
  await expect(own.password("新しいパスワード")).toHaveValue("");
  await elsewhere.reload();
  const signIn = new SignInPage(elsewhere);
  await expect(signIn.heading).toBeVisible();
  await signIn.send(account.mail, fresh);
  await expect(new LeadsPage(elsewhere).rows.first()).toBeVisible();
  // Whoever comes next has the password of the demo.
  await own.changePassword(fresh, account.password);
  await expect(own.password("今のパスワード")).toHaveValue("");
});
