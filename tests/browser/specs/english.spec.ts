import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { japaneseIn } from "../pages/words.ts";

test("in English the list, a lead, its sheets and the forms say nothing in Japanese", ANY_SIZE, async ({
  page,
  visit,
  dealer,
  account,
  audit,
}) => {
  const { id } = await dealer.newLead(
    account,
    {
      name: "Taylor Reed",
      company: "Reed Works",
      phones: ["090-0077-8899"],
      mails: ["taylor@example.jp"],
      wanted_car: { maker: "Toyota", model: "Aqua", body_type: "Hatchback", budget: 2_500_000, timing: "This year" },
      temperature: "this_month",
      note: "Call in the evening",
    },
    "Is the blue one still there?",
  );
  await dealer.note(id, "Please call", account);
  const names = [...(await dealer.names()), "日本語"];
  const isEnglish = async () => expect(await japaneseIn(page, names)).toEqual([]);
  const heading = (name: string) => page.getByRole("heading", { level: 1, name });
  const lead = page.getByRole("article");
  // What stands in a dialog may come later than its head, which has one button.
  const isOpen = async (name: string) => {
    await expect(page.getByRole("dialog", { name }).getByRole("button").nth(1)).toBeVisible();
  };

  await visit("/account");
  await new AccountPage(page).speakEnglish();
  await expect(heading("Account")).toBeVisible();
  await isEnglish();

  const search = page.getByRole("combobox", { name: "Search leads" });
  await search.fill("Taylor");
  await expect(page.getByRole("option", { name: /^Taylor Reed/ })).toBeVisible();
  await isEnglish();
  await search.press("Enter");
  const rows = page.getByRole("region", { name: "Leads" }).getByRole("listitem");
  await expect(rows).toHaveCount(1);
  await isEnglish();
  await page.getByRole("button", { name: "Order and filters" }).tap();
  await isOpen("Order and filters");
  await isEnglish();
  await page.keyboard.press("Escape");

  await rows.getByRole("link").tap();
  await expect(heading("Taylor Reed")).toBeVisible();
  await expect(lead.locator("ol").getByRole("listitem").last()).toContainText("Is the blue one still there?");
  await isEnglish();
  for (const sheet of ["Change assignee", "Record inquiry", "Change status"]) {
    await lead.getByRole("button", { name: sheet, exact: true }).tap();
    await isOpen(sheet);
    await isEnglish();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name: sheet })).toBeHidden();
  }
  await audit();

  await lead.getByRole("link", { name: "Edit", exact: true }).tap();
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
  await isEnglish();
  await page.getByRole("link", { name: "Cancel", exact: true }).tap();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "For you" }).tap();
  await expect(page.getByRole("link", { name: /^Taylor Reed/ })).toContainText("Please call");
  await isEnglish();
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "New lead" }).tap();
  await expect(heading("Quick entry")).toBeVisible();
  await isEnglish();
  await page.getByRole("link", { name: "More fields" }).tap();
  await page.getByRole("button", { name: "Save lead" }).tap();
  await expect(page.getByText("Enter a name or a company")).toBeVisible();
  await isEnglish();
});
