import { expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { FactorPage } from "../pages/factor.ts";
import { LeadsPage } from "../pages/leads.ts";
import { SignInPage } from "../pages/sign-in.ts";

const LAST = { text: /status of 409/, address: /\/me\/authenticator$/, reason: "one has to stay" };

test.use({ role: "administrator", settings: { NOREN_SECOND_FACTOR: "administrators" } });

test("an administrator without a second factor sets one up, and goes on", async ({ page, account, watch, audit }) => {
  watch.expects(NOBODY_YET, LEAVING, LAST);
  const [signIn, factor] = [new SignInPage(page), new FactorPage(page)];
  await page.goto("/leads");
  await signIn.send(account.mail, account.password);
  const heading = page.getByRole("heading", { level: 1, name: "二段階認証を設定してください" });
  await expect(heading).toBeVisible();
  await expect(factor.button("設定する")).toBeVisible();
  await audit();
  await page.goto("/settings/staff");
  await expect(heading, "there is nothing else before").toBeVisible();
  await factor.setUpApp(audit);
  await expect(page.getByRole("heading", { level: 1, name: "スタッフ", exact: true })).toBeVisible();
  await page.goto("/leads");
  await expect(new LeadsPage(page).rows.first()).toBeVisible();
  await page.goto("/account");
  await factor.button("解除する").tap();
  await factor.inDialog("解除する").tap();
  await expect(factor.dialog.getByRole("alert")).toContainText("最後の1つは解除できません");
});
