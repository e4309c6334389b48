import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";

test.beforeEach(({ watch }) => watch.expects(NOBODY_YET));

test("a wrong password is said in Japanese, and what was typed stays", async ({ page, watch, account }) => {
  watch.expects({ text: /status of 401/, address: /\/auth\/login$/, reason: "the password is wrong" });
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.send(account.mail, "wrong-horse");
  await expect(signIn.alert).toContainText("サインインできませんでした");
  await expect(signIn.alert).toContainText("メールアドレスかパスワードが違います");
  await expect(signIn.mail).toHaveValue(account.mail);
  await expect(signIn.password).toHaveValue("wrong-horse");
});

test("nothing typed is said at the fields, and the first takes the focus", async ({ page }) => {
  const signIn = new SignInPage(page);
  await signIn.open();
  await expect(page.getByRole("main")).toMatchAriaSnapshot(`
    - main:
      - heading "サインイン" [level=1]
      - textbox "メールアドレス"
      - textbox "パスワード"
      - button "サインイン"
  `);
  await signIn.submit.tap();
  await expect(signIn.mail).toBeFocused();
  await expect(signIn.mail).toHaveAccessibleDescription("メールアドレスを入れてください");
  await expect(signIn.password).toHaveAccessibleDescription("パスワードを入れてください");
});

test("the right password shows the list", async ({ page, account }) => {
  const leads = new LeadsPage(page);
  const signIn = new SignInPage(page);
  await signIn.open();
  await signIn.send(account.mail, account.password);
  await expect(leads.heading).toBeVisible();
  await expect(page).toHaveURL(/\/leads$/);
  await expect(leads.rows.first()).toBeVisible();
});

test("an address asked for before signing in is shown afterwards", ANY_SIZE, async ({ page, dealer, account }) => {
  const lead = await dealer.newLead(account, { name: "行先 一郎" });
  await page.goto(`/leads/${lead.id}`);
  const signIn = new SignInPage(page);
  await expect(signIn.heading).toBeVisible();
  await signIn.send(account.mail, account.password);
  await expect(page.getByRole("heading", { level: 1, name: "行先 一郎 様" })).toBeVisible();
});

test("after signing out, going back shows nothing", ANY_SIZE, async ({ page, visit, watch }) => {
  watch.expects(LEAVING);
  const [shell, account, signIn] = [new Shell(page), new AccountPage(page), new SignInPage(page)];
  await visit("/leads");
  await shell.account.tap();
  await account.signOut.tap();
  await expect(signIn.heading).toBeVisible();
  await page.goBack();
  await expect(signIn.heading).toBeVisible();
  await expect(new LeadsPage(page).rows).toHaveCount(0);
  await page.goto("/leads?tab=all");
  await expect(signIn.heading).toBeVisible();
});
