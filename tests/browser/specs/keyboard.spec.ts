import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { NOBODY_YET } from "../harness/watch.ts";
import { tabTo } from "../pages/keys.ts";
import { Finder } from "../pages/finder.ts";
import { LeadForm } from "../pages/lead-form.ts";
import { LeadPage } from "../pages/lead.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";
import { SignInPage } from "../pages/sign-in.ts";

test("from signing in to a saved edit by the keyboard alone", ANY_SIZE, async ({ page, dealer, account, watch }) => {
  watch.expects(NOBODY_YET);
  await dealer.newLead(account, { name: "鍵野 環", note: "電話は夜", temperature: "this_month" });
  const [signIn, leads, lead, form] = [new SignInPage(page), new LeadsPage(page), new LeadPage(page), new LeadForm(page)];
  const { keyboard } = page;
  await signIn.open();
  await tabTo(page, signIn.mail);
  await keyboard.type(account.mail);
  await tabTo(page, signIn.password);
  await keyboard.type(account.password);
  await keyboard.press("Enter");

  await tabTo(page, new Finder(page).field);
  await keyboard.type("鍵野");
  await keyboard.press("Enter");
  await leads.showsOnly("鍵野 環");
  await tabTo(page, leads.row("鍵野 環"));
  await keyboard.press("Enter");
  await expect(lead.heading).toHaveText("鍵野 環 様");
  await tabTo(page, lead.edit);
  await keyboard.press("Enter");
  await form.isEdit();

  await tabTo(page, page.getByRole("radio", { name: "今月" }));
  await keyboard.press("ArrowRight");
  await expect(page.getByRole("radio", { name: "3か月" })).toBeChecked();
  await tabTo(page, form.field("メモ"));
  await keyboard.press("ControlOrMeta+End");
  await keyboard.type("8時まで");
  await expect(form.field("メモ")).toHaveValue("電話は夜8時まで");
  await tabTo(page, form.save);
  await keyboard.press("Enter");
  await expect(new Shell(page).toast("保存しました")).toBeVisible();
  await expect(lead.pane.getByText("電話は夜8時まで", { exact: true })).toBeVisible();
});

test("arrows walk from row to row, Enter opens", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  await dealer.newLead(account, { name: "鍵田 都" });
  await dealer.newLead(account, { name: "鍵田 修" });
  const [leads, lead] = [new LeadsPage(page), new LeadPage(page)];
  await visit("/leads");
  await expect(leads.rows.first()).toContainText("鍵田 修");
  await tabTo(page, leads.rows.first());
  await page.keyboard.press("ArrowDown");
  await expect(leads.row("鍵田 都")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(lead.heading).toHaveText("鍵田 都 様");
});

test("a sheet keeps the focus, and Escape gives it back", ANY_SIZE, async ({ page, visit, dealer, account }) => {
  const { id } = await dealer.newLead(account, { name: "鍵山 円" });
  const lead = new LeadPage(page);
  await visit(`/leads/${id}`);
  await tabTo(page, lead.button("状態を変える"));
  await page.keyboard.press("Enter");
  await tabTo(page, lead.dialog.getByRole("button", { name: "変える", exact: true }));
  await page.keyboard.press("Escape");
  await expect(lead.dialog).toBeHidden();
  await expect(lead.button("状態を変える")).toBeFocused();
});
