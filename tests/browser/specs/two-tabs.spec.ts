import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { LEAVING, NOBODY_YET } from "../harness/watch.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadsPage } from "../pages/leads.ts";
import { SignInPage } from "../pages/sign-in.ts";

test("what one person typed is not saved in the name of another who signed in beside", ANY_SIZE, async ({
  page,
  context,
  visit,
  dealer,
  account,
  watch,
}) => {
  watch.expects(NOBODY_YET, LEAVING);
  watch.expects({ text: /status of 401/, address: /\/api\/v1\/leads\//, reason: "the session of the first has ended" });
  const { id } = await dealer.newLead(account, { name: "隣田 操", note: "前" });
  const other = dealer.someone("administrator");
  const form = new LeadForm(page);
  await visit(`/leads/${id}/edit`);
  await form.field("メモ").fill("先の人が書いたもの");

  const beside = await context.newPage();
  const signIn = new SignInPage(beside);
  await beside.goto("/account");
  await new AccountPage(beside).signOutAnyway();
  await expect(signIn.heading).toBeVisible();
  await signIn.send(other.mail, other.password);
  await expect(new LeadsPage(beside).heading.or(beside.getByRole("heading", { name: other.name }))).toBeVisible();

  await form.save.tap();
  // The page begins anew, as the other's.
  await expect(form.field("メモ")).toHaveValue("前");
  await expect(form.restored).toHaveCount(0);
  expect((await dealer.lead(id)).profile.note).toBe("前");
  await page.goto("/account");
  await expect(page.getByRole("heading", { name: other.name })).toBeVisible();
});
