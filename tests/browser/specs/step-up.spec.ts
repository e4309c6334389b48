import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { Proof } from "../pages/factor.ts";
import { Shell } from "../pages/shell.ts";
import { PersonPage, StaffForm } from "../pages/staff.ts";

const STALE = { text: /status of 403/, address: /\/staff$/, reason: "the sign-in is too old for it" };
const REFUSED = { text: /status of 422/, address: /\/auth\/step-up$/, reason: "the password is not right" };

test.use({ role: "administrator", settings: { NOREN_FRESH_SECONDS: "1" } });

test("what is sensitive asks again for the password, and goes on with what was typed", ANY_SIZE, async ({
  context,
  page,
  visit,
  account,
  dealer,
  sessions,
  watch,
}) => {
  watch.expects(STALE, REFUSED);
  const [form, person, shell, proof] = [new StaffForm(page), new PersonPage(page), new Shell(page), new Proof(page)];
  const somebody = dealer.somebody();
  await sessions.age(context, account);
  await visit("/settings/staff/new");
  await form.fill({ ...somebody, kana: "あらた かお" });
  await form.chooseRole("営業");
  await page.getByRole("group", { name: "働く店舗" }).locator("label").first().tap();
  await form.create.tap();
  await expect(proof.password).toBeFocused();
  await proof.dialog.getByRole("button", { name: "やめる" }).tap();
  await expect(page.getByRole("alert")).toContainText("本人の確認が必要です");
  await expect(form.field("名前"), "what was typed stays").toHaveValue(somebody.name);

  await form.create.tap();
  await proof.give("これではない");
  await expect(proof.password).toHaveAccessibleDescription("今のパスワードと違います");
  await proof.give(account.password);
  await expect(shell.toast("追加しました。次は招待です")).toBeVisible();
  await person.isOf(somebody.name);
});
