import { ANY_SIZE, expect, test } from "../harness/test.ts";
import { AccountPage } from "../pages/account.ts";
import { LeadsPage } from "../pages/leads.ts";
import { Shell } from "../pages/shell.ts";

test("a page whose code does not come says so, and comes when asked again", ANY_SIZE, async ({ page, visit, watch }) => {
  watch.expects({ text: /ERR_FAILED|Failed to fetch/, address: /./, reason: "the code of the page does not come" });
  const [leads, shell, account] = [new LeadsPage(page), new Shell(page), new AccountPage(page)];
  await visit("/leads");
  await expect(leads.rows.first()).toBeVisible();
  const asked: string[] = [];
  await page.route("**/assets/later-*", async (route) => {
    asked.push(route.request().url());
    await route.abort();
  });
  await shell.account.tap();
  const alert = page.getByRole("alert").filter({ hasText: "この画面を読み込めませんでした" });
  await expect(alert).toBeVisible();
  expect(asked.length, "and not before").toBeGreaterThan(0);
  await page.unroute("**/assets/later-*");
  await page.getByRole("button", { name: "もう一度" }).tap();
  await account.isShown("アカウント");
});
